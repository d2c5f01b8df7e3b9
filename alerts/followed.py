"""What may be followed: a roadmap, or any public list with its filters; and what is new there between two instants.

An alert keeps the filters as the address of the list says them, and no row of the list: what is new is read by its own
date among what the list finds now.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from alerts.models import LONGEST_QUERY, Wish
from editorial.forms.sieve import Sieve as PositionSieve
from editorial.models import Publication
from instances.models import Meeting
from roadmaps.forms.lists import ActionSieve, RoadmapSieve
from roadmaps.models import Edition
from roadmaps.moves import (
    ENTRIES,
    Moved,
    Window,
    action_list_moves,
    latest_first,
    named,
    roadmap_list_moves,
    roadmap_moves,
)
from ui.facets import Sieve
from ui.typography import day

Kind = Wish.Kind
PROMISES = {
    Kind.ROADMAP: "Chaque nouvelle édition, et ce qui est dit de l’avancement des actions.",
    Kind.ROADMAPS: "Chaque feuille de route publiée, et chaque nouvelle édition.",
    Kind.ACTIONS: "Ce qui est dit de l’avancement de ces actions, et les éditions qui en apportent de nouvelles.",
    Kind.POSITIONS: "Chaque prise de position publiée, ou mise à jour.",
    Kind.MEETINGS: "Chaque séance annoncée, changée ou annulée.",
}


@dataclass(frozen=True)
class Followed:
    """Something that may be followed.

    Args:
        kind: of which list, or a roadmap.
        query: what is chosen there, always written alike.
        title: what it is called.
        url: the path of its page.
        feed: the path of its Atom feed.
        moves: gives what is new there, the latest first.
    """

    kind: str
    query: str
    title: str
    url: str
    feed: str
    moves: Callable[[Window], list[Moved]]

    @property
    def promise(self) -> str:
        """Say what is told of it."""
        return PROMISES[Kind(self.kind)]


def followed(kind: str, query: str) -> Followed | None:
    """Give what an address asks to follow; None where there is no such thing.

    Args:
        kind: a `Kind`.
        query: the query string; what it asks amiss is left aside.
    """
    find = FOUND.get(kind)
    found = find(QueryDict(query)) if find else None
    return found if found and len(found.query) <= LONGEST_QUERY else None


def news_of(wish: Wish, window: Window) -> tuple[str, list[Moved]]:
    """Give the path of what somebody follows, and what is new there.

    A choice that is no more in the list (a theme that goes, a roadmap taken away) finds nothing, where the list itself
    would show everything.
    """
    found = followed(wish.kind, wish.query)
    return (found.url, found.moves(window)) if found and found.query == wish.query else ("", [])


def roadmap(data: QueryDict) -> Followed | None:
    editions: Any = Edition.objects.current().select_related("roadmap__collectivite")
    edition = editions.filter(roadmap__slug=data.get("feuille", "")).first()
    if edition is None:
        return None
    told = edition.roadmap
    feed = reverse("roadmap-feed", args=[told.slug])
    return Followed(
        Kind.ROADMAP,
        f"feuille={told.slug}",
        named(told),
        told.get_absolute_url(),
        feed,
        partial(roadmap_moves, edition),
    )


def roadmaps(data: QueryDict) -> Followed:
    sieve = RoadmapSieve(data, timezone.localdate())
    return sifted(Kind.ROADMAPS, sieve, "roadmap-list", lambda window: roadmap_list_moves(sieve.found(), window))


def actions(data: QueryDict) -> Followed:
    sieve = ActionSieve(data, timezone.localdate())
    return sifted(Kind.ACTIONS, sieve, "action-list", lambda window: action_list_moves(sieve.found(), window))


def positions(data: QueryDict) -> Followed:
    sieve = PositionSieve(data, Publication.objects.online())
    feed = "publication-feed"
    return sifted(Kind.POSITIONS, sieve, "publication-list", lambda window: position_moves(sieve.found(), window), feed)


def sifted(kind: Kind, sieve: Sieve, page: str, moves: Callable[[Window], list[Moved]], feed: str = "") -> Followed:
    """Give a list as it is sifted.

    Args:
        kind: which list.
        sieve: bound.
        page: name of its address.
        moves: what is new there.
        feed: name of the address of its feed, if it is not that of the list and « -feed ».
    """
    url, feed = sieve.asked_at(reverse(page)), sieve.asked_at(reverse(feed or f"{page}-feed"))
    return Followed(kind, sieve.asked, sieve.told(kind.label), url, feed, moves)


def meetings(_: QueryDict) -> Followed:
    title = Kind.MEETINGS.label
    return Followed(Kind.MEETINGS, "", title, reverse("meeting-agenda"), reverse("meeting-feed"), meeting_moves)


FOUND: dict[str, Callable[[QueryDict], Followed | None]] = {
    Kind.ROADMAP: roadmap,
    Kind.ROADMAPS: roadmaps,
    Kind.ACTIONS: actions,
    Kind.POSITIONS: positions,
    Kind.MEETINGS: meetings,
}


def position_moves(found: Any, window: Window) -> list[Moved]:
    """Give the positions put online, or again after a change, of those that a list finds."""
    rows = window.of(found, "published_at").in_brief().order_by("-published_at", "-pk")[:ENTRIES]
    return [
        Moved(one.published_at, f"{one.get_kind_display()}\u00a0: {one.title}", one.summary, one.get_absolute_url())
        for one in rows
    ]


def meeting_moves(window: Window) -> list[Moved]:
    """Give the public meetings to come that were announced, changed or cancelled."""
    coming = Meeting.objects.public().coming(timezone.localdate()).select_related("instance")
    return latest_first([moved(one) for one in window.of(coming, "modified_at")])


def moved(meeting: Meeting) -> Moved:
    cancelled = "Annulée – " if meeting.is_cancelled else ""
    title = f"{cancelled}{meeting.instance}\u00a0: {meeting.title}, le {day(meeting.held_on)}"
    return Moved(meeting.modified_at, title, meeting.place, meeting.get_absolute_url())
