"""The feeds of the public lists: what is new among what each finds, with its filters, the latest first."""

import datetime as dt
from xml.etree import ElementTree as ET

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from roadmaps.listing import list_again
from roadmaps.models import Action, ProgressReport, Theme
from tests.roadmaps.factories import ActionFactory, EditionFactory, RoadmapFactory
from tests.roadmaps.whole import whole_edition

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
AN_HOUR_AGO = dt.datetime(2026, 11, 24, 8, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-11-24T10:00:00+01:00", tick=False):
        yield


@pytest.fixture
def edition():
    edition = whole_edition(
        actions=2,
        published_at=AN_HOUR_AGO,
        roadmap=RoadmapFactory(slug="fdr", title="Feuille", collectivite__display_name="Ici"),
    )
    ActionFactory(objective__edition=EditionFactory(roadmap__title="En préparation"))
    return edition


def read(client, address):
    response = client.get(address)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(response.content)  # noqa: S314 our own feed


def entries(client, address):
    found = read(client, address).findall(f"{ATOM}entry")
    return [
        (one.findtext(f"{ATOM}title"), one.findtext(f"{ATOM}summary"), one.find(f"{ATOM}link").get("href"))
        for one in found
    ]


def report(action, **said):
    fields = {"status": "ongoing", "said_on": dt.date(2026, 11, 24), "text": "Les murs sont là.", **said}
    return ProgressReport.objects.create(roadmap=action.edition.roadmap, uid=action.uid, **fields)


def test_the_list_of_roadmaps_tells_of_editions_and_not_of_drafts(client, edition):
    assert entries(client, "/feuilles-de-route/flux.atom") == [
        (
            "Feuille (Ici)\u00a0: édition 1 publiée",
            "2\u00a0actions",
            "http://testserver/feuilles-de-route/fdr/editions/1/",
        )
    ]


def test_the_list_of_actions_tells_what_is_said_of_them_and_of_new_ones(client, edition):
    action = Action.objects.order_by("position").first()
    Action.objects.filter(pk=action.pk).update(title="Ouvrir")
    said = report(action)
    report(action, is_renewal=True)
    assert entries(client, "/actions/flux.atom") == [
        (
            "Feuille (Ici), A0 Ouvrir : en cours",
            "Les murs sont là.",
            f"http://testserver/feuilles-de-route/fdr/actions/{action.uid}/#point-{said.pk}",
        ),
        (
            "Feuille (Ici)\u00a0: édition 1 publiée",
            "2\u00a0actions de cette liste",
            "http://testserver/feuilles-de-route/fdr/editions/1/",
        ),
    ]


@pytest.mark.parametrize("address", ["/feuilles-de-route/flux.atom", "/actions/flux.atom"])
def test_a_feed_keeps_the_filters_of_its_list_so_that_one_follows_a_theme(client, edition, address):
    here, elsewhere = Theme.objects.all()[0], Theme.objects.all()[3]
    for action in Action.objects.filter(edition=edition).select_related("edition__roadmap"):
        report(action)
    assert entries(client, f"{address}?theme={here.code}") == entries(client, address) != []
    assert entries(client, f"{address}?theme={elsewhere.code}") == []
    feed = read(client, f"{address}?tri=publication&theme={here.code}&page=2")
    assert feed.findtext(f"{ATOM}title").endswith(f" (Thématique\u00a0: {here.label})")
    links = [one.get("href") for one in feed.findall(f"{ATOM}link")]
    page = address.removesuffix("flux.atom")
    assert links == [f"http://testserver{path}?theme={here.code}" for path in (page, address)]


@pytest.mark.parametrize("count", [1, 3, 40])
@pytest.mark.parametrize(("address", "cost"), [("/feuilles-de-route/flux.atom", 1), ("/actions/flux.atom", 4)])
def test_a_feed_costs_the_same_whatever_the_size(client, address, cost, count):
    edition = whole_edition(actions=count, published=True)
    for action in Action.objects.filter(edition=edition).select_related("edition__roadmap"):
        report(action)
    list_again([edition.roadmap_id])
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    assert len(queries) == cost
