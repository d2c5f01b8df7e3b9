"""The past meetings of a body, year by year: all of them, and their documents, at a constant cost."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Prefetch

from instances.models import Meeting
from ui.links import Link

PAGE_SIZE = 20


@dataclass
class Past:
    """The meetings of one year, a page of them, and the years that have some, the latest first."""

    years: list[tuple[int, int]]  # each with how many meetings
    year: int | None
    page: Page


def past_meetings(meetings: Any, documents: Any, today: dt.date, asked: Any) -> Past:
    """Give the past meetings of the year that is asked, or of the latest; four queries, whatever their number.

    Args:
        meetings: those that the reader may know of, as a query.
        documents: those that he may open, as a query; each meeting has its own in ``told_documents``.
        today: the day that counts.
        asked: the query string: ``annee`` and ``page``.
    """
    past = meetings.past(today)
    years = list(past.order_by("-held_on__year").values_list("held_on__year").annotate(Count("pk")))
    known = {str(year): year for year, _ in years}
    year = known.get(asked.get("annee", ""), years[0][0] if years else None)
    found: Any = past.filter(held_on__year=year) if year else Meeting.objects.none()
    found = found.prefetch_related(Prefetch("documents", documents, to_attr="told_documents"))
    return Past(years, year, Paginator(found, PAGE_SIZE).get_page(asked.get("page")))


def tell_positions(meetings: Iterable[Meeting], positions: Iterable[Link]) -> list[Meeting]:
    """Give meetings, each with the positions that were carried there in ``told_positions``."""
    told = list(meetings)
    for meeting in told:
        meeting.told_positions = [link for link in positions if link.about == meeting.uid]
    return told
