"""The API keeps its word: what schemathesis asks, right and wrong, is answered as the OpenAPI schema says."""

import gc

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings

from cress_portal.open_data.api import schema
from tests.permissions.world import build_world

EXAMPLES = 8  # an address, beside those that its schema leads to
PORTAL = WSGIHandler()


def served(environ, start_response):
    """Answer as behind a server, which says who asks."""
    return PORTAL(environ | {"REMOTE_ADDR": "127.0.0.1"}, start_response)


CONTRACT = schemathesis.openapi.from_dict(schema())
CONTRACT.app = served


@pytest.fixture
def world(db):
    """Publish something of each kind, and keep the connection of the test from one request to the next."""
    build_world()
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    gc.collect()  # an answer that is closed later would close the connection of another test
    for signal in signals:
        signal.connect(close_old_connections)


@CONTRACT.parametrize()
@settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_every_address_answers_as_the_schema_says(case, world):
    case.call_and_validate()
