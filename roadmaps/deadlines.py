"""The deadlines of a roadmap as a calendar."""

import datetime as dt
from collections.abc import Callable
from typing import cast

from django.db.models import Q
from icalendar import Event

from publishing.calendars import empty_calendar
from roadmaps.models import Action, Edition, Step
from roadmaps.models.progress import with_report
from roadmaps.progress import Situation, Status, due_on
from ui.partial_date import PartialDate

DOMAIN = "feuilles-de-route.cress-portal"  # of identifiers that stay whatever the address of the portal
DAY = dt.timedelta(days=1)


def deadlines(edition: Edition, absolute: Callable[[str], str]) -> bytes:
    """Write when the actions of an edition are due, and their steps that are not done.

    Args:
        edition: in force, its roadmap loaded.
        absolute: makes an address of the portal a whole one.
    """
    written = empty_calendar(f"Échéances – {edition.roadmap}")
    base = edition.roadmap.get_absolute_url()
    actions = with_report(Action.objects.filter(edition=edition)).select_related("horizon").defer("description")
    for action in actions.order_by("pk"):
        situation = Situation.of(action)
        if due := due_on(action):
            title = (
                f"{situation.label} – {action}" if situation.status in {Status.DONE, Status.DROPPED} else str(action)
            )
            written.add_component(
                event(edition, action.uid, title, due.last_day, absolute(f"{base}actions/{action.uid}/"))
            )
    steps = Step.objects.filter(Q(done_on=None), edition=edition, due_on__isnull=False).select_related("action")
    for step in steps.order_by("pk"):
        due = cast("PartialDate", step.due_on)
        url = absolute(f"{base}actions/{step.action.uid}/")
        written.add_component(event(edition, step.uid, f"{step} ({step.action})", due.last_day, url))
    return written.to_ical()


def event(edition: Edition, uid: str, title: str, day: dt.date, url: str) -> Event:
    """Write a whole day; an edition that follows says its events again, under the same identifiers."""
    told = Event()
    told.add("uid", f"{edition.roadmap.slug}-{uid}@{DOMAIN}")
    told.add("dtstamp", edition.published_at)
    told.add("last-modified", edition.published_at)
    told.add("sequence", edition.number)
    told.add("summary", f"Échéance : {title}")
    told.add("dtstart", day)
    told.add("dtend", day + DAY)
    told.add("transp", "TRANSPARENT")
    told.add("url", url)
    return told
