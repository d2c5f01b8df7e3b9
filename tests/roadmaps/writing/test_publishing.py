"""Publishing an edition: what is read before, and what is told of its PDF until it is there."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from roadmaps.editions import open_draft
from roadmaps.models import Action, Edition, Printing, Roadmap
from roadmaps.print_run import LONGEST_RUN, LONGEST_WAIT, State, print_run
from roadmaps.printing import kept_printing
from tests.roadmaps.factories import EditionFactory, SectionFactory
from tests.roadmaps.whole import whole_edition
from tests.roadmaps.writing.hands import write


@pytest.fixture
def worker(settings):
    """Print by a worker; calling it makes it work until nothing waits."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

    def work():
        Worker(
            queue_names=["default"], interval=0, batch=True, backend_name="default", startup_delay=False,
            max_tasks=None, worker_id="essai", excluded_queue_names=[],
        ).run()  # fmt: skip

    return work


def publish_page(edition):
    return reverse("roadmap-publish", args=[edition.roadmap.slug, edition.number])


def published_page(edition):
    return reverse("edition-published", args=[edition.roadmap.slug, edition.number])


def reprint(edition):
    return reverse("edition-reprint", args=[edition.roadmap.slug, edition.number])


def test_the_page_says_what_will_change_against_what_everyone_reads(manager):
    edition = whole_edition(actions=1, published=True)
    draft = open_draft(edition.roadmap)
    assert manager.get(publish_page(draft)).context["comparison"].is_empty
    Action.objects.filter(edition=draft).update(title="Autre intitulé")
    comparison = manager.get(publish_page(draft)).context["comparison"]
    assert (comparison.old, comparison.new) == (edition, draft)
    assert comparison.summary == ["1\xa0action reformulée"]


def test_a_first_edition_changes_nothing_that_was_read(edition, manager):
    SectionFactory(edition=edition)
    assert manager.get(publish_page(edition)).context["comparison"] is None


def test_the_page_costs_the_same_whatever_is_published(manager):
    costs = set()
    for actions in (1, 3, 40):
        roadmap = whole_edition(actions, published=True).roadmap
        open_draft(roadmap)
        address = reverse("roadmap-publish", args=[roadmap.slug, 2])
        with CaptureQueriesContext(connection) as captured:
            manager.get(address)
        costs.add(len(captured))
    assert len(costs) == 1
    assert max(costs) <= 27


@pytest.mark.django_db(transaction=True)
def test_printed_at_once_the_pdf_is_ready_when_the_page_comes(manager):
    edition = whole_edition()
    answer = write(manager, publish_page(edition), adopted_on="12/05/2026", adopted_by="Conseil")
    assert answer["Location"] == published_page(edition)
    page = manager.get(answer["Location"])
    run = page.context["run"]
    assert (run.state, run.is_going_on, run.printing) == (State.DONE, False, Printing.objects.get())
    assert Printing.objects.get().sha256 in page.content.decode()


@pytest.mark.django_db(transaction=True)
def test_given_to_a_worker_the_pdf_is_told_from_the_file_to_the_hash(manager, worker):
    edition = whole_edition()
    write(manager, publish_page(edition))
    edition = Edition.objects.select_related("roadmap").get()
    assert print_run(edition).state is State.WAITING
    assert 'data-refresh="pending"' in manager.get(published_page(edition)).content.decode()
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, started_at=timezone.now())
    assert print_run(edition).state is State.RUNNING
    DBTaskResult.objects.update(status=TaskResultStatus.READY, started_at=None)
    worker()
    assert print_run(edition).state is State.DONE
    assert 'data-refresh="pending"' not in manager.get(published_page(edition)).content.decode()


@pytest.fixture
def printed_by_task(db):
    """A published edition, and the task that was to print it."""
    edition = EditionFactory(published=True)
    task = DBTaskResult.objects.create(
        task_path="roadmaps.tasks.print_published", args_kwargs={"args": [edition.pk], "kwargs": {}},
        backend_name="default", run_after=timezone.now(),
    )  # fmt: skip
    return edition, task


@pytest.mark.parametrize(
    ("status", "started", "enqueued", "state"),
    [
        (TaskResultStatus.READY, None, timedelta(0), State.WAITING),
        (TaskResultStatus.READY, None, LONGEST_WAIT * 2, State.STALLED),
        (TaskResultStatus.RUNNING, timedelta(0), timedelta(0), State.RUNNING),
        (TaskResultStatus.RUNNING, LONGEST_RUN * 2, LONGEST_RUN * 2, State.FAILED),
        (TaskResultStatus.FAILED, timedelta(0), timedelta(0), State.FAILED),
    ],
)
def test_the_page_tells_a_task_from_a_task_that_nobody_does(status, started, enqueued, state, printed_by_task, editor):
    edition, task = printed_by_task
    now = timezone.now()
    DBTaskResult.objects.filter(pk=task.pk).update(
        status=status, enqueued_at=now - enqueued, started_at=None if started is None else now - started
    )
    page = editor.get(published_page(edition))
    run = page.context["run"]
    assert (run.state, reprint(edition) in page.content.decode()) == (state, state in {State.STALLED, State.FAILED})


def test_the_task_of_another_edition_says_nothing_of_this_one(printed_by_task):
    assert print_run(EditionFactory(published=True)).state is State.FAILED


@pytest.mark.parametrize("backend", ["immediate", "database"])
def test_what_was_not_printed_is_printed_from_the_page(backend, request, editor):
    if backend == "database":
        request.getfixturevalue("worker")
    edition = whole_edition(published=True)
    page = editor.post(reprint(edition), follow=True)
    assert [str(message) for message in page.context["messages"]] == ["Le PDF est prêt."]
    assert page.context["run"].state is State.DONE


def test_a_printing_that_fails_again_is_said_again(editor, monkeypatch):
    edition = whole_edition(published=True)
    monkeypatch.setattr("publishing.pdf.SECONDS", 0.05)
    page = editor.post(reprint(edition), follow=True)
    assert [message.level_tag for message in page.context["messages"]] == ["error"]
    assert page.context["run"].state is State.FAILED


def test_a_lost_file_is_said_and_never_replaced(editor):
    edition = whole_edition(published=True)
    Path(kept_printing(edition).file.path).unlink()
    page = editor.get(published_page(edition))
    assert page.context["run"].state is State.LOST
    assert reprint(edition) not in page.content.decode()


def test_the_edition_before_keeps_its_address(editor):
    first = EditionFactory(published=True)
    second = EditionFactory(published=True, roadmap=first.roadmap, number=2)
    page = editor.get(published_page(second))
    assert page.context["previous"] == first
    assert f'href="{first.get_absolute_url()}"' in page.content.decode()


def test_a_draft_has_no_page_of_what_went_online(edition, editor):
    assert editor.get(published_page(edition))["Location"] == reverse("roadmap-edit", args=[edition.roadmap.slug])
    assert editor.post(reprint(edition)).status_code == 302
    assert (Printing.objects.count(), Roadmap.objects.count()) == (0, 1)
