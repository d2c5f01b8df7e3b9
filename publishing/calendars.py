"""What every calendar of the portal starts with (RFC 5545)."""

import datetime as dt

from django.conf import settings
from django.http import HttpResponse
from icalendar import Calendar

ZONE = "Europe/Paris"


def empty_calendar(name: str) -> Calendar:
    """Start a calendar, read again twice a day by the agendas that subscribe to it.

    Args:
        name: that they show.
    """
    written = Calendar()
    written.add("prodid", f"-//{settings.CRESS_NAME}//{settings.PORTAL_NAME}//FR")
    written.add("version", "2.0")
    written.add("method", "PUBLISH")
    written.add("x-wr-calname", name)
    written.add("x-wr-timezone", ZONE)
    written.add("refresh-interval", dt.timedelta(hours=12), parameters={"value": "DURATION"})
    return written


def calendar_response(content: bytes, file: str) -> HttpResponse:
    """Answer with a calendar, which agendas read and browsers hand to them."""
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{file}.ics"'
    return response
