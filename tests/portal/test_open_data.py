"""The page of open data, each data set as a file, and all of them in an archive."""

import csv
import io
import json
import zipfile

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cress_portal.open_data.datasets import DATASETS
from publishing.stock import in_turn, place_of
from publishing.tables import FORMATS
from roadmaps.listing import list_all
from roadmaps.models import Lever
from tests.instances.factories import InstanceFactory
from tests.roadmaps.factories import ActionFactory, EditionFactory, RoadmapFactory

pytestmark = pytest.mark.django_db
ADDRESS, ARCHIVE = "/donnees-ouvertes/", "/donnees-ouvertes/tout.zip"
DAY = "2026-11-24 12:00:00+00:00"
FOLDER = "donnees-ess-2026-11-24/"


@pytest.fixture
def published():
    edition = EditionFactory(published=True, roadmap=RoadmapFactory(slug="nantes"))
    ActionFactory(objective__edition=edition, title="=Agir")
    list_all()


def content(answer):
    return b"".join(answer.streaming_content)


def opened(answer):
    return zipfile.ZipFile(io.BytesIO(content(answer)))


def test_the_page_offers_every_data_set_and_tells_every_column(client):
    page = client.get(ADDRESS)
    text = page.content.decode()
    for name, dataset in DATASETS.items():
        for file_format in FORMATS:
            assert f'href="{ADDRESS}{name}.{file_format}"' in text
        (rows,) = [one["rows"] for one in page.context["datasets"] if one["dataset"] is dataset]
        assert [row[0]["value"] for row in rows] == list(dataset.columns)
    with CaptureQueriesContext(connection) as queries:
        client.get(ADDRESS)
    assert len(queries) == 0


@pytest.mark.parametrize("file_format", FORMATS)
def test_a_data_set_is_taken_away_in_each_format(client, published, file_format):
    answer = client.get(f"{ADDRESS}actions.{file_format}")
    assert (answer["Content-Type"], answer["Content-Disposition"]) == (
        FORMATS[file_format], f'attachment; filename="actions.{file_format}"',
    )  # fmt: skip


def test_what_is_not_offered_is_not_found(client):
    for name in ("inconnu.csv", "actions.exe"):
        assert client.get(f"{ADDRESS}{name}").status_code == 404


@time_machine.travel(DAY, tick=False)
def test_the_archive_holds_every_data_set_with_what_explains_it(client, published):
    answer = client.get(ARCHIVE)
    assert answer["Content-Disposition"] == 'attachment; filename="donnees-ess-2026-11-24.zip"'
    archive = opened(answer)
    files = [f"{name}.{file_format}" for name in DATASETS for file_format in ("csv", "json")]
    assert archive.namelist() == [f"{FOLDER}{name}" for name in (*files, "dictionnaire.csv", "LISEZMOI.txt")]
    (line,) = csv.DictReader(io.StringIO(archive.read(f"{FOLDER}actions.csv").decode("utf-8-sig"), newline=""))
    assert (line["Intitulé"], line["Feuille de route"]) == ("'=Agir", "nantes")
    told = json.loads(archive.read(f"{FOLDER}actions.json"))
    assert (told["actions"][0]["intitule"], told["date"]) == ("=Agir", "2026-11-24")
    meanings = csv.DictReader(io.StringIO(archive.read(f"{FOLDER}dictionnaire.csv").decode("utf-8-sig"), newline=""))
    assert [(one["Jeu de données"], one["Nom en JSON et dans l’API"]) for one in meanings] == [
        (name, key) for name, dataset in DATASETS.items() for key in dataset.columns
    ]
    readme = archive.read(f"{FOLDER}LISEZMOI.txt").decode()
    assert "actions.csv, actions.json (1\u00a0ligne)" in readme
    assert "Licence Ouverte 2.0" in readme


@time_machine.travel(DAY, tick=False)
def test_the_same_state_gives_the_same_archive_and_another_state_another(client, published, settings):
    first = client.get(ARCHIVE)
    kept = content(first)
    assert client.get(ARCHIVE, headers={"If-None-Match": first["ETag"]}).status_code == 304
    for file in (settings.MEDIA_ROOT / "impressions").iterdir():
        file.unlink()
    assert content(client.get(ARCHIVE)) == kept


@pytest.mark.django_db(transaction=True)
def test_the_archive_is_made_again_when_something_changes(client):
    first = client.get(ARCHIVE)
    first.close()
    InstanceFactory(name="Nouvelle", slug="nouvelle")
    again = client.get(ARCHIVE, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200
    assert '"nouvelle"' in opened(again).read(f"{folder_of(again)}instances.json").decode()


@time_machine.travel(DAY, tick=False)
def test_whoever_asks_for_the_archive_while_it_is_made_is_told_to_come_back(client, monkeypatch):
    monkeypatch.setattr("publishing.pdf.PATIENCE_SECONDS", -1)
    first = client.get(ARCHIVE)
    first.close()
    stamp = first["ETag"].strip('"')
    place = place_of(f"donnees-{stamp}.zip")
    place.unlink()
    with in_turn(place):
        busy = client.get(ARCHIVE)
    assert (busy.status_code, busy["Retry-After"]) == (503, "30")
    assert busy.content.decode().startswith("L’archive est en train d’être préparée")


def test_the_page_tells_catalogues_where_each_file_is(client):
    text = client.get(ADDRESS).content.decode()
    told = json.loads(text.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert (told["@type"], [one["name"] for one in told["dataset"]]) == (
        "DataCatalog", [one.title for one in DATASETS.values()],
    )  # fmt: skip
    assert told["dataset"][3]["distribution"][0] == {
        "@type": "DataDownload", "encodingFormat": "text/csv; charset=utf-8",
        "contentUrl": "http://127.0.0.1:8000/donnees-ouvertes/actions.csv",
    }  # fmt: skip


def folder_of(answer):
    return answer["Content-Disposition"].split('"')[1].removesuffix(".zip") + "/"


def test_an_archive_says_where_it_was_cut(client, monkeypatch):
    monkeypatch.setattr("cress_portal.open_data.archive.MOST_LINES", 1)
    archive = opened(client.get(ARCHIVE))
    (readme,) = [archive.read(name).decode() for name in archive.namelist() if name.endswith("LISEZMOI.txt")]
    count = Lever.objects.count()
    assert f"leviers.csv, leviers.json ({count}\u00a0lignes)\n" in readme
    assert readme.count("Coupé à 1\u00a0ligne : l’API donne les autres.") == 2
