"""What one follows of a roadmap without an account: its deadlines in an agenda, what moves in a feed."""

import datetime as dt
from xml.etree import ElementTree as ET

import pytest
import time_machine
import vobject
from django.db import connection
from django.test.utils import CaptureQueriesContext

from roadmaps.editions import open_draft, publish
from roadmaps.models import Action, Edition, ProgressReport, Step
from tests.people.factories import UserFactory
from tests.roadmaps.factories import RoadmapFactory
from tests.roadmaps.whole import whole_edition
from ui.partial_date import PartialDate

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def edition():
    edition = whole_edition(actions=2, published=True, roadmap=RoadmapFactory(slug="fdr", title="Feuille"))
    first, second = Action.objects.order_by("position")
    Action.objects.filter(pk=first.pk).update(title="Ouvrir, agrandir", ends_on=PartialDate(2027, 2))
    Action.objects.filter(pk=second.pk).update(title="Former", horizon=None)
    Step.objects.filter(action=second).update(done_on=PartialDate(2026, 1))
    return edition


def events(client):
    response = client.get("/feuilles-de-route/fdr/suivi.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return list(vobject.readOne(response.content.decode()).vevent_list)


def entries(client):
    feed = ET.fromstring(client.get("/feuilles-de-route/fdr/flux.atom").content)  # noqa: S314 our own feed
    return [(one.findtext(f"{ATOM}title"), one.findtext(f"{ATOM}summary")) for one in feed.findall(f"{ATOM}entry")]


def test_deadlines_are_whole_days_at_the_end_of_what_is_said(client, edition):
    first = Action.objects.order_by("position").first()
    assert {(one.summary.value, one.dtstart.value, one.dtend.value) for one in events(client)} == {
        ("Échéance : A0 Ouvrir, agrandir", dt.date(2027, 2, 28), dt.date(2027, 3, 1)),
        (f"Échéance : {first.steps.get()} (A0 Ouvrir, agrandir)", dt.date(2026, 6, 30), dt.date(2026, 7, 1)),
    }
    assert {one.uid.value for one in events(client)} == {
        f"fdr-{uid}@feuilles-de-route.cress-portal" for uid in (first.uid, first.steps.get().uid)
    }


def test_the_events_of_the_next_edition_take_the_place_of_the_same_ones(client, edition):
    before = {one.uid.value: one.sequence.value for one in events(client)}
    draft = open_draft(edition.roadmap)
    assert {one.uid.value: one.sequence.value for one in events(client)} == before
    publish(draft, by=None)
    assert {one.uid.value: one.sequence.value for one in events(client)} == dict.fromkeys(before, "2")


def test_an_action_that_is_done_says_so(client, edition):
    action = Action.objects.order_by("position").first()
    ProgressReport.objects.create(roadmap=edition.roadmap, uid=action.uid, status="done", said_on=dt.date(2026, 5, 1))
    assert "Échéance : Réalisée – A0 Ouvrir, agrandir" in {one.summary.value for one in events(client)}


def test_what_moves_is_told_the_latest_first_and_nobody_is_named(client, edition):
    action, author = Action.objects.order_by("position").first(), UserFactory()
    with time_machine.travel("2026-11-24T10:00:00+01:00"):
        for text, is_renewal in (("Les murs sont là.", False), ("Les murs sont là.", True)):
            ProgressReport.objects.create(
                roadmap=edition.roadmap, uid=action.uid, status="ongoing", text=text, is_renewal=is_renewal,
                said_on=dt.date(2026, 11, 24), weather="stormy", by=author,
            )  # fmt: skip
    assert entries(client) == [
        ("A0 Ouvrir, agrandir : en cours", "Les murs sont là."),
        ("Édition 1 publiée", "2\u00a0actions"),
    ]
    assert str(author) not in client.get("/feuilles-de-route/fdr/flux.atom").content.decode()


@pytest.mark.parametrize("name", ["suivi.ics", "flux.atom"])
def test_a_roadmap_in_preparation_has_neither(client, name):
    whole_edition(roadmap=RoadmapFactory(slug="hidden"))
    assert Edition.objects.get().published_at is None
    assert client.get(f"/feuilles-de-route/hidden/{name}").status_code == 404


@pytest.mark.parametrize("count", [1, 3, 40])
@pytest.mark.parametrize(("name", "cost"), [("suivi.ics", 3), ("flux.atom", 4)])
def test_both_cost_the_same_whatever_the_size(client, name, cost, count):
    whole_edition(actions=count, published=True, roadmap=RoadmapFactory(slug="fdr"))
    with CaptureQueriesContext(connection) as queries:
        client.get(f"/feuilles-de-route/fdr/{name}")
    assert len(queries) == cost
