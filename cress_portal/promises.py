"""What is promised in a commune: the collectivités that cover it, their roadmaps, and where their actions stand."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from instances.models import Instance
from roadmaps.cards import action_cards, followed_cards
from roadmaps.models import ActionListing, RoadmapListing
from territories.finding_places import is_in
from territories.models import Collectivite

THEMES = 3  # of each roadmap, the commonest first
ACTIONS = 2  # of each theme
NEAR = 6  # roadmaps of elsewhere
NEIGHBOURS = 100  # communes of the same EPCI


@dataclass
class Theme:
    """A theme of a roadmap: how many of its actions are about it, and some of them."""

    label: str
    url: str  # of all of them
    keys: list[int]
    actions: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Promise:
    """A roadmap whose period has not ended, and some of what it promises."""

    card: dict[str, Any]
    themes: list[Theme] = field(default_factory=list)


@dataclass
class Coverage:
    """A collectivité that covers the commune, or the commune itself, with its roadmaps."""

    collectivite: Collectivite
    promises: list[Promise]
    over: list[dict[str, Any]]  # cards of those whose period has ended


@dataclass
class Territory:
    """All that the page of a commune says, in eleven queries at most."""

    commune: Collectivite
    coverages: list[Coverage]
    near: list[dict[str, Any]]
    neighbours: list[Collectivite]
    abroad: list[str]  # départements of its EPCI that are in another région
    instances: list[Instance]

    @property
    def is_in_region(self) -> bool:
        return is_in(self.commune, settings.REGION_CODE)

    @property
    def has_promises(self) -> bool:
        return any(coverage.promises for coverage in self.coverages)

    @property
    def near_url(self) -> str:
        """The list of the roadmaps of its département."""
        return f"{reverse('roadmap-list')}?departement={self.commune.departement.code}"  # type: ignore[union-attr]


def territory_of(commune: Collectivite, today: dt.date) -> Territory:
    """Read what is promised in a commune.

    Args:
        commune: given by ``territories.finding_places``.
        today: by which states and delays are told.
    """
    covering = [commune, *commune.covering_collectivites()]
    ties = RoadmapListing.carriers.through.objects.filter(collectivite__in=[one.pk for one in covering])
    carried: dict[int, list[int]] = defaultdict(list)
    for carrier, listing in ties.values_list("collectivite", "roadmaplisting"):
        carried[carrier].append(listing)
    keys = {listing for listings in carried.values() for listing in listings}
    elsewhere = RoadmapListing.objects.filter(departements=commune.departement_id).exclude(pk__in=keys)
    near = elsewhere.exclude(period_end__lt=today.year)[:NEAR]
    shown = RoadmapListing.objects.filter(Q(pk__in=keys) | Q(pk__in=near.values("pk")))
    cards = followed_cards(shown, today)
    own = [card for card in cards if card["key"] in keys]
    neighbours, abroad = around(commune)
    return Territory(
        commune,
        coverages_of(covering, carried, own, today),
        [card for card in cards if card["key"] not in keys],
        neighbours,
        abroad,
        list(Instance.objects.public().current(today).covering(commune)),
    )


def coverages_of(
    covering: list[Collectivite], carried: dict[int, list[int]], cards: list[dict[str, Any]], today: dt.date
) -> list[Coverage]:
    """Give each roadmap to the nearest of the collectivités that carry it: it is told once."""
    promises = promises_of([card for card in cards if not card["is_over"]], today)
    told: set[int] = set()
    coverages = []
    for one in covering:
        own = [card for card in cards if card["key"] in carried[one.pk] and card["key"] not in told]
        told |= {card["key"] for card in own}
        kept = [promises[card["key"]] for card in own if card["key"] in promises]
        coverages.append(Coverage(one, kept, [card for card in own if card["is_over"]]))
    return coverages


def promises_of(cards: list[dict[str, Any]], today: dt.date) -> dict[int, Promise]:
    """Give the roadmaps by key, each with its commonest themes and some actions of each."""
    promises = {card["key"]: Promise(card) for card in cards}
    ties = ActionListing.themes.through.objects.filter(actionlisting__listing__in=promises)
    rows = ties.values_list("actionlisting__listing", "theme__code", "theme__label", "actionlisting")
    found: dict[int, dict[tuple[str, str], list[int]]] = defaultdict(lambda: defaultdict(list))
    for roadmap, code, label, action in rows.order_by("actionlisting"):
        found[roadmap][code, label].append(action)
    base = reverse("action-list")
    for roadmap, themes in found.items():
        slug = promises[roadmap].card["slug"]
        commonest = sorted(themes.items(), key=lambda one: (-len(one[1]), one[0]))[:THEMES]
        promises[roadmap].themes = [
            Theme(label, f"{base}?feuille={slug}&theme={code}", keys) for (code, label), keys in commonest
        ]
    choose(promises, today)
    return promises


def choose(promises: dict[int, Promise], today: dt.date) -> None:
    """Give each theme some actions, none told twice in a roadmap."""
    chosen: dict[int, Theme] = {}
    for promise in promises.values():
        for theme in promise.themes:
            chosen |= dict.fromkeys([key for key in theme.keys if key not in chosen][:ACTIONS], theme)
    for card in action_cards(ActionListing.objects.filter(pk__in=chosen).order_by("pk"), today):
        chosen[card["key"]].actions.append(card)


def around(commune: Collectivite) -> tuple[list[Collectivite], list[str]]:
    """Give the other communes of its EPCI, and the départements where that EPCI overflows the région of the portal."""
    if not commune.epci:
        return [], []
    others = Collectivite.objects.current().filter(epci=commune.epci).exclude(pk=commune.pk).order_by("search")
    elsewhere = commune.epci.departements.exclude(region__code=settings.REGION_CODE).order_by("search")
    return list(others[:NEIGHBOURS]), [one.display_name for one in elsewhere]
