"""What the public lists show of a roadmap or an action: plain values and strings, prepared once for their template."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Prefetch
from django.urls import reverse
from django.utils.safestring import SafeString

from roadmaps.criteria import LEADS
from roadmaps.models import ActionActor, ActionListing, RoadmapListing
from roadmaps.progress import UNSAID, Status, told_counts
from ui.badges import status_badge
from ui.partial_date import PartialDate
from ui.typography import day as told
from ui.typography import plural

BASE = "roadmap-list"  # the addresses of roadmaps are under it
NEEDS = {
    "answers_economic_need": "besoin économique",
    "answers_social_need": "besoin social",
    "answers_environmental_need": "besoin environnemental",
}


def roadmap_cards(listed: Any, today: dt.date) -> list[dict[str, Any]]:
    """Give the roadmaps of a page as cards, in one query."""
    base = reverse(BASE)
    rows = listed.select_related("roadmap__collectivite", "edition").annotate(state=RoadmapListing.state_on(today.year))
    return [roadmap_card(row, base) for row in rows]


def roadmap_card(row: Any, base: str) -> dict[str, Any]:
    roadmap = row.roadmap
    size = plural(row.action_count, "action", "actions") if row.action_count else ""
    state = RoadmapListing.State(row.state).label if row.state != RoadmapListing.State.UNKNOWN else ""
    return {
        "key": row.pk,
        "slug": roadmap.slug,
        "url": f"{base}{roadmap.slug}/",
        "title": roadmap.title,
        "eyebrow": roadmap.collectivite.display_name,
        "text": roadmap.ambition,
        "meta": [text for text in (roadmap.get_kind_display(), row.edition.period, state, size) if text],
        "is_fictional": roadmap.is_fictional,
        "is_over": row.state == RoadmapListing.State.OVER,
    }


def followed_cards(listed: Any, today: dt.date) -> list[dict[str, Any]]:
    """Give the same cards, each with where its actions stand in words, in one query more."""
    cards = roadmap_cards(listed, today)
    told = told_progress([card["key"] for card in cards], today)
    return [{**card, "progress": told.get(card["key"], "")} for card in cards]


def told_progress(keys: Iterable[int], today: dt.date) -> dict[int, str]:
    """Count in words the actions of some roadmaps on which somebody has reported, by key, in one query."""
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    late: Counter[int] = Counter()
    rows = ActionListing.objects.filter(listing__in=list(keys)).order_by()
    counted = rows.values_list("listing", "status").annotate(
        of=Count("pk"), late=Count("pk", filter=ActionListing.is_late(today))
    )
    for key, status, count, late_ones in counted:
        counts[key][status] += count
        late[key] += late_ones
    return {key: told_counts(found, late[key]) for key, found in counts.items() if set(found) != {UNSAID}}


def action_cards(listed: Any, today: dt.date) -> list[dict[str, Any]]:
    """Give the actions of a page as rows, in three queries: which, what they say, who leads them."""
    keys = list(listed.values_list("pk", flat=True))  # alone, an index gives them in order
    base, badges = reverse(BASE), StatusBadges(today)
    leads = ActionActor.objects.filter(role__in=LEADS).select_related("organisation").order_by("position", "pk")
    rows = (
        ActionListing.objects.filter(pk__in=keys)
        .select_related("action__horizon", "listing__roadmap__collectivite")
        .defer(
            "search",
            "listing__search",
            "action__description",
            "action__means",
            "action__deliverables",
            "action__internal_note",
        )
        .prefetch_related(Prefetch("action__actors", leads, to_attr="leads"))
    )
    found = {row.pk: row for row in rows.order_by()}
    return [action_card(found[key], base, badges) for key in keys]


def action_card(row: Any, base: str, badges: "StatusBadges") -> dict[str, Any]:
    action, roadmap = row.action, row.listing.roadmap
    page = f"{base}{roadmap.slug}/"
    facts = (
        f"{'Échéance : ' if row.due_on else ''}{when(action)}" if when(action) else "",
        needs_of(row),
        leads_of(action.leads),
    )
    return {
        "key": row.pk,
        "url": f"{page}actions/{action.uid}/",
        "code": action.code,
        "title": action.title,
        "summary": action.summary,
        "roadmap_url": page,
        "roadmap": roadmap.title,
        "carrier": roadmap.collectivite.display_name,
        "facts": " · ".join(filter(None, facts)),
        "badges": badges.of(row),
        "said": f"dit le {told(row.said_on)}" if row.said_on else "",
    }


def when(action: Any) -> str:
    """Say by when: the end of the action, or else its horizon."""
    ends: PartialDate | None = action.ends_on
    return str(ends) if ends else str(action.horizon or "")


def needs_of(row: ActionListing) -> str:
    return ", ".join(label for name, label in NEEDS.items() if getattr(row, name))


def leads_of(actors: Iterable[ActionActor]) -> str:
    names = list(dict.fromkeys(actor.organisation.name for actor in actors))
    return f"Pilotage : {', '.join(names)}" if names else ""


def is_late(row: ActionListing, today: dt.date) -> bool:
    """Say of one row what ``ActionListing.is_late`` asks of many."""
    is_open = row.status not in {Status.DONE, Status.DROPPED, UNSAID}
    return is_open and row.due_on is not None and row.due_on < today


class StatusBadges:
    """The badges of a page, each drawn once."""

    def __init__(self, today: dt.date) -> None:
        self.today = today
        self.late = status_badge("late", "En retard")
        self.drawn: dict[str, SafeString] = {}

    def of(self, row: ActionListing) -> SafeString:
        """Show where an action stands: a word and a shape, then another where it is late."""
        if row.status not in self.drawn:
            self.drawn[row.status] = status_badge(row.status, status_label(row.status))
        drawn = self.drawn[row.status]
        return drawn + SafeString(" ") + self.late if is_late(row, self.today) else drawn


def status_label(status: str) -> str:
    return "Sans point d’étape" if status == UNSAID else str(Status(status).label)
