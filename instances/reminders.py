"""What awaits somebody: mandates that end, bodies to check, meetings of which nobody has told."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

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
    """Reminders of one kind."""

    key: str
    title: str
    reminders: list[Reminder]


def all_reminders(today: dt.date, within: Any = None) -> list[Group]:
    """Give what awaits, kind by kind; a kind without any is left out.

    Args:
        today: the day that counts.
        within: the bodies that count, as a query; all by default.
    """
    bodies: Any = (Instance.objects.all() if within is None else within).current(today)
    seats = Seat.objects.awaiting(today).filter(instance__in=bodies.values("pk"))
    meetings = Meeting.objects.unreported(today).filter(instance__in=bodies.values("pk")).select_related("instance")
    groups = [
        Group("mandats", "Mandats à renouveler ou à pourvoir", [of_seat(seat) for seat in seats]),
        Group("seances", "Séances sans retour", [of_meeting(meeting) for meeting in meetings]),
        Group("verifications", "Instances à vérifier", [of_body(one) for one in bodies.unverified(today)]),
    ]
    return [group for group in groups if group.reminders]


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
