"""How far the printing of a published edition is, whoever prints it: a worker, or the page itself."""

import datetime as dt
import enum
from dataclasses import dataclass

from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from publishing.pdf import SECONDS, WAIT_SECONDS
from roadmaps.models import Edition, Printing
from roadmaps.tasks import print_published
from ui.typography import file_size

LONGEST_RUN = dt.timedelta(seconds=2 * (SECONDS + WAIT_SECONDS))  # after which its worker was killed
LONGEST_WAIT = dt.timedelta(minutes=1)  # after which no worker seems to be there


class State(enum.StrEnum):
    """Where the printing stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STALLED = "stalled"  # it waits, and nobody comes
    LOST = "lost"  # it was printed, and the file is no longer there


@dataclass(frozen=True)
class PrintRun:
    """The printing of an edition, as its page tells it."""

    state: State
    since: dt.datetime | None = None
    printing: Printing | None = None
    size: str = ""

    @property
    def is_going_on(self) -> bool:
        """Whether the page has something to wait for."""
        return self.state in {State.WAITING, State.RUNNING, State.STALLED}

    @property
    def is_awaited(self) -> bool:
        """Whether a worker is on it, so that whoever asks had better wait for it."""
        return self.state in {State.WAITING, State.RUNNING}

    @property
    def may_restart(self) -> bool:
        return self.state in {State.FAILED, State.STALLED}


def print_run(edition: Edition) -> PrintRun:
    """Say how far the printing of a published edition is, in two queries at most."""
    printing = Printing.objects.filter(edition=edition).first()
    if printing:
        return kept(printing)
    task = latest_task(edition)
    if task is None or task.status in {TaskResultStatus.FAILED, TaskResultStatus.SUCCESSFUL}:
        return PrintRun(State.FAILED)  # printed at once, it would be there
    now = timezone.now()
    if task.status == TaskResultStatus.RUNNING:
        started = task.started_at or task.enqueued_at
        return PrintRun(State.FAILED if now - started > LONGEST_RUN else State.RUNNING, started)
    is_late = now - task.enqueued_at > LONGEST_WAIT
    return PrintRun(State.STALLED if is_late else State.WAITING, task.enqueued_at)


def kept(printing: Printing) -> PrintRun:
    try:
        return PrintRun(State.DONE, printing.printed_at, printing, file_size(printing.file.size))
    except FileNotFoundError:
        return PrintRun(State.LOST, printing.printed_at, printing)


def latest_task(edition: Edition) -> DBTaskResult | None:
    """Give the last task that a worker was given for an edition; None where the page prints by itself."""
    tasks = DBTaskResult.objects.filter(task_path=print_published.module_path, args_kwargs__args=[edition.pk])
    return tasks.order_by("-enqueued_at").first()
