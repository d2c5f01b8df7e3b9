"""What every test stands on: a client that reads its pages, no N+1 query, no network, no leftovers."""

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import zeal
from django.core.cache import cache

from people.models import User
from tests.html_client import ReadingClient
from tests.settings import scratch

HERE = ("127.0.0.1", "::1", "localhost")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give back, after a test that commits, the rows that the migrations wrote."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        if "live_server" in item.fixturenames or (marker and marker.kwargs.get("transaction")):
            item.fixturenames.append("django_db_serialized_rollback")


def pytest_unconfigure() -> None:
    """Leave no folder behind: a process of xdist ends without the usual farewell."""
    scratch.cleanup()


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Refuse a connection to any other machine."""
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: tuple[str, int] | str) -> None:
        if self.family != socket.AF_UNIX and address[0] not in HERE:
            raise AssertionError(f"A test called {address}.")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_here)
        yield


@pytest.fixture(autouse=True)
def no_leftovers(settings: object, tmp_path: Path) -> Iterator[None]:
    """Keep the files of a test to itself, and forget what it cached."""
    settings.MEDIA_ROOT = tmp_path / "media"
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for a press as long as it takes: other tests of this machine hold them."""
    monkeypatch.setattr("publishing.pdf.PATIENCE_SECONDS", 60)


@pytest.fixture(autouse=True)
def no_repeated_query() -> Iterator[None]:
    """Fail when a relation is loaded row by row."""
    with zeal.zeal_context():
        yield


@pytest.fixture
def client() -> ReadingClient:
    """Browse as nobody in particular."""
    return ReadingClient()


@pytest.fixture
def client_for() -> Callable[[User], ReadingClient]:
    """Browse as the user that is given."""

    def sign_in(user: User) -> ReadingClient:
        client = ReadingClient()
        with zeal.zeal_ignore():  # signing in looks the session up twice
            client.force_login(user)
        return client

    return sign_in
