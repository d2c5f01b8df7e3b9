"""Where an action stands: what its latest report says, and what the calendar adds to it.

Nobody types that an action is late: it is read from its status, its dates and the day. Where nobody has said anything,
nothing is made up: neither a status nor a delay. Objectives and roadmaps have no status of their own: their actions are
counted.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from roadmaps.models import Action, ProgressReport
from roadmaps.models.progress import day
from ui.badges import status_badge
from ui.partial_date import PartialDate
from ui.typography import number, plural

Status = ProgressReport.Status
UNSAID = "unsaid"  # stands for the status of an action of which nothing was said
OVER = (Status.DONE, Status.DROPPED)  # nothing more is awaited
# How actions are counted, in the order in which they are told.
COUNTED: dict[str, tuple[str, str]] = {
    Status.DONE: ("réalisée", "réalisées"),
    Status.ONGOING: ("en cours", "en cours"),
    Status.PLANNED: ("à lancer", "à lancer"),
    Status.PAUSED: ("en pause", "en pause"),
    Status.DROPPED: ("abandonnée", "abandonnées"),
    UNSAID: ("sans point d’étape", "sans point d’étape"),
}
STALE = "pas mis à jour depuis plus d’un an"


@dataclass(frozen=True)
class Situation:
    """Where an action stands on a day."""

    status: str  # of ProgressReport.Status, or UNSAID
    said_on: dt.date | None  # of the latest report, if there is one
    due: PartialDate | None
    today: dt.date
    weather: str = ""
    text: str = ""
    report: int = 0  # key of the latest report
    batch: str = ""
    by: int | None = None  # never shown to the public

    @classmethod
    def of(cls, action: Action, today: dt.date | None = None) -> "Situation":
        """Read an action given by ``with_report``, its horizon loaded."""
        said: dict[str, Any] = action.report or {}  # type: ignore[attr-defined]  # annotated
        return cls(
            status=said.get("status", UNSAID),
            said_on=dt.date.fromisoformat(said["said_on"]) if said else None,
            due=due_on(action),
            today=today or timezone.localdate(),
            weather=said.get("weather", ""),
            text=said.get("text", ""),
            report=said.get("pk", 0),
            batch=said.get("batch", ""),
            by=said.get("by"),
        )

    @property
    def is_said(self) -> bool:
        """Whether somebody has said where it stands."""
        return self.status != UNSAID

    @property
    def label(self) -> str:
        return Status(self.status).label if self.is_said else "Sans point d’étape"

    @property
    def weather_label(self) -> str:
        return ProgressReport.Weather(self.weather).label if self.weather else ""

    @property
    def is_late(self) -> bool:
        """Whether it should be done by now, and was said to be neither done nor dropped."""
        return self.is_said and self.status not in OVER and self.due is not None and self.due.last_day < self.today

    @property
    def is_stale(self) -> bool:
        """Whether more than a year has passed since somebody last said how it is."""
        return self.said_on is not None and self.said_on < year_before(self.today)

    @property
    def awaits_report(self) -> bool:
        """Whether its carriers should say how it is: it is not over, and nobody has for a year."""
        return self.status not in OVER and (self.said_on is None or self.is_stale)

    @property
    def freshness(self) -> str:
        """Say how fresh it is: « dit le 3 mars 2026 »; nothing where nobody has said anything: the label tells it."""
        if self.said_on is None:
            return ""
        told = f"dit le {day(self.said_on)}"
        return f"{told}, {STALE}" if self.is_stale and self.status not in OVER else told

    @property
    def told(self) -> str:
        """Say it whole: « En cours, en retard, dit le 3 mars 2026 »."""
        return ", ".join(text for text in (self.label, "en retard" if self.is_late else "", self.freshness) if text)

    @cached_property
    def badges(self) -> SafeString:
        """Show it: a word and a shape, then another where it is late."""
        late = f" {status_badge('late', 'En retard')}" if self.is_late else ""
        return mark_safe(f"{status_badge(self.status, self.label)}{late}")  # noqa: S308 badges are safe


def due_on(action: Action) -> PartialDate | None:
    """Give by when an action is to be done: its own end, or else the last year of its horizon."""
    if action.ends_on:
        return action.ends_on  # type: ignore[return-value]  # a PartialDateField gives a PartialDate
    horizon = action.horizon
    return PartialDate(horizon.last_year) if horizon and horizon.last_year else None


def year_before(today: dt.date) -> dt.date:
    """Give the same day a year before; 28 February for 29 February."""
    is_leap_day = (today.month, today.day) == (2, 29)
    return today.replace(year=today.year - 1, day=28 if is_leap_day else today.day)


def tally(situations: Iterable[Situation]) -> str:
    """Count actions in words: « 12 actions : 3 réalisées, 6 en cours, 3 à lancer ; 1 en retard »."""
    known = list(situations)
    return told_counts(Counter(one.status for one in known), sum(one.is_late for one in known))


def told_counts(counts: Counter[str], late: int) -> str:
    """Say how many actions there are, by status and late, in words."""
    parts = [f"{number(counts[status])}\u00a0{words[counts[status] > 1]}" for status, words in COUNTED.items()
             if counts[status]]  # fmt: skip
    told = ", ".join(parts) + (f"\u00a0; {number(late)}\u00a0en retard" if late else "")
    actions = plural(counts.total(), "action", "actions")
    return f"{actions}\u00a0: {told}" if told else actions
