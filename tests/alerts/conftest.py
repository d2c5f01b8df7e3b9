import datetime as dt

import pytest
import time_machine

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
