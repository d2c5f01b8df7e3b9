"""The picture of the région: where a roadmap is published, beside the same as a list.

It knows what is published, and nothing else: a document in preparation shows nowhere before it is.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from roadmaps.models import RoadmapListing
from territories.contours import contours
from territories.models import EPCI_KINDS, Collectivite, Kind

RUNNING, OTHER, NONE = "running", "other", "none"
LABELS = {
    RUNNING: "Une feuille de route en cours",
    OTHER: "Une feuille de route publiée, à venir ou échue",
    NONE: "Sans feuille de route publiée",
}
AT_WORK = {RoadmapListing.State.RUNNING, RoadmapListing.State.UNKNOWN}


@dataclass(frozen=True)
class Place:
    """A collectivité as it is drawn and listed."""

    name: str
    url: str
    state: str
    path: str  # empty where it has no shape

    @property
    def label(self) -> str:
        return LABELS[self.state]

    @property
    def told(self) -> str:
        return f"{self.name}\u00a0: {self.label.lower()}"


@dataclass(frozen=True)
class RegionMap:
    """The EPCI of the région and its communes without one, drawn; its départements, outlined; all of them listed."""

    width: int  # nothing is drawn where it is 0
    height: int
    places: list[Place]
    outlines: list[dict[str, Any]]
    above: list[Place]  # the région and its départements

    @property
    def drawn(self) -> list[Place]:
        return [place for place in self.places if place.path]

    @property
    def groups(self) -> list[dict[str, Any]]:
        """The list: those with a roadmap first."""
        found = [
            {"state": state, "label": label, "places": [place for place in self.places if place.state == state]}
            for state, label in LABELS.items()
        ]
        return [group for group in found if group["places"]]

    @property
    def legend(self) -> list[dict[str, str]]:
        return [{"state": state, "label": label} for state, label in LABELS.items()]


def region_map(today: dt.date) -> RegionMap:
    """Read the picture of the région, in two queries."""
    drawing = contours(settings.REGION_CODE)
    states = states_on(today)
    rows = (
        Collectivite.objects.current()
        .touching_region(settings.REGION_CODE)
        .filter(Q(kind__in=(*EPCI_KINDS, Kind.DEPARTEMENT, Kind.REGION)) | Q(kind=Kind.COMMUNE, epci=None))
        .order_by("search")
        .values_list("pk", "kind", "code", "display_name", "slug")
    )
    base = reverse("collectivite-list")
    places: list[Place] = []
    above: dict[str, list[Place]] = defaultdict(list)
    for pk, kind, code, name, slug in rows:
        shape = drawing.places.get(code) if drawing and kind not in {Kind.DEPARTEMENT, Kind.REGION} else None
        place = Place(name, f"{base}{slug}/", states.get(pk, NONE), shape["path"] if shape else "")
        (above[kind] if kind in {Kind.DEPARTEMENT, Kind.REGION} else places).append(place)
    outlines = [{"code": code, **shape} for code, shape in drawing.departements.items()] if drawing else []
    size = (drawing.width, drawing.height) if drawing and any(place.path for place in places) else (0, 0)
    return RegionMap(*size, places, outlines, [*above[Kind.REGION], *above[Kind.DEPARTEMENT]])


def states_on(today: dt.date) -> dict[int, str]:
    """Say of each carrier of a published roadmap, by key, whether one is at work on a day."""
    links = RoadmapListing.objects.annotate(state=RoadmapListing.state_on(today.year)).exclude(carriers=None)
    found: dict[int, str] = {}
    for carrier, state in links.order_by().values_list("carriers", "state"):
        found[carrier] = RUNNING if state in AT_WORK or found.get(carrier) == RUNNING else OTHER
    return found
