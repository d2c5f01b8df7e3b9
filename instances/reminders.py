"""What awaits somebody: mandates that end, bodies to check, meetings of which nobody has told."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.urls import reverse

from instances.models import Instance, Meeting, Seat
from instances.standing import Standing
from ui.typography import day as told


@dataclass
class Reminder:
    """A line that says what to do, and where."""

    text: str
    url: str


@dataclass
class Group:
    """Reminders of one kind, the most pressing first."""

    key: str
    title: str
    reminders: list[Reminder]
    count: int  # all of them, where only the first ones are given

    @property
    def more(self) -> int:
        """How many are not given."""
        return self.count - len(self.reminders)


def all_reminders(today: dt.date, within: Any = None) -> list[Group]:
    """Give all that awaits, kind by kind; a kind without any is left out.

    Args:
        today: the day that counts.
        within: the bodies that count, as a query; all by default.
    """
    groups = []
    for key, title, tell, rows in kinds_of(today, within):
        reminders = [tell(row) for row in rows]
        groups.append(Group(key, title, reminders, len(reminders)))
    return [group for group in groups if group.count]


def first_reminders(today: dt.date, most: int, opened: str = "") -> list[Group]:
    """Give the most pressing of what awaits in all the bodies, and count the rest.

    Args:
        today: the day that counts.
        most: how many of each kind.
        opened: the key of a kind that is given whole.
    """
    groups = []
    for key, title, tell, rows in kinds_of(today):
        shown = rows if key == opened else rows[:most]
        groups.append(Group(key, title, [tell(row) for row in shown], rows.count()))
    return [group for group in groups if group.count]


def kinds_of(today: dt.date, within: Any = None) -> list[tuple[str, str, Callable[[Any], Reminder], Any]]:
    """Give the kinds of reminders: their key, their title, how one is told, and of what, as a query."""
    bodies: Any = (Instance.objects.all() if within is None else within).current(today)
    seats = Seat.objects.awaiting(today).filter(instance__in=bodies.values("pk"))
    meetings = Meeting.objects.unreported(today).filter(instance__in=bodies.values("pk")).select_related("instance")
    unverified = bodies.unverified(today).order_by(F("verified_on").asc(nulls_first=True), "sort", "pk")
    return [
        ("mandats", "Mandats à renouveler ou à pourvoir", of_seat, seats),
        ("seances", "Séances sans retour", of_meeting, meetings),
        ("verifications", "Instances à vérifier", of_body, unverified),
    ]


def of_seat(seat: Any) -> Reminder:
    """Say what to do about a seat read by `SeatQuerySet.awaiting`."""
    place = f"{seat.instance}, {seat.label}"
    url = reverse("instance-desk", args=[seat.instance.slug])
    if seat.standing == Standing.VACANT:
        return Reminder(f"{place} : siège vacant", url)
    if seat.standing == Standing.CARRIED:
        return Reminder(f"{place} : le mandat de {seat.mandate} est échu depuis le {told(seat.term_on)}", url)
    verb = "se termine" if seat.leaves_on else "arrive à échéance"
    return Reminder(f"{place} : le mandat de {seat.mandate} {verb} le {told(seat.mandate.last_day)}", url)


def of_meeting(meeting: Meeting) -> Reminder:
    url = reverse("meeting-detail", args=[meeting.instance.slug, meeting.uid])
    return Reminder(f"{meeting.instance}, {meeting.title.lower()} du {told(meeting.held_on)}", url)


def of_body(instance: Instance) -> Reminder:
    when = f"vérifiée le {told(instance.verified_on)}" if instance.verified_on else "jamais vérifiée"
    return Reminder(f"{instance} : {when}", reverse("instance-desk", args=[instance.slug]))
