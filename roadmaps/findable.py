"""What the search finds of roadmaps: the current edition, part by part, and the collectivités that carry one."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Prefetch, Q
from django.urls import reverse

from finding.index import Kind, Offer, Source
from roadmaps.models import Action, ActionActor, Edition, Indicator, KeyFigure, Objective, Roadmap, Section
from roadmaps.outline import in_tree_order
from territories.models import Collectivite
from ui.rich_text import plain


def published_roadmaps() -> Any:
    current = Prefetch("editions", Edition.objects.current(), to_attr="current_editions")
    return Roadmap.objects.published().select_related("collectivite").prefetch_related("co_carriers", current)


def roadmap_offers(roadmap: Any) -> Iterator[Offer]:
    """Offer a roadmap and the parts of its current edition, in the order of the document."""
    (edition,) = roadmap.current_editions
    url, at = roadmap.get_absolute_url(), edition.published_at
    carriers = ", ".join(carrier.display_name for carrier in roadmap.carriers)
    figures = KeyFigure.objects.filter(edition=edition).values_list("label", flat=True)
    foreword = (plain(edition.foreword), edition.foreword_author)
    text = joined(roadmap.get_kind_display(), edition.period, *foreword, *figures)
    yield Offer("roadmap", url, roadmap.title, carriers, roadmap.ambition, text, at)
    context = f"{carriers}, {roadmap.title}"
    for section in Section.objects.filter(edition=edition):
        yield Offer("section", f"{url}#section-{section.uid}", section.title, context, text=plain(section.body), at=at)
    objectives = in_tree_order(Objective.objects.filter(edition=edition))
    for one in objectives:
        address = reverse("objective-detail", args=[roadmap.slug, one.uid])
        yield Offer("objective", address, str(one), context, text=plain(one.text), at=at)
    order = {objective.pk: rank for rank, objective in enumerate(objectives)}
    for action in sorted(actions_of(edition), key=lambda one: (order[one.objective_id], one.position, one.pk)):
        address = reverse("action-detail", args=[roadmap.slug, action.uid])
        yield Offer("action", address, str(action), context, action.summary, text_of(action), at)


def actions_of(edition: Edition) -> Iterable[Action]:
    """Read the actions of an edition with all that they say."""
    actors = Prefetch("actors", ActionActor.objects.select_related("organisation"))
    indicators = Prefetch("indicators", Indicator.objects.only("label", "action_id"))
    return Action.objects.filter(edition=edition).prefetch_related(actors, indicators, "steps", "levers", "themes")


def text_of(action: Action) -> str:
    return joined(
        plain(action.description),
        action.audience,
        action.means,
        action.deliverables,
        *(actor.organisation.name for actor in action.actors.all()),
        *(step.title for step in action.steps.all()),
        *(indicator.label for indicator in action.indicators.all()),
        *(str(term) for terms in (action.levers, action.themes) for term in terms.all()),
    )


def joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def carriers() -> Any:
    """Give the collectivités that carry a published roadmap; the others are found by their own list."""
    published = Roadmap.objects.published().values("pk")
    carrying = Q(roadmaps__in=published) | Q(carried_roadmaps__in=published)
    return Collectivite.objects.filter(carrying).distinct().select_related("departement")


def carrier_offers(collectivite: Collectivite) -> Iterator[Offer]:
    """Offer a collectivité, with the titles of what it carries."""
    titles = Roadmap.objects.published().carried_by([collectivite]).values_list("title", flat=True)
    where = collectivite.departement.display_name if collectivite.departement else ""
    context = ", ".join(part for part in (collectivite.get_kind_display(), where) if part)
    yield Offer(
        "collectivite", collectivite.get_absolute_url(), collectivite.display_name, context, joined(*sorted(titles))
    )


ROADMAPS = Source(
    "roadmap",
    (
        Kind("roadmap", "Feuille de route", "Feuilles de route", weight=6),
        Kind("objective", "Objectif", "Objectifs", weight=3, is_bulk=True),
        Kind("action", "Action", "Actions", weight=3, is_bulk=True),
        Kind("section", "Section", "Sections", weight=3, is_bulk=True),
    ),
    published_roadmaps,
    roadmap_offers,
)
CARRIERS = Source(
    "collectivite", (Kind("collectivite", "Collectivité", "Collectivités", weight=7),), carriers, carrier_offers
)


def carrier_keys(roadmap: Roadmap) -> set[int]:
    """Give the keys of the collectivités that carry a roadmap, as they are stored now."""
    shared = Roadmap.co_carriers.through.objects.filter(roadmap=roadmap).values_list("collectivite", flat=True)
    return {roadmap.collectivite_id, *shared}


def refresh_roadmap(roadmap: Roadmap, former_carriers: Iterable[int] = ()) -> None:
    """Say again in the search what is public of a roadmap, of those that carry it and of those that did."""
    ROADMAPS.refresh(roadmap.pk)
    CARRIERS.refresh(*sorted({*former_carriers, *carrier_keys(roadmap)}))
