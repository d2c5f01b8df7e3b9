"""What the public lists stand on: rows that say what is sifted by, written when what they tell changes.

An edition does not change once it is published: its rows are written then, and once. What goes on changing has its own
verb: what is said of the actions (`tell_statuses`), what describes the roadmap (`describe`). `list_all` writes it all
again, after an import of the code officiel géographique or a bulk load.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.html import strip_tags

from roadmaps.models import Action, ActionListing, Edition, Objective, ProgressReport, Roadmap, RoadmapListing
from roadmaps.models.listing import new_mark
from roadmaps.models.progress import with_report
from roadmaps.outline import in_tree_order
from roadmaps.progress import UNSAID, due_on
from territories.models import Collectivite, Kind
from territories.names import fold, search_text

BATCH = 50  # roadmaps written at once
WORDS = {"court": "court", "moyen": "moyen", "long": "long"}  # of a horizon’s label, and what it means
SHORT_YEARS, MEDIUM_YEARS = 2, 4  # from the start of the period, where the label does not say


def list_all() -> int:
    """Write the rows of every roadmap again, a few roadmaps at a time, and say how many there are."""
    keys = list(Roadmap.objects.published().order_by("pk").values_list("pk", flat=True))
    RoadmapListing.objects.exclude(roadmap__in=Roadmap.objects.published()).delete()
    for start in range(0, len(keys), BATCH):
        list_again(keys[start : start + BATCH])
    return len(keys)


@transaction.atomic
def list_again(roadmaps: Iterable[int]) -> None:
    """Write again the rows of some roadmaps, in a constant number of queries.

    Args:
        roadmaps: their primary keys; one without a published edition is in no list.
    """
    keys = list(roadmaps)
    RoadmapListing.objects.filter(roadmap__in=keys).delete()
    editions = list(
        Edition.objects.current()
        .filter(roadmap__in=keys)
        .order_by("roadmap")
        .select_related("roadmap__collectivite")
        .prefetch_related("roadmap__collectivite__departements", "roadmap__co_carriers__departements")
    )
    actions = actions_of(editions)
    RoadmapListing.objects.bulk_create(
        RoadmapListing(
            roadmap=edition.roadmap,
            edition=edition,
            period_start=edition.period_start,
            period_end=edition.period_end,
            published_at=edition.published_at,  # type: ignore[misc]  # it is published
            action_count=len(actions[edition.pk]),
            search=roadmap_text(edition.roadmap),
        )
        for edition in editions
    )
    write_territories([edition.roadmap for edition in editions])
    ActionListing.objects.bulk_create(
        action_row(action, edition) for edition in editions for action in actions[edition.pk]
    )
    rows = dict(ActionListing.objects.filter(listing__in=keys).values_list("action", "pk"))
    for name in ("themes", "levers"):
        found = [
            (edition.roadmap_id, rows[action.pk], term.pk)
            for edition in editions
            for action in actions[edition.pk]
            for term in getattr(action, name).all()
        ]
        tie(RoadmapListing, name, ((roadmap, term) for roadmap, _, term in found))
        tie(ActionListing, name, ((row, term) for _, row, term in found))


def actions_of(editions: list[Edition]) -> dict[int, list[Any]]:
    """Read the actions of editions, by edition, in the order of the document."""
    objectives = in_tree_order(Objective.objects.filter(edition__in=editions).defer("text"))
    order = {objective.pk: rank for rank, objective in enumerate(objectives)}
    found = with_report(Action.objects.filter(edition__in=editions)).select_related("horizon")
    by_edition: dict[int, list[Any]] = defaultdict(list)
    for action in sorted(
        found.prefetch_related("themes", "levers"), key=lambda one: (order[one.objective_id], one.position, one.pk)
    ):
        by_edition[action.edition_id].append(action)
    return by_edition


def action_row(action: Any, edition: Edition) -> ActionListing:
    said = action.report or {}
    due = due_on(action)
    return ActionListing(
        listing_id=edition.roadmap_id,
        action=action,
        term=term_of(action, edition),
        due_on=due.last_day if due else None,
        answers_economic_need=action.answers_economic_need,
        answers_social_need=action.answers_social_need,
        answers_environmental_need=action.answers_environmental_need,
        status=said.get("status", UNSAID),
        said_on=said.get("said_on"),
        search=search_text(action.title, action.code, action.summary, strip_tags(action.description)),
    )


def term_of(action: Action, edition: Edition) -> str:
    """Say how far an action looks: what its horizon is called, or else how long after the start of the period."""
    words = fold(action.horizon.label).split() if action.horizon else []
    if said := next((WORDS[word] for word in words if word in WORDS), None):
        return said
    due = due_on(action)
    if not due or not edition.period_start:
        return ActionListing.Term.UNKNOWN
    years = due.year - edition.period_start + 1
    if years <= SHORT_YEARS:
        return ActionListing.Term.SHORT
    return ActionListing.Term.MEDIUM if years <= MEDIUM_YEARS else ActionListing.Term.LONG


def roadmap_text(roadmap: Roadmap) -> str:
    carriers = [name for one in roadmap.carriers for name in (one.display_name, one.name)]
    return search_text(roadmap.title, *carriers, roadmap.get_kind_display(), roadmap.ambition)


def write_territories(roadmaps: list[Roadmap]) -> None:
    """Tie listed roadmaps to their carriers and to the départements where those are."""
    tie(RoadmapListing, "carriers", ((one.pk, carrier.pk) for one in roadmaps for carrier in one.carriers))
    tie(
        RoadmapListing,
        "departements",
        ((one.pk, place) for one in roadmaps for carrier in one.carriers for place in departements_of(carrier)),
    )


def departements_of(collectivite: Collectivite) -> set[int]:
    """Give the keys of the départements that a collectivité is, is in, or spans; a région is in none of its own."""
    if collectivite.kind == Kind.DEPARTEMENT:
        return {collectivite.pk}
    own = {one.pk for one in collectivite.departements.all()}
    return own | ({collectivite.departement_id} if collectivite.departement_id else set())


def tie(model: type[RoadmapListing | ActionListing], name: str, pairs: Iterable[tuple[int, int]]) -> None:
    """Write the links of a relation, each once."""
    field: Any = model._meta.get_field(name)
    links = field.remote_field.through
    own, other = field.m2m_column_name(), field.m2m_reverse_name()
    links.objects.bulk_create(links(**{own: left, other: right}) for left, right in dict.fromkeys(pairs))


@transaction.atomic
def describe(roadmap: Roadmap) -> None:
    """Tell the list what describes a roadmap now: its words, who carries it."""
    listed = RoadmapListing.objects.filter(roadmap=roadmap)
    loaded = Roadmap.objects.filter(listing__in=listed).select_related("collectivite")
    for one in loaded.prefetch_related("collectivite__departements", "co_carriers__departements"):
        listed.update(search=roadmap_text(one), mark=new_mark())
        for name in ("carriers", "departements"):
            field: Any = RoadmapListing._meta.get_field(name)
            field.remote_field.through.objects.filter(roadmaplisting=one.pk).delete()
        write_territories([one])


def tell_statuses(roadmap: Roadmap, uids: Iterable[str]) -> None:
    """Tell the list where some actions stand, by their latest reports."""
    uid = Action.objects.filter(pk=OuterRef(OuterRef("action_id"))).values("uid")
    latest = ProgressReport.objects.filter(roadmap=OuterRef("listing_id"), uid=Subquery(uid))
    ActionListing.objects.filter(listing=roadmap.pk, action__uid__in=list(uids)).update(
        status=Coalesce(Subquery(latest.values("status")[:1]), Value(UNSAID)),
        said_on=Subquery(latest.values("said_on")[:1]),
    )
    RoadmapListing.objects.filter(roadmap=roadmap).update(mark=new_mark())
