import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
import time_machine
from django.db import connections

NOW = dt.datetime(2026, 11, 24, 6, tzinfo=dt.UTC)  # seven in the morning


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def mail_is_down(settings):
    """Have no mail server answer, until the test says otherwise."""
    works = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    def again() -> None:
        settings.EMAIL_BACKEND = works

    return again


def at_once(*gestures: Callable[[], Any]) -> list[Any]:
    """Do several things at the same moment, each on a connection of its own; give what each gave."""
    start = Barrier(len(gestures))

    def do(gesture: Callable[[], Any]) -> Any:
        start.wait()
        try:
            return gesture()
        finally:
            connections.close_all()

    with ThreadPoolExecutor() as pool:
        return [one.result() for one in [pool.submit(do, gesture) for gesture in gestures]]
