"""Meetings as a calendar that one subscribes to (RFC 5545): what changes or is cancelled changes in every agenda."""

import datetime as dt
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Event, Timezone, TimezoneDaylight, TimezoneStandard

from instances.models import Mandate, Meeting
from instances.standing import years_after
from publishing.calendars import ZONE, empty_calendar

PARIS = ZoneInfo(ZONE)
FIRST_CHANGES = {3: dt.datetime(1997, 3, 30), 10: dt.datetime(1996, 10, 27)}  # noqa: DTZ001 on the clock of Paris
DOMAIN = "instances.cress-portal"  # of identifiers that stay whatever the address of the portal
HOURS = dt.timedelta(hours=2)  # length of a meeting whose end is not known
DAY = dt.timedelta(days=1)


def recent_meetings(today: dt.date) -> Any:
    """Give what a calendar tells: the public meetings of the past year and all those to come."""
    return (
        Meeting.objects.public()
        .filter(held_on__gte=years_after(today, -1))
        .select_related("instance")
        .order_by("held_on", "pk")
    )


def meetings_of(mandates: list[Mandate], today: dt.date) -> list[Meeting]:
    """Give the meetings of the bodies where somebody sits, on the days when he does."""
    found = recent_meetings(today).filter(instance__in=[mandate.seat.instance_id for mandate in mandates])
    return [
        meeting
        for meeting in found
        if any(one.seat.instance_id == meeting.instance_id and one.runs_on(meeting.held_on) for one in mandates)
    ]


def calendar(name: str, meetings: Iterable[Meeting], absolute: Callable[[str], str]) -> bytes:
    """Write a calendar.

    Args:
        name: shown by the agendas that subscribe to it.
        meetings: with their body loaded.
        absolute: makes an address of the portal a whole one.
    """
    written = empty_calendar(name)
    written.add_component(paris())
    for meeting in meetings:
        written.add_component(event(meeting, absolute))
    return written.to_ical()


@lru_cache(maxsize=1)
def paris() -> Timezone:
    """Give the rules of the hour in Paris, which every calendar carries: those of Europe since October 1996."""
    zone = Timezone()
    zone.add("tzid", PARIS.key)
    for kind, name, month, before, after, hour in (
        (TimezoneDaylight, "CEST", 3, 1, 2, 2),
        (TimezoneStandard, "CET", 10, 2, 1, 3),
    ):
        change = kind()
        change.add("tzname", name)
        change.add("tzoffsetfrom", dt.timedelta(hours=before))
        change.add("tzoffsetto", dt.timedelta(hours=after))
        change.add("dtstart", FIRST_CHANGES[month] + dt.timedelta(hours=hour))
        change.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        zone.add_component(change)
    return zone


def event(meeting: Meeting, absolute: Callable[[str], str]) -> Event:
    """Write one meeting; a day without hours is a whole day."""
    told = Event()
    title = f"{meeting.instance.acronym or meeting.instance.name} : {meeting.title}"
    starts, ends = bounds(meeting)
    told.add("uid", f"{meeting.uid}@{DOMAIN}")
    told.add("dtstamp", meeting.modified_at)
    told.add("last-modified", meeting.modified_at)
    told.add("sequence", meeting.version)
    told.add("summary", f"Annulée – {title}" if meeting.is_cancelled else title)
    told.add("dtstart", starts)
    told.add("dtend", ends)
    told.add("status", "CANCELLED" if meeting.is_cancelled else "CONFIRMED")
    told.add("url", absolute(meeting.get_absolute_url()))
    if meeting.place:
        told.add("location", meeting.place)
    if meeting.agenda:
        told.add("description", meeting.agenda)
    return told


def bounds(meeting: Meeting) -> tuple[dt.date, dt.date]:
    """Give when a meeting starts and ends: instants on the clock of Paris, or the day and the day after it."""
    if meeting.starts_at is None:
        return meeting.held_on, meeting.held_on + DAY
    starts = dt.datetime.combine(meeting.held_on, meeting.starts_at, PARIS)
    ends = dt.datetime.combine(meeting.held_on, meeting.ends_at, PARIS) if meeting.ends_at else starts + HOURS
    return starts, ends
