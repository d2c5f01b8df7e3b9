"""What the monitor of the portal is told."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cress_portal.health import VERSION


@pytest.fixture
def waiting_task(db):
    return DBTaskResult.objects.create(
        task_path="a.task", args_kwargs={"args": [], "kwargs": {}}, backend_name="default"
    )


def test_the_monitor_is_told_that_all_is_well(client, waiting_task):
    DBTaskResult.objects.create(
        task_path="a.task",
        args_kwargs={"args": [], "kwargs": {}},
        backend_name="default",
        run_after=timezone.now() + timedelta(hours=1),
    )
    response = client.get("/sante/")
    report = response.json()
    assert report.pop("disk_free_mb") > 0
    assert report == {"status": "ok", "database": "ok", "version": VERSION, "pending_tasks": 1}
    assert response.status_code == 200


def test_asking_for_health_costs_one_query_and_opens_no_session(client, waiting_task, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.get("/sante/")
    assert dict(response.cookies) == {}


def test_the_monitor_is_told_that_the_database_is_out(client, db):
    with connection.execute_wrapper(broken_database):
        response = client.get("/sante/")
    assert response.status_code == 503
    report = response.json()
    assert report.pop("disk_free_mb") > 0
    assert report == {"status": "unavailable", "database": "unavailable", "version": VERSION, "pending_tasks": None}


def broken_database(*args):
    raise OperationalError
