"""The public list of collectivités: those with a roadmap, then whatever is asked of the whole register."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from roadmaps.listing import list_all
from tests.roadmaps.factories import EditionFactory, RoadmapFactory
from tests.territories.factories import CollectiviteFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/collectivites/"


@pytest.fixture
def places():
    loire = CollectiviteFactory(kind="departement", code="44", name="Loire-Atlantique")
    carrier = CollectiviteFactory(kind="metropole", code="244400404", name="Nantes Métropole", slug="nm")
    carrier.departements.add(loire)
    CollectiviteFactory(
        kind="commune", code="44109", name="Nantes", departement=loire, epci=carrier, population=320_000
    )
    CollectiviteFactory(kind="commune", code="44002", name="Aigrefeuille", departement=loire, population=4_000)
    hidden = CollectiviteFactory(kind="cc", name="Pays Secret")
    EditionFactory(published=True, roadmap=RoadmapFactory(collectivite=carrier, slug="nantes"))
    EditionFactory(roadmap=RoadmapFactory(collectivite=hidden))
    list_all()


def names(page):
    return [one["name"] for one in page.context["rows"]]


def offered(page, name):
    return [label for value, label in page.context["sieve"].fields[name].choices if value]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Nantes Métropole"]),
        ("departement=44", ["Aigrefeuille", "Loire-Atlantique", "Nantes Métropole", "Nantes"]),
        ("departement=44&tri=population&nature=commune", ["Nantes", "Aigrefeuille"]),
        ("nature=commune", ["Aigrefeuille", "Nantes"]),
        ("feuille=avec", ["Nantes Métropole"]),
        ("feuille=sans&nature=cc", ["Pays Secret"]),
        ("q=nantes", ["Nantes", "Nantes Métropole"]),
        ("q=nantes&nature=metropole", ["Nantes Métropole"]),
        ("q=inconnue", []),
    ],
)
def test_collectivites_are_sifted(client, places, query, found):
    assert names(client.get(f"{ADDRESS}?{query}")) == found


def test_each_choice_tells_what_it_would_leave(client, places):
    page = client.get(f"{ADDRESS}?departement=44")
    assert offered(page, "nature") == ["Commune (2)", "Métropole (1)", "Département (1)"]
    assert offered(page, "feuille") == ["Avec une feuille de route (1)", "Sans feuille de route (3)"]
    assert offered(page, "departement") == ["Loire-Atlantique (44) (4)"]


def test_a_draft_makes_no_carrier(client, places):
    assert offered(client.get(f"{ADDRESS}?q=secret"), "feuille") == ["Sans feuille de route (1)"]
    assert client.get(f"{ADDRESS}?q=secret").context["rows"][0]["roadmaps"] == ""


def test_the_list_goes_out_with_codes_and_roadmaps(client, places):
    text = client.get(f"{ADDRESS}liste.csv?departement=44&nature=metropole").content.decode("utf-8-sig")
    assert list(csv.DictReader(io.StringIO(text, newline=""))) == [
        {
            "Identifiant": "nm",
            "Nom": "Nantes Métropole",
            "Nature": "Métropole",
            "SIREN": "244400404",
            "Code INSEE": "",
            "Départements": "44",
            "Population": "",
            "Feuilles de route": "nantes",
            "Adresse": "http://127.0.0.1:8000/collectivites/nm/",
        }
    ]


@pytest.mark.parametrize("count", [1, 3, 40])
def test_the_list_costs_the_same_whatever_its_length(client, count):
    for rank in range(count):
        EditionFactory(published=True, roadmap__collectivite__name=f"Communauté {rank}")
    list_all()
    with CaptureQueriesContext(connection) as queries:
        client.get(ADDRESS)
    assert len(queries) == 6
