"""What moves in roadmaps, as everyone may read it: of one of them, or of all that a public list finds.

It is read between two instants, so that whoever follows is told of each thing once; a feed reads the latest.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import Count

from roadmaps.models import Action, ActionListing, Edition, ProgressReport, Roadmap
from ui.typography import plural

ENTRIES = 50


@dataclass(frozen=True)
class Moved:
    """Something that happened, as everyone may read it."""

    at: dt.datetime
    title: str
    text: str
    url: str


@dataclass(frozen=True)
class Window:
    """Between which instants one looks; no bound is no limit.

    Args:
        since: not included.
        until: included.
    """

    since: dt.datetime | None = None
    until: dt.datetime | None = None

    def of(self, rows: Any, column: str) -> Any:
        """Keep the rows whose instant is in the window."""
        bounds = {f"{column}__gt": self.since, f"{column}__lte": self.until}
        return rows.filter(**{name: value for name, value in bounds.items() if value})


def latest_first(found: list[Moved]) -> list[Moved]:
    return sorted(found, key=lambda one: one.at, reverse=True)[:ENTRIES]


def roadmap_moves(edition: Edition, window: Window) -> list[Moved]:
    """Give what moved in a roadmap: editions put online, reports on the actions in force.

    Args:
        edition: in force, its roadmap loaded.
        window: when.
    """
    editions = Edition.objects.filter(roadmap=edition.roadmap)
    titles = {one.uid: str(one) for one in Action.objects.filter(edition=edition).only("uid", "code", "title")}
    reports = ProgressReport.objects.filter(roadmap=edition.roadmap, uid__in=titles)
    page = edition.roadmap.get_absolute_url()
    told = [reported(one, titles[one.uid], page) for one in said(reports, window)]
    return latest_first([*published(editions, window), *told])


def roadmap_list_moves(listed: Any, window: Window) -> list[Moved]:
    """Give the editions put online of the roadmaps that a list finds.

    Args:
        listed: rows of `RoadmapListing`.
        window: when.
    """
    editions = Edition.objects.filter(roadmap__in=listed.order_by().values("pk"))
    return latest_first(list(published(editions, window, names_roadmap=True)))


def action_list_moves(listed: Any, window: Window) -> list[Moved]:
    """Give what was said of the actions that a list finds, and the editions in force that brought some of them.

    Args:
        listed: rows of `ActionListing`.
        window: when.
    """
    reports = said(ProgressReport.objects.filter(uid__in=listed.order_by().values("action__uid")), window)
    rows = ActionListing.objects.filter(action__uid__in={one.uid for one in reports}).order_by()
    found = {row.action.uid: row for row in rows.select_related("action", "listing__roadmap__collectivite")}
    told = [
        reported(one, f"{named(row.listing.roadmap)}, {row.action}", row.listing.roadmap.get_absolute_url())
        for one in reports
        if (row := found.get(one.uid))
    ]
    return latest_first([*brought(listed, window), *told])


def named(roadmap: Roadmap) -> str:
    """Name a roadmap among others: many have the same title."""
    return f"{roadmap} ({roadmap.collectivite.display_name})"


def published(editions: Any, window: Window, *, names_roadmap: bool = False) -> Iterator[Moved]:
    """Tell of editions put online."""
    found = window.of(editions.published().with_action_count(), "published_at").order_by("-published_at", "-pk")
    for one in found.select_related("roadmap__collectivite")[:ENTRIES]:
        title = f"{named(one.roadmap)}\u00a0: édition" if names_roadmap else "Édition"
        size = plural(one.action_count, "action", "actions")
        yield Moved(one.published_at, f"{title} {one.number} publiée", one.change_note or size, one.get_absolute_url())


def brought(listed: Any, window: Window) -> Iterator[Moved]:
    """Tell of the editions in force that hold some actions of a list, and of how many."""
    kept = window.of(listed, "listing__published_at").order_by("-listing__published_at", "listing")
    counted = kept.values_list("listing__edition").annotate(Count("pk"))
    counts = dict(counted[:ENTRIES])
    for one in Edition.objects.filter(pk__in=counts).select_related("roadmap__collectivite"):
        size = plural(counts[one.pk], "action de cette liste", "actions de cette liste")
        title = f"{named(one.roadmap)}\u00a0: édition {one.number} publiée"
        yield Moved(cast("dt.datetime", one.published_at), title, size, one.get_absolute_url())


def said(reports: Any, window: Window) -> list[ProgressReport]:
    """Give the latest reports that say something new."""
    found = window.of(reports.filter(is_renewal=False), "reported_at").order_by("-reported_at", "-pk")
    return list(found.only("uid", "status", "said_on", "text", "reported_at")[:ENTRIES])


def reported(one: ProgressReport, title: str, page: str) -> Moved:
    """Tell of a report.

    Args:
        one: of an action.
        title: of the action.
        page: address of its roadmap.
    """
    status = one.get_status_display().lower()
    url = f"{page}actions/{one.uid}/#point-{one.pk}"
    return Moved(one.reported_at, f"{title} : {status}", one.text or str(one), url)
