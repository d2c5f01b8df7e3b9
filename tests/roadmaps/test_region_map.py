"""The picture of the région and its list: what is published, and nothing of what is being written."""

import datetime as dt
import re

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from roadmaps.listing import list_all
from roadmaps.region_map import region_map
from territories.contours import contours
from tests.html_client import ReadingClient
from tests.roadmaps.factories import EditionFactory, RoadmapFactory
from tests.territories.factories import CollectiviteFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 24)
NANTES, CARENE, ANGERS, YEU = "244400404", "244400644", "244900015", "85113"


def publish(carrier, start: int, end: int) -> None:
    EditionFactory(published=True, period_start=start, period_end=end, roadmap=RoadmapFactory(collectivite=carrier))


@pytest.fixture
def places():
    region = CollectiviteFactory(kind="region", code="52", name="Région des Pays de la Loire")
    loire = CollectiviteFactory(as_departement=True, code="44", name="Loire-Atlantique", region=region)
    vendee = CollectiviteFactory(as_departement=True, code="85", name="Vendée", region=region)
    found = {code: CollectiviteFactory(code=code, name=f"EPCI {code}") for code in (NANTES, CARENE, ANGERS)}
    for one in found.values():
        one.departements.add(loire)
    found[YEU] = CollectiviteFactory(commune=True, code=YEU, name="L’Île-d’Yeu", departement=vendee)
    CollectiviteFactory(commune=True, code="44109", name="Nantes", departement=loire, epci=found[NANTES])
    CollectiviteFactory(name="Rennes Métropole")
    EditionFactory(
        published=True, period_start=2024, period_end=2028, roadmap=RoadmapFactory(collectivite=found[NANTES])
    )
    EditionFactory(
        published=True, period_start=2015, period_end=2020, roadmap=RoadmapFactory(collectivite=found[NANTES])
    )
    EditionFactory(
        published=True, period_start=2015, period_end=2020, roadmap=RoadmapFactory(collectivite=found[CARENE])
    )
    EditionFactory(roadmap=RoadmapFactory(collectivite=found[ANGERS]))  # a draft, which nobody may guess
    list_all()
    return found


def test_each_place_says_what_is_published_there(places) -> None:
    drawn = region_map(TODAY)
    assert {place.name: place.state for place in drawn.places} == {
        f"EPCI {NANTES}": "running", f"EPCI {CARENE}": "other", f"EPCI {ANGERS}": "none", "L’Île-d’Yeu": "none",
    }  # fmt: skip
    assert [(place.name, place.state) for place in drawn.above] == [
        ("Région des Pays de la Loire", "none"), ("Loire-Atlantique", "none"), ("Vendée", "none"),
    ]  # fmt: skip


def test_the_list_says_all_that_the_picture_does(places, client: ReadingClient) -> None:
    page = client.get("/").content.decode()
    picture = re.search(r'<svg class="region-map".*?</svg>', page, re.DOTALL)[0]
    listed = re.search(r'<div class="region-list">.*?</div>\n</div>', page, re.DOTALL)[0]
    drawn = re.findall(r'<a href="([^"]+)" tabindex="-1"><title>([^<]+)</title><path d="M', picture)
    assert sorted(url for url, _ in drawn) == sorted(places[code].get_absolute_url() for code in places)
    assert f"EPCI {CARENE}\u00a0: une feuille de route publiée, à venir ou échue" in [title for _, title in drawn]
    assert {url for url, _ in drawn} <= set(re.findall('href="([^"]+)"', listed))
    assert "style=" not in picture


def test_a_region_without_a_drawing_has_its_list(places, settings: LazySettings, client: ReadingClient) -> None:
    settings.REGION_CODE = "53"
    brittany = CollectiviteFactory(kind="region", code="53", name="Région Bretagne")
    finistere = CollectiviteFactory(as_departement=True, code="29", name="Finistère", region=brittany)
    brest = CollectiviteFactory(name="Brest Métropole")
    brest.departements.add(finistere)
    page = client.get("/")
    assert [place.name for place in page.context["map"].places] == ["Brest Métropole"]
    assert '<svg class="region-map"' not in page.content.decode()


def test_the_picture_costs_two_queries(places) -> None:
    with CaptureQueriesContext(connection) as queries:
        region_map(TODAY)
    assert len(queries) == 2


def test_the_drawing_holds_every_epci_of_the_region_and_weighs_little() -> None:
    drawing = contours("52")
    assert drawing is not None
    assert (len(drawing.places), sorted(drawing.departements)) == (72, ["44", "49", "53", "72", "85"])
    assert sum(len(shape["path"]) for shape in drawing.places.values()) < 40_000
    assert contours("53") is None
