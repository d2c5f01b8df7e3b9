"""The public lists of roadmaps and of actions: what each choice keeps and would leave, what goes out."""

import csv
import datetime as dt
import io
import json

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from zeal import zeal_ignore

from roadmaps.editions import open_draft, publish
from roadmaps.following import report, withdraw
from roadmaps.listing import describe, list_all, term_of
from roadmaps.models import Action, ActionActor, ActionListing, Edition, Lever, ProgressReport, Roadmap, Theme
from roadmaps.selection import Picked
from territories.names import fold
from tests.people.factories import OrganisationFactory, UserFactory
from tests.roadmaps.factories import (
    ActionActorFactory,
    ActionFactory,
    EditionFactory,
    HorizonFactory,
    ObjectiveFactory,
    RoadmapFactory,
)
from tests.territories.factories import CollectiviteFactory
from ui.partial_date import PartialDate

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
ROADMAPS, ACTIONS = "/feuilles-de-route/", "/actions/"


@pytest.fixture
def today():
    with time_machine.travel("2026-11-24T10:00:00+01:00", tick=False):
        yield


@zeal_ignore()
def roadmap(title, *actions, roadmap_fields=None, **edition_fields):
    """Publish a roadmap of actions, each given by its title or its fields."""
    edition = EditionFactory(roadmap=RoadmapFactory(title=title, **roadmap_fields or {}), **edition_fields)
    objective = ObjectiveFactory(edition=edition)
    for rank, given in enumerate(actions):
        fields = dict(given) if isinstance(given, dict) else {"title": given}
        themes, levers, lead = fields.pop("themes", []), fields.pop("levers", []), fields.pop("lead", None)
        action = ActionFactory(objective=objective, position=rank, **fields)
        action.themes.set(themes)
        action.levers.set(levers)
        if lead:
            ActionActorFactory(action=action, organisation=lead, role=ActionActor.Role.LEAD)
    publish(edition, by=None)
    return Edition.objects.get(pk=edition.pk)


def titles(page):
    return [one["title"] for one in page.context.get("rows", page.context.get("cards"))]


def counted(page, name):
    """Give the choices of a facet as they are offered: « Mobilité (2) »."""
    return [label for value, label in page.context["sieve"].fields[name].choices if value]


def said(roadmap_, action, status="ongoing", **fields):
    return report(ProgressReport(roadmap=roadmap_, status=status, by=UserFactory(), **fields), [Picked(action.uid, 0)])[
        0
    ]


def test_roadmaps_are_sifted_by_what_they_are_and_hold(client):
    first, second = Theme.objects.all()[:2]
    lever = Lever.objects.first()
    loire = CollectiviteFactory(kind="departement", code="44", name="Loire-Atlantique")
    metropole = CollectiviteFactory(kind="ca", name="Nantes Métropole")
    metropole.departements.add(loire)
    roadmap("Vieille", {"title": "a", "themes": [first]}, period_start=2015, period_end=2020)
    roadmap("Actuelle", {"title": "b", "themes": [first, second], "levers": [lever]}, {"title": "c", "themes": [first]},
            roadmap_fields={"collectivite": metropole, "kind": Roadmap.Kind.STRATEGY})  # fmt: skip
    roadmap("Future", "d", period_start=2028, period_end=2031)
    page = client.get(ROADMAPS)
    assert titles(page) == ["Future", "Actuelle", "Vieille"]
    assert counted(page, "theme") == sorted([f"{first} (2)", f"{second} (1)"], key=fold)
    assert counted(page, "levier") == [f"{lever} (1)"]
    assert counted(page, "departement") == ["Loire-Atlantique (1)"]
    assert counted(page, "etat") == ["À venir (1)", "En cours (1)", "Échue (1)"]
    assert counted(page, "type") == ["Feuille de route (2)", "Stratégie (1)"]
    for query, found in [
        ("departement=44", ["Actuelle"]),
        ("type=strategy", ["Actuelle"]),
        ("porteur=ca", ["Actuelle"]),
        ("etat=echue", ["Vieille"]),
        ("etat=a-venir", ["Future"]),
        ("annee=2018", ["Vieille"]),
        ("annee=2027", ["Actuelle"]),
        (f"theme={second.code}", ["Actuelle"]),
        (f"levier={lever.code}", ["Actuelle"]),
        ("q=NANTES+actu", ["Actuelle"]),
        ("q=antes", []),
        (f"theme={first.code}&etat=echue", ["Vieille"]),
    ]:
        assert titles(client.get(f"{ROADMAPS}?{query}")) == found, query


def test_each_choice_tells_what_it_would_leave_whatever_else_is_chosen(client):
    first, second = Theme.objects.all()[:2]
    roadmap("Une", {"title": "a", "themes": [first], "answers_social_need": True}, {"title": "b", "themes": [second]})
    page = client.get(f"{ACTIONS}?theme={second.code}")
    assert counted(page, "theme") == sorted([f"{first} (1)", f"{second} (1)"], key=fold)
    assert counted(page, "besoin") == []
    page = client.get(f"{ACTIONS}?besoin=social")
    assert counted(page, "theme") == [f"{first} (1)"]
    assert [one["label"] for one in page.context["sieve"].removals] == ["Besoin\u00a0: Social"]
    for name in ("theme", "besoin", "statut", "horizon"):
        for value, label in client.get(ACTIONS).context["sieve"].fields[name].choices[1:]:
            told = int(label.rpartition("(")[2].rstrip(")"))
            assert client.get(ACTIONS, {name: value}).context["page"].paginator.count == told, (name, value)


def test_actions_are_sifted_by_what_they_are_and_where_they_stand(client):
    organisation = OrganisationFactory(name="Les Ateliers")
    place = CollectiviteFactory(name="Angers", slug="angers")
    edition = roadmap(
        "Angers 2030",
        {"title": "Créer une légumerie", "ends_on": PartialDate(2026, 3), "lead": organisation},
        {"title": "Former des élus", "ends_on": PartialDate(2030), "summary": "L’éducation populaire"},
        roadmap_fields={"collectivite": place, "slug": "angers-2030"},
    )
    roadmap("Ailleurs", "Autre chose")
    late, other = Action.objects.filter(edition=edition).order_by("position")
    said(edition.roadmap, late)
    said(edition.roadmap, other, "done")
    for query, found in [
        ("statut=en-retard", ["Créer une légumerie"]),
        ("statut=en-cours", ["Créer une légumerie"]),
        ("statut=realisees", ["Former des élus"]),
        ("statut=sans-point-d-etape", ["Autre chose"]),
        (f"pilote={organisation.pk}", ["Créer une légumerie"]),
        ("territoire=angers&tri=intitule", ["Créer une légumerie", "Former des élus"]),
        ("feuille=angers-2030&tri=echeance", ["Créer une légumerie", "Former des élus"]),
        ("horizon=court", ["Créer une légumerie"]),
        ("horizon=long", ["Former des élus"]),
        ("q=l’ÉDUCATION", ["Former des élus"]),
        ("q=legum", ["Créer une légumerie"]),
    ]:
        assert titles(client.get(f"{ACTIONS}?{query}")) == found, query
    page = client.get(ACTIONS)
    assert sorted(counted(page, "statut")) == [
        "En cours (1)",
        "En retard (1)",
        "Réalisées (1)",
        "Sans point d’étape (1)",
    ]
    assert counted(page, "pilote") == ["Les Ateliers (1)"]
    assert counted(page, "territoire") == [
        "Angers (2)",
        f"{CollectiviteFactory._meta.model.objects.exclude(pk=place.pk).get()} (1)",
    ]


def test_what_is_said_or_taken_back_moves_the_action_at_once(client):
    edition = roadmap("Une", "Agir")
    action = Action.objects.get()
    assert counted(client.get(ACTIONS), "statut") == ["Sans point d’étape (1)"]
    one = said(edition.roadmap, action, "done")
    assert counted(client.get(ACTIONS), "statut") == ["Réalisées (1)"]
    withdraw(edition.roadmap, one.batch, one.by)
    assert counted(client.get(ACTIONS), "statut") == ["Sans point d’étape (1)"]


def test_actions_follow_their_documents_the_latest_first(client):
    roadmap("Ancienne", "Un", "Deux", period_start=2030, period_end=2040)
    roadmap("Récente", "Trois", "Quatre", period_start=2010, period_end=2012)
    assert titles(client.get(ACTIONS)) == ["Trois", "Quatre", "Un", "Deux"]


def test_an_action_is_late_from_the_day_after_its_last_day(client):
    edition = roadmap("Une", {"title": "Agir", "ends_on": PartialDate(2026, 11)})
    said(edition.roadmap, Action.objects.get())
    assert titles(client.get(f"{ACTIONS}?statut=en-retard")) == []
    with time_machine.travel("2026-12-01T10:00:00+01:00"):
        assert titles(client.get(f"{ACTIONS}?statut=en-retard")) == ["Agir"]
        assert counted(client.get(ACTIONS), "statut") == ["En retard (1)", "En cours (1)"]


def test_only_what_is_in_force_is_listed(client):
    edition = roadmap("Une", "Première version")
    hidden = EditionFactory(roadmap=RoadmapFactory(title="Secrète"))
    ActionFactory(objective=ObjectiveFactory(edition=hidden), title="Action secrète", edition=hidden)
    draft = open_draft(edition.roadmap)
    Action.objects.filter(edition=draft).update(title="Version à venir")
    list_all()
    for address in (ROADMAPS, ACTIONS, *(f"{ACTIONS}liste.{one}" for one in ("csv", "json")), f"{ROADMAPS}liste.csv"):
        page = client.get(address).content.decode()
        assert "ecrète" not in page, address
        assert "à venir" not in page.replace("À venir", ""), address
    assert titles(client.get(ACTIONS)) == ["Première version"]
    publish(Edition.objects.get(pk=draft.pk), by=None)
    assert titles(client.get(ACTIONS)) == ["Version à venir"]
    assert ActionListing.objects.count() == 1


def test_what_describes_a_roadmap_is_found_once_it_is_saved(client):
    edition = roadmap("Une", "Agir")
    Roadmap.objects.update(title="Tout autre nom")
    other = CollectiviteFactory(kind="region", name="Région Ouest")
    edition.roadmap.co_carriers.add(other)
    describe(edition.roadmap)
    assert titles(client.get(f"{ROADMAPS}?q=autre+ouest&porteur=region")) == ["Tout autre nom"]


@pytest.mark.parametrize(
    ("label", "ends_on", "term"),
    [
        ("Court terme", None, "court"),
        ("À long terme (2035)", PartialDate(2026), "long"),
        ("2026-2027", PartialDate(2027), "court"),
        ("Phase 2", PartialDate(2029), "moyen"),
        ("Phase 3", PartialDate(2031, 5), "long"),
        ("Plus tard", None, "inconnu"),
    ],
)
def test_a_horizon_is_short_medium_or_long(label, ends_on, term):
    edition = EditionFactory(period_start=2026)
    action = ActionFactory(
        objective=ObjectiveFactory(edition=edition),
        horizon=HorizonFactory(edition=edition, label=label),
        ends_on=ends_on,
    )
    assert term_of(action, edition) == term


HOSTILE = [
    "page=0", "page=-1", "page=999999", "page=a", "page=9999999999999999999999", "q=" + "a" * 10_000, "q=%25_%27%22--;",
    "q=.*%5B(%5C", "theme=inconnu", "pilote=99999999999999999999999", "pilote=-1", "pilote=1e3", "pilote=²",
    "annee=99999999999999999999", "annee=0", "territoire=" + "x" * 2000, "tri=inconnu", "theme=a&theme=b",
    "&".join(f"facette{rank}=1" for rank in range(50)), "statut=%27%20OR%201=1", "q=" + "+".join("abcdefghij") * 20,
    "q=de+la+et+le",
]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE)
@pytest.mark.parametrize("address", [ROADMAPS, ACTIONS, "/collectivites/"])
def test_bad_input_is_answered_with_a_page(client, address, query):
    roadmap("Une", "Agir")
    assert client.get(f"{address}?{query}").status_code == 200
    assert client.get(f"{address}liste.csv?{query}").status_code == 200


@pytest.mark.parametrize("query", ["q=%00", "theme=%00", "besoin=social%00", "feuille=a%00"])
@pytest.mark.parametrize("address", [ROADMAPS, ACTIONS, "/collectivites/", f"{ACTIONS}liste.csv"])
def test_a_null_is_refused_as_everywhere(client, address, query):
    assert client.get(f"{address}?{query}").status_code == 400


def test_a_search_that_finds_nothing_says_what_to_do(client):
    roadmap("Une", "Agir")
    page = client.get(f"{ACTIONS}?q=introuvable&tri=intitule")
    assert "Aucune action ne répond à cette recherche" in page.text
    assert page.context["sieve"].removals == [{"label": "Mots\u00a0: introuvable", "url": "?tri=intitule"}]


@zeal_ignore()
def many(count):
    theme, lever = Theme.objects.first(), Lever.objects.first()
    for rank in range(count):
        roadmap(f"Feuille {rank}", {"title": f"Action {rank}", "themes": [theme], "levers": [lever],
                                    "lead": OrganisationFactory(), "ends_on": PartialDate(2027)})  # fmt: skip
    return theme.code


@pytest.mark.parametrize("count", [1, 3, 40])
@pytest.mark.parametrize(
    ("address", "cost"),
    [
        (ROADMAPS, 8),
        (f"{ROADMAPS}?theme=%s&etat=en-cours", 7),
        (ACTIONS, 7),
        (f"{ACTIONS}?theme=%s&statut=sans-point-d-etape&q=action", 8),
        (f"{ROADMAPS}liste.csv", 5),
        (f"{ACTIONS}liste.csv", 4),
    ],
)
def test_a_list_costs_the_same_whatever_its_length(client, address, cost, count):
    code = many(count)
    address = address.replace("%s", code)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    assert len(queries) == cost
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    assert len(queries) <= cost


def test_a_list_goes_out_with_its_filters_and_stable_identifiers(client):
    place = CollectiviteFactory(kind="metropole", code="244400404", name="Nantes Métropole")
    acting = {"title": "=Agir", "ends_on": PartialDate(2027, 5), "answers_social_need": True}
    roadmap("Feuille", acting, "Autre", roadmap_fields={"collectivite": place, "slug": "nantes-feuille"})
    action = Action.objects.get(title="=Agir")
    text = client.get(f"{ACTIONS}liste.csv?besoin=social").content.decode("utf-8-sig")
    (line,) = csv.DictReader(io.StringIO(text, newline=""))
    assert {name: line[name] for name in (
        "Identifiant", "Intitulé", "Feuille de route", "SIREN", "Fin", "Échéance", "Besoin social", "Besoin économique",
        "Statut", "Adresse",
    )} == {
        "Identifiant": action.uid, "Intitulé": "'=Agir", "Feuille de route": "nantes-feuille", "SIREN": "244400404",
        "Fin": "2027-05", "Échéance": "2027-05-31", "Besoin social": "oui", "Besoin économique": "",
        "Statut": "Sans point d’étape",
        "Adresse": f"http://127.0.0.1:8000/feuilles-de-route/nantes-feuille/actions/{action.uid}/",
    }  # fmt: skip
    told = json.loads(client.get(f"{ROADMAPS}liste.json?etat=en-cours").content)
    assert (told["date"], told["licence"][:20]) == ("2026-11-24", "Licence Ouverte 2.0,")
    assert [(one["identifiant"], one["siren"], one["actions"]) for one in told["feuilles_de_route"]] == [
        ("nantes-feuille", "244400404", 2)
    ]


def test_a_format_that_is_not_offered_is_not_found(client):
    assert client.get(f"{ACTIONS}liste.exe").status_code == 404
    assert client.get(reverse("roadmap-list-export", args=["pdf"])).status_code == 404


def test_the_whole_index_is_written_again_by_a_command(client):
    edition = roadmap("Une", "Agir")
    uid = Action.objects.get().uid
    ProgressReport.objects.create(roadmap=edition.roadmap, uid=uid, status="paused", said_on=dt.date(2026, 1, 1))
    ActionListing.objects.all().delete()
    assert list_all() == 1
    assert counted(client.get(ACTIONS), "statut") == ["En pause (1)"]
