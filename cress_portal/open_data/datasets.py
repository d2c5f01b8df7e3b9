"""The data sets that everyone may take away: the page, the archive and the API are read from here.

A data set holds rows that everyone may read, and no other; what it tells of them is in its columns alone.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import CharField, Q
from django.db.models.functions import Cast
from django.utils import timezone

from cress_portal import collectivite_list
from cress_portal.open_data import columns, filters, lines
from cress_portal.open_data.filters import Filter
from editorial import exporting
from editorial.models import Publication
from instances.models import Instance, Meeting, Seat
from publishing.tables import Column, Table
from roadmaps import list_tables
from roadmaps.models import ActionListing, Edition, Objective, RoadmapListing
from roadmaps.models.terms import Lever, Theme
from territories.models import Collectivite


@dataclass(frozen=True)
class Dataset:
    """A data set.

    Args:
        name: in addresses, and of its files.
        title: as it is read.
        meaning: what a line of it is.
        columns: what a line says.
        rows: gives, in a settled order, the rows that are public.
        lines: reads rows as lines.
        identifier: what an identifier may be, as pydantic understands it.
        known_as: gives the rows, one or none, that an identifier names.
        filters: what its rows may be asked for.
    """

    name: str
    title: str
    meaning: str
    columns: Mapping[str, Column]
    rows: Callable[[], Any]
    lines: Callable[[Any], Iterable[Mapping[str, Any]]]
    identifier: Any
    known_as: Callable[[Any, str], Any]
    filters: Mapping[str, Filter] = field(default_factory=dict)

    def table(self, rows: Any) -> Table:
        return Table(self.title, self.columns, self.lines(rows))


def of_region() -> Any:
    """Give the collectivités of the région, and those elsewhere that carry a published roadmap."""
    current = Collectivite.objects.current()
    near = current.touching_region(settings.REGION_CODE).order_by().values("pk")
    return Collectivite.objects.filter(Q(pk__in=near) | Q(pk__in=collectivite_list.carriers())).order_by("search", "pk")


def edition_named(rows: Any, identifier: str) -> Any:
    slug, _, number = identifier.rpartition(".")
    return rows.annotate(written=Cast("number", CharField())).filter(roadmap__slug=slug, written=number)


def open_seats() -> Any:
    seats = Seat.objects.filter(instance__is_public=True).standing_open(timezone.localdate())
    return seats.order_by("instance__sort", "instance_id", "position", "pk")


DATASETS = {
    one.name: one
    for one in (
        Dataset(
            "feuilles-de-route",
            "Feuilles de route",
            "Une ligne par feuille de route, plan d’actions ou stratégie qui a une édition publiée.",
            list_tables.ROADMAP_COLUMNS,
            lambda: RoadmapListing.objects.order_by("roadmap__slug"),
            lambda rows: list_tables.roadmap_lines(rows, timezone.localdate()),
            filters.Slug,
            filters.equal("roadmap__slug"),
            filters.ROADMAPS,
        ),
        Dataset(
            "editions",
            "Éditions",
            "Une ligne par édition publiée d’une feuille de route, celles qui ont été remplacées comprises.",
            columns.EDITIONS,
            lambda: Edition.objects.published().order_by("roadmap__slug", "number"),
            lines.editions,
            filters.EditionName,
            edition_named,
            filters.EDITIONS,
        ),
        Dataset(
            "objectifs",
            "Objectifs",
            "Une ligne par objectif des éditions en vigueur : axes, orientations, enjeux.",
            columns.OBJECTIVES,
            lambda: Objective.objects.filter(edition__listing__isnull=False).order_by(
                "edition_id", "depth", "position", "pk"
            ),
            lines.objectives,
            filters.Slug,
            filters.equal("uid"),
            filters.OBJECTIVES,
        ),
        Dataset(
            "actions",
            "Actions",
            "Une ligne par action des éditions en vigueur, avec son avancement.",
            list_tables.ACTION_COLUMNS,
            lambda: ActionListing.objects.order_by("-listing_id", "pk"),
            lambda rows: list_tables.action_lines(rows, timezone.localdate()),
            filters.Slug,
            filters.equal("action__uid"),
            filters.ACTIONS,
        ),
        Dataset(
            "instances",
            "Instances",
            "Une ligne par instance où l’ESS est représentée.",
            columns.INSTANCES,
            lambda: Instance.objects.public().order_by("sort", "pk"),
            lines.instances,
            filters.Slug,
            filters.equal("slug"),
            filters.INSTANCES,
        ),
        Dataset(
            "sieges",
            "Sièges",
            "Une ligne par siège de ces instances, avec qui l’occupe aujourd’hui.",
            columns.SEATS,
            open_seats,
            lines.seats,
            filters.Number,
            filters.equal("pk"),
            filters.SEATS,
        ),
        Dataset(
            "seances",
            "Séances",
            "Une ligne par séance publique de ces instances, passée ou à venir.",
            columns.MEETINGS,
            lambda: Meeting.objects.public().order_by("-held_on", "-pk"),
            lines.meetings,
            filters.Slug,
            filters.equal("uid"),
            filters.MEETINGS,
        ),
        Dataset(
            "prises-de-position",
            "Prises de position",
            "Une ligne par prise de position en ligne : lettre ouverte, enquête-flash, contribution.",
            exporting.COLUMNS,
            lambda: Publication.objects.online().latest_first(),
            lines.positions,
            filters.Slug,
            filters.equal("draft__uid"),
            filters.POSITIONS,
        ),
        Dataset(
            "collectivites",
            "Collectivités",
            "Une ligne par collectivité de la région, ou d’ailleurs si elle porte une feuille de route.",
            collectivite_list.COLUMNS,
            of_region,
            collectivite_list.lines,
            filters.Slug,
            filters.equal("slug"),
            filters.COLLECTIVITES,
        ),
        Dataset(
            "thematiques",
            "Thématiques",
            "Une ligne par thématique : les codes par lesquels on filtre.",
            columns.TERMS,
            lambda: Theme.objects.order_by("position", "label"),
            lines.terms,
            filters.Term,
            filters.equal("code"),
        ),
        Dataset(
            "leviers",
            "Leviers",
            "Une ligne par levier : les codes par lesquels on filtre.",
            columns.TERMS,
            lambda: Lever.objects.order_by("position", "label"),
            lines.terms,
            filters.Term,
            filters.equal("code"),
        ),
    )
}
