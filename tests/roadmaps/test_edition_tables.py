"""An edition as sheets says what its open data say, under the same identifiers."""

import csv
import io
import json

import pytest
from python_calamine import CalamineWorkbook

from roadmaps.models import Action, Edition
from tests.roadmaps.factories import EditionFactory, RoadmapFactory
from tests.roadmaps.whole import whole_edition
from tests.territories.factories import CollectiviteFactory

pytestmark = pytest.mark.django_db
SHEETS = [
    "Actions",
    "Objectifs",
    "Horizons",
    "Indicateurs",
    "Relevés",
    "Financements",
    "Étapes",
    "À propos",
    "Colonnes",
]


@pytest.fixture
def edition():
    place = CollectiviteFactory(kind="metropole", code="244400404", name="Nantes Métropole")
    return whole_edition(actions=2, published=True, roadmap=RoadmapFactory(slug="fdr", collectivite=place))


def rows(content, name):
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.sheet_names == SHEETS
    titles, *lines = book.get_sheet_by_name(name).to_python()
    return [dict(zip(titles, line, strict=False)) for line in lines]


@pytest.mark.parametrize("file_format", ["xlsx", "ods"])
def test_a_workbook_has_the_rows_of_the_open_data(client, edition, file_format):
    told = json.loads(client.get("/feuilles-de-route/fdr.json").content)
    content = client.get(f"/feuilles-de-route/fdr.{file_format}").content
    for name, key in (("Actions", "actions"), ("Objectifs", "objectifs"), ("Indicateurs", "indicateurs")):
        assert [one["Identifiant"] for one in rows(content, name)] == [one["identifiant"] for one in told[key]], name
    fundings = [
        (action["identifiant"], float(one["montant"])) for action in told["actions"] for one in action["financements"]
    ]
    assert [(one["Action"], one["Montant"]) for one in rows(content, "Financements")] == fundings
    measures = [one["identifiant"] for one in told["indicateurs"] for _ in one["releves"]]
    assert [one["Indicateur"] for one in rows(content, "Relevés")] == measures
    steps = [(action["identifiant"], one["intitule"]) for action in told["actions"] for one in action["etapes"]]
    assert [(one["Action"], one["Intitulé"]) for one in rows(content, "Étapes")] == steps
    first = rows(content, "Actions")[0]
    assert first["Leviers"] == "; ".join(one["libelle"] for one in told["actions"][0]["leviers"])
    about = dict(CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("À propos").to_python())
    assert (about["Identifiant"], about["Collectivités"]) == ("fdr", "Nantes Métropole (244400404)")
    assert about["Licence"].startswith("Licence Ouverte 2.0, https://")


def test_csv_holds_the_actions(client, edition):
    text = client.get(f"/feuilles-de-route/fdr/editions/{edition.number}.csv").content.decode("utf-8-sig")
    found = [line["Identifiant"] for line in csv.DictReader(io.StringIO(text, newline=""))]
    assert found == list(Action.objects.order_by("position").values_list("uid", flat=True))


def test_no_internal_note_goes_out_and_no_cell_computes(client, edition):
    Action.objects.update(internal_note="À garder pour nous", title="=cmd|' /C calc'!A0")
    for name in ("fdr.csv", "fdr.xlsx", "fdr.ods"):
        content = client.get(f"/feuilles-de-route/{name}").content
        if name.endswith("csv"):
            assert "À garder pour nous" not in content.decode()
            assert "'=cmd" in content.decode()
        else:
            assert {one["Intitulé"] for one in rows(content, "Actions")} == {"'=cmd|' /C calc'!A0"}
            assert "À garder pour nous" not in str(rows(content, "Actions"))


def test_a_draft_goes_out_only_to_those_who_may_read_it(client):
    draft = EditionFactory(roadmap=RoadmapFactory(slug="hidden"))
    for name in ("csv", "xlsx", "ods"):
        assert client.get(f"/feuilles-de-route/hidden.{name}").status_code == 404
    assert Edition.objects.get() == draft
