"""The public list of collectivités: which of them carry a published roadmap, and which do not."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Count, F, Prefetch, Value
from django.urls import reverse

from publishing.tables import Column, Table
from roadmaps.forms.lists import ListSieve, counted_as, text
from roadmaps.list_tables import CHUNK
from roadmaps.models import RoadmapListing
from roadmaps.open_data import body
from territories.models import Collectivite, Kind
from ui import facets

WITH, WITHOUT = "avec", "sans"
COLUMNS = {
    "identifiant": Column("Identifiant", "Le nom de la collectivité dans son adresse ; il ne change jamais."),
    "nom": Column("Nom", "Le nom officiel."),
    "nature": Column("Nature"),
    "siren": Column("SIREN", "Le SIREN, s’il est connu."),
    "code_insee": Column("Code INSEE", "Le code officiel géographique d’une commune, d’un département, d’une région."),
    "departements": Column("Départements", "Les codes des départements où elle est.", list[str]),
    "population": Column("Population", "La population municipale.", int),
    "feuilles_de_route": Column(
        "Feuilles de route", "Les identifiants de celles qu’elle porte, seule ou avec d’autres.", list[str]
    ),
    "adresse": Column("Adresse", "Sa page."),
}


class CollectiviteSieve(ListSieve):
    """Which collectivités to show; as long as nothing is asked, those that carry a published roadmap."""

    FACETS = {"nature": "Toutes", "departement": "Tous", "feuille": "Avec ou sans"}
    KNOWN = {}
    ORDERS = {"": ("search", "pk"), "population": (F("population").desc(nulls_last=True), "search", "pk")}

    q = forms.CharField(
        label="Nom ou code postal",
        required=False,
        max_length=200,
        widget=forms.SearchInput({"autocomplete": "off"}),
    )
    nature = forms.ChoiceField(label="Nature", required=False)
    departement = forms.ChoiceField(label="Département", required=False)
    feuille = forms.ChoiceField(label="Feuille de route", required=False)
    tri = forms.ChoiceField(
        label="Ordre", required=False, choices=[("", "De A à Z"), ("population", "Les plus peuplées d’abord")]
    )
    field_order = ["q", *FACETS, "tri"]

    def __init__(self, data: Any, today: dt.date) -> None:
        departements = Collectivite.objects.filter(kind=Kind.DEPARTEMENT).order_by("code")
        self.departements = {code: (pk, name) for pk, code, name in departements.values_list("pk", "code", "name")}
        self.WRITTEN = {
            "nature": dict(Kind.choices),
            "departement": {code: f"{name} ({code})" for code, (_, name) in self.departements.items()},
            "feuille": {WITH: "Avec une feuille de route", WITHOUT: "Sans feuille de route"},
        }
        super().__init__(data, today)

    def all_rows(self) -> Any:
        return Collectivite.objects.current() if self.is_sifting else Collectivite.objects.filter(pk__in=carriers())

    def matched(self) -> Any:
        words = self.chosen("q")
        return self.all_rows().matching(words) if words else self.all_rows()

    def ordered(self) -> Any:
        """Give what is found: the nearest name first, unless another order is asked for."""
        if self.chosen("q") and not self.chosen(facets.ORDER):
            return self.found()
        return super().ordered()

    def kept(self, rows: Any, name: str, value: str) -> Any:
        if name == "nature":
            return rows.filter(kind=value)
        if name == "departement":
            return rows.touching_departement(value)
        return rows.filter(pk__in=carriers()) if value == WITH else rows.exclude(pk__in=carriers())

    def written_counts(self) -> list[Any]:
        by_place, by_roadmap = self.found("departement").order_by(), self.found("feuille").order_by()
        return [
            self.found("nature").order_by().values_list(Value("nature"), "kind", Value("")).annotate(Count("pk")),
            *(
                by_place.filter(**{f"{path}__isnull": False})
                .values_list(Value("departement"), text(f"{path}__code"), Value(""))
                .annotate(Count("pk"))
                for path in ("departement", "departements")
            ),
            by_place.filter(kind=Kind.DEPARTEMENT)
            .values_list(Value("departement"), text("code"), Value(""))
            .annotate(Count("pk")),
            counted_as(by_roadmap.filter(pk__in=carriers()), "feuille", WITH),
            counted_as(by_roadmap.exclude(pk__in=carriers()), "feuille", WITHOUT),
        ]

    def counted(self) -> dict[str, Counter[str]]:
        """Count in one statement: none of these choices is looked up."""
        return facets.counted(self.written_counts())[0]


def carriers() -> Any:
    """Give the keys of the collectivités that carry a published roadmap, alone or with others."""
    return RoadmapListing.carriers.through.objects.values("collectivite")


def roadmaps_of(collectivites: Iterable[Collectivite]) -> dict[int, list[str]]:
    """Give the addresses of the published roadmaps of some collectivités, by key, in one query."""
    links = RoadmapListing.carriers.through.objects.filter(collectivite__in=[one.pk for one in collectivites])
    found: dict[int, list[str]] = defaultdict(list)
    for pk, slug in links.order_by("roadmaplisting").values_list("collectivite", "roadmaplisting__roadmap__slug"):
        found[pk].append(slug)
    return found


def table(listed: Any) -> Table:
    """Lay out the collectivités that a list found."""
    return Table("Collectivités", COLUMNS, lines(listed))


def lines(listed: Any) -> Iterator[dict[str, Any]]:
    roadmaps: dict[int, list[str]] = defaultdict(list)
    ties = RoadmapListing.carriers.through.objects.order_by("roadmaplisting")
    for pk, slug in ties.values_list("collectivite", "roadmaplisting__roadmap__slug"):
        roadmaps[pk].append(slug)
    base = settings.PUBLIC_URL + reverse("collectivite-list")
    loaded = listed.select_related("departement").prefetch_related(Prefetch("departements", to_attr="places"))
    for one in loaded.iterator(CHUNK):
        known = body(one)
        places = [*one.places, *([one.departement] if one.departement else [])]
        yield {
            "identifiant": one.slug,
            "nom": one.name,
            "nature": known["nature"],
            "siren": known["siren"],
            "code_insee": known["code_insee"],
            "departements": sorted(place.code for place in places),
            "population": one.population,
            "feuilles_de_route": roadmaps[one.pk],
            "adresse": f"{base}{one.slug}/",
        }
