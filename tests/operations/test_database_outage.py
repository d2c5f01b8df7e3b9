"""PostgreSQL stops and comes back under a portal served by gunicorn: visitors are told so, and it heals by itself."""

import contextlib
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

import pytest
from django.conf import settings

POSTGRES = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
UNTIL_TOLD = 3  # seconds
UNTIL_BACK = 5


@dataclass
class Cluster:
    """A PostgreSQL server of the test’s own, reached through a socket in its folder."""

    folder: Path

    def run(self, program: str, *arguments: str) -> None:
        user = {"user": "postgres", "group": "postgres"} if os.getuid() == 0 else {}
        subprocess.run([POSTGRES / program, "--pgdata", self.folder / "data", *arguments],
                       check=True, cwd="/", stdout=subprocess.DEVNULL, **user)  # fmt: skip

    def start(self) -> None:
        options = f"-c listen_addresses='' -c unix_socket_directories='{self.folder}' -c fsync=off"
        self.run("pg_ctl", "start", "--wait", "--silent", "--log", str(self.folder / "log"), "--options", options)

    def stop(self) -> None:
        self.run("pg_ctl", "stop", "--mode", "immediate", "--silent")

    @property
    def url(self) -> str:
        return f"postgres://portail@/postgres?host={self.folder}"


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    folder = Path(mkdtemp(prefix="portail-pg.", dir="/tmp"))  # a socket’s path is short
    if os.getuid() == 0:
        shutil.chown(folder, "postgres")
    cluster = Cluster(folder)
    cluster.run("initdb", "--username", "portail", "--auth", "trust", "--no-sync", "--encoding", "UTF8")
    cluster.start()
    yield cluster
    with contextlib.suppress(subprocess.CalledProcessError):
        cluster.stop()
    shutil.rmtree(folder)


@pytest.fixture
def port(cluster: Cluster) -> Iterator[int]:
    """Serve the portal on a free port, with the cluster behind it."""
    env = os.environ | {"DATABASE_URL": cluster.url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"], check=True, env=env, cwd=settings.BASE_DIR
    )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "cress_portal.wsgi", "--bind", f"127.0.0.1:{port}", "--log-level", "error"],
        env=env,
        cwd=settings.BASE_DIR,
        stderr=subprocess.DEVNULL,
    )
    yield port
    server.send_signal(signal.SIGTERM)
    server.wait(timeout=10)


def get(port: int, path: str, cookie: str = "") -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def seconds_until(status: int, port: int, path: str, patience: float = 20) -> float:
    """Ask again until the status comes, and say how long it took."""
    start = time.monotonic()
    while time.monotonic() - start < patience:
        with contextlib.suppress(ConnectionError):
            if get(port, path)[0] == status:
                return time.monotonic() - start
        time.sleep(0.05)
    raise AssertionError(f"{path} never answered {status}")


def timed(port: int, path: str, cookie: str = "") -> tuple[int, str, float]:
    start = time.monotonic()
    return *get(port, path, cookie), time.monotonic() - start


SIGNED_IN = "session=abcdefghijklmnopqrstuvwxyz012345"  # makes the portal look the session up


def test_a_stopped_database_is_told_in_french_at_once_and_the_portal_comes_back_by_itself(cluster, port):
    seconds_until(200, port, "/sante/")
    cluster.stop()

    status, report, waited = timed(port, "/sante/")
    assert (status, '"database": "unavailable"' in report) == (503, True)
    assert waited < UNTIL_TOLD

    status, page, waited = timed(port, "/compte/connexion/", SIGNED_IN)
    assert (status, "Le portail est momentanément indisponible" in page) == (503, True)
    assert waited < UNTIL_TOLD

    cluster.start()
    assert seconds_until(200, port, "/sante/") < UNTIL_BACK
    assert seconds_until(200, port, "/compte/connexion/") < UNTIL_BACK
