"""The API: what its lists and lines say, what sifts them, what they refuse, and what they never tell."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from zeal import zeal_ignore

from cress_portal.open_data import api
from cress_portal.open_data.datasets import DATASETS
from instances.models import Instance, Mandate
from publishing.allowance import Allowance
from roadmaps.listing import list_all
from roadmaps.models import Lever, ProgressReport, Roadmap, Theme
from tests.editorial.factories import PublicationFactory
from tests.instances.factories import InstanceFactory, MandateFactory, MeetingFactory, SeatFactory
from tests.people.factories import OrganisationFactory, PersonFactory
from tests.roadmaps.factories import ActionFactory, EditionFactory, ObjectiveFactory, RoadmapFactory
from tests.territories.factories import CollectiviteFactory
from ui.partial_date import PartialDate

pytestmark = pytest.mark.django_db
ROOT, BASE = "/api/v1/", "http://127.0.0.1:8000"
DAY = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)


def results(client, address):
    return client.get(f"{ROOT}{address}").json()["resultats"]


def names(client, address):
    return [one["identifiant"] for one in results(client, address)]


@pytest.fixture
def policy():
    """Publish two editions of a roadmap of Nantes, then one of Angers, and prepare a third of Nantes."""
    loire = CollectiviteFactory(kind="departement", code="44", name="Loire-Atlantique")
    nantes = CollectiviteFactory(kind="metropole", code="244400404", name="Nantes Métropole", slug="nantes-metropole")
    nantes.departements.add(loire)
    roadmap = RoadmapFactory(slug="nantes", title="Nantes 2030", collectivite=nantes)
    EditionFactory(roadmap=roadmap, number=1, published=True)
    current = EditionFactory(
        roadmap=roadmap, number=2, published=True, period_start=2026, period_end=2030, level_1_name="Axe",
        level_2_name="Objectif", adopted_on=PartialDate(2026, 3), adopted_by="Conseil métropolitain",
        deliberation_number="2026-12", change_note="Trois actions de plus.",
    )  # fmt: skip
    EditionFactory(roadmap=roadmap, number=3, change_note="Secret")
    axis = ObjectiveFactory(
        edition=current, code="1", title="Coopérer", text="<p>Avec <em>tous</em>.</p>", source="Plan"
    )
    below = ObjectiveFactory(edition=current, parent=axis, depth=2, parent_depth=1, title="Mutualiser")
    action = ActionFactory(objective=below, title="Ouvrir une légumerie")
    action.themes.set(Theme.objects.all()[:2])
    action.levers.set(Lever.objects.all()[:1])
    other = EditionFactory(published=True, roadmap=RoadmapFactory(slug="angers", kind=Roadmap.Kind.STRATEGY))
    ActionFactory(objective__edition=other)
    ProgressReport.objects.create(roadmap=roadmap, uid=action.uid, status="ongoing", said_on=dt.date(2026, 10, 1))
    list_all()
    return current, axis, below, action


@pytest.fixture
def body():
    """Enter a public body with a seat that somebody holds, its vacant alternate and a meeting."""
    instance = InstanceFactory(
        name="Conférence régionale de l’ESS", acronym="CRESS", slug="conference", level="regional", kind="conference",
        mission="Débattre.", legal_basis="Loi de 2014", frequency="Deux fois par an", website="https://exemple.test/",
        verified_on=dt.date(2026, 6, 1), internal_note="Secret", organised_by=[OrganisationFactory(name="La Région")],
    )  # fmt: skip
    instance.territories.add(CollectiviteFactory(kind="region", code="52", name="Pays de la Loire"))
    instance.themes.set(Theme.objects.all()[:1])
    held = SeatFactory(instance=instance, label="Titulaire", college="ESS")
    SeatFactory(instance=instance, label="Suppléant", alternate_of=held, position=1)
    MandateFactory(
        seat=held, person=PersonFactory(first_name="Ada", last_name="Morel", job="Secret", gender="woman"),
        on_behalf_of=OrganisationFactory(name="La Coop"), quality=Mandate.Quality.ELECTED, appointed_by="Secret",
        act="Secret", term_on=dt.date(2030, 1, 1),
    )  # fmt: skip
    MeetingFactory(
        instance=instance, title="Plénière", held_on=dt.date(2026, 12, 10), starts_at=dt.time(9, 30), place="Nantes",
        agenda="Accueil", link="https://secret.test/Secret", minutes="<p>Secret</p>", report_back="<p>Secret</p>",
    )  # fmt: skip
    return instance


@time_machine.travel(DAY, tick=False)
def test_an_edition_an_objective_and_an_action_say_what_their_pages_say(client, policy):
    current, axis, below, action = policy
    first, second = results(client, "editions?feuille_de_route=nantes")
    assert (first["identifiant"], first["en_vigueur"]) == ("nantes.1", False)
    assert second == {
        "identifiant": "nantes.2", "feuille_de_route": "nantes", "numero": 2, "en_vigueur": True,
        "publiee_le": current.published_at.date().isoformat(), "premiere_annee": 2026, "derniere_annee": 2030,
        "niveaux": ["Axe", "Objectif"], "adoptee_le": "2026-03", "adoptee_par": "Conseil métropolitain",
        "deliberation": "2026-12", "ce_qui_change": "Trois actions de plus.",
        "donnees": f"{BASE}/feuilles-de-route/nantes/editions/2.json",
        "adresse": f"{BASE}/feuilles-de-route/nantes/editions/2/",
    }  # fmt: skip
    assert results(client, "objectifs?feuille_de_route=nantes")[0] == {
        "identifiant": axis.uid, "feuille_de_route": "nantes", "parent": "", "niveau": 1, "nom_du_niveau": "Axe",
        "code": "1", "intitule": "Coopérer", "texte": "Avec tous.", "source": "Plan",
        "adresse": f"{BASE}/feuilles-de-route/nantes/objectifs/{axis.uid}/",
    }  # fmt: skip
    told = client.get(f"{ROOT}actions/{action.uid}").json()
    assert set(told) == set(DATASETS["actions"].columns)
    assert (told["intitule"], told["objectif"], told["statut"], told["dit_le"], told["besoin_social"]) == (
        "Ouvrir une légumerie", str(below), "En cours", "2026-10-01", False,
    )  # fmt: skip
    assert told["thematiques"] == [theme.label for theme in Theme.objects.all()[:2]]
    assert client.get(f"{ROOT}feuilles-de-route/nantes").json()["departements"] == ["44"]
    assert client.get(f"{ROOT}collectivites/nantes-metropole").json()["feuilles_de_route"] == ["nantes"]


@time_machine.travel(DAY, tick=False)
def test_a_body_its_seats_and_its_meetings_say_who_and_when_and_nothing_private(client, body):
    assert results(client, "instances") == [
        {
            "identifiant": "conference", "nom": "Conférence régionale de l’ESS", "sigle": "CRESS",
            "niveau": "Régional", "nature": "Conférence", "organisee_par": ["La Région"], "territoires": ["52"],
            "thematiques": [Theme.objects.first().label], "mission": "Débattre.", "base_juridique": "Loi de 2014",
            "frequence": "Deux fois par an", "site": "https://exemple.test/", "sous_groupe_de": "",
            "feuilles_de_route": [], "sieges": 2, "sieges_vacants": 1, "a_confirmer": False,
            "verifiee_le": "2026-06-01", "dissoute_le": None, "adresse": f"{BASE}/instances/conference/",
        }
    ]  # fmt: skip
    held, alternate = results(client, "sieges")
    assert {name: value for name, value in held.items() if name != "identifiant"} == {
        "instance": "conference", "intitule": "Titulaire", "college": "ESS", "supplee": "", "voix": "Délibérative",
        "role_cress": "Membre", "etat": "Pourvu", "personne": "Ada Morel", "qualite": "Élu·e bénévole",
        "au_titre_de": "La Coop", "debut": "2024-01-01", "echeance": "2030-01-01",
        "adresse": f"{BASE}/instances/conference/",
    }  # fmt: skip
    assert (alternate["supplee"], alternate["etat"], alternate["personne"], alternate["debut"]) == (
        held["identifiant"], "Vacant", "", None,
    )  # fmt: skip
    (meeting,) = results(client, "seances")
    assert meeting == {
        "identifiant": body.meetings.get().uid, "instance": "conference", "intitule": "Plénière",
        "date": "2026-12-10", "debut": "09:30:00", "fin": None, "lieu": "Nantes", "ordre_du_jour": "Accueil",
        "annulee": False, "adresse": f"{BASE}/instances/conference/",
    }  # fmt: skip


def hide():
    """Write something of each kind that nobody may read."""
    secret = InstanceFactory(name="Secret", slug="secret-comite", is_public=False)
    MandateFactory(seat__instance=secret, person=PersonFactory(last_name="Secret"))
    MeetingFactory(instance=secret, title="Secret")
    shown = InstanceFactory(slug="montree", parent=secret)
    MeetingFactory(instance=shown, title="Secret", is_public=False)
    edition = EditionFactory(roadmap=RoadmapFactory(title="Secret", slug="secret-plan"))
    ActionFactory(objective__edition=edition, objective__title="Secret", title="Secret")
    shown.roadmaps.add(edition.roadmap)
    PublicationFactory(title="Secret", slug="secret-lettre")
    PublicationFactory(slug="lettre", published=True, instance=secret, supports=[(edition.roadmap, "")])
    list_all()


@time_machine.travel(DAY, tick=False)
@pytest.mark.parametrize("name", DATASETS)
def test_nothing_that_is_not_public_is_told_nor_found(client, policy, body, name):
    hide()
    text = client.get(f"{ROOT}{name}?taille=100").content.decode()
    assert "secret" not in text.lower()
    for file_format in ("csv", "json"):
        content = client.get(f"/donnees-ouvertes/{name}.{file_format}").content
        assert "secret" not in content.decode().lower()


@time_machine.travel(DAY, tick=False)
def test_a_filter_does_not_tell_that_something_private_is_there(client):
    hide()
    for address in ("prises-de-position?instance=secret-comite", "prises-de-position?feuille_de_route=secret-plan",
                    "sieges?instance=secret-comite", "seances?instance=secret-comite",
                    "editions?feuille_de_route=secret-plan",
                    "objectifs?feuille_de_route=secret-plan", "actions?feuille_de_route=secret-plan"):  # fmt: skip
        assert results(client, address) == [], address
    assert results(client, "instances")[0]["sous_groupe_de"] == ""


@time_machine.travel(DAY, tick=False)
def test_lists_are_sifted(client, policy, body):
    _, axis, below, action = policy
    first, second, third = Theme.objects.all()[:3]
    lever = Lever.objects.first()
    letter = PublicationFactory(published=True, themes=[first], instance=body)
    for address, found in [
        ("feuilles-de-route", ["angers", "nantes"]),
        ("feuilles-de-route?territoire=244400404", ["nantes"]),
        ("feuilles-de-route?departement=44", ["nantes"]),
        (f"feuilles-de-route?theme={second.code}", ["nantes"]),
        (f"feuilles-de-route?theme={third.code}", []),
        (f"feuilles-de-route?levier={lever.code}", ["nantes"]),
        ("feuilles-de-route?type=strategy", ["angers"]),
        ("feuilles-de-route?depuis=2100-01-01", []),
        ("feuilles-de-route?depuis=0001-01-01", ["angers", "nantes"]),
        ("editions?territoire=244400404", ["nantes.1", "nantes.2"]),
        ("editions?depuis=9999-12-31", []),
        ("objectifs?territoire=244400404&niveau=2", [below.uid]),
        ("objectifs?feuille_de_route=nantes", [axis.uid, below.uid]),
        ("objectifs?feuille_de_route=nantes&depuis=2100-01-01", []),
        ("actions?feuille_de_route=nantes", [action.uid]),
        ("actions?territoire=244400404&departement=44&statut=en-cours&terme=inconnu", [action.uid]),
        ("actions?statut=realisees", []),
        (f"actions?theme={first.code}&levier={lever.code}", [action.uid]),
        ("actions?depuis=2026-10-01", [action.uid]),
        ("actions?depuis=2026-10-02", []),
        ("instances?territoire=52&niveau=regional&nature=conference", ["conference"]),
        (f"instances?theme={first.code}", ["conference"]),
        (f"instances?theme={second.code}", []),
        ("instances?niveau=local", []),
        ("seances?instance=conference&territoire=52&depuis=2026-12-10", [body.meetings.get().uid]),
        ("seances?depuis=2026-12-11", []),
        ("sieges?instance=conference&etat=held", [str(body.seats.get(label="Titulaire").pk)]),
        ("sieges?territoire=52&etat=vacant", [str(body.seats.get(label="Suppléant").pk)]),
        (f"prises-de-position?nature=letter&theme={first.code}&instance=conference", [letter.uid]),
        ("prises-de-position?nature=survey", []),
        ("prises-de-position?depuis=2100-01-01", []),
        ("collectivites?territoire=244400404&avec_feuille_de_route=true", ["nantes-metropole"]),
        ("collectivites?departement=44&nature=metropole", ["nantes-metropole"]),
        ("collectivites?territoire=52&avec_feuille_de_route=false", [body.territories.get().slug]),
    ]:
        assert names(client, address) == found, address


@time_machine.travel(DAY, tick=False)
@pytest.mark.parametrize("name", DATASETS)
def test_a_line_is_read_by_its_identifier(client, policy, body, name):
    PublicationFactory(published=True)
    for line in results(client, name):
        assert client.get(f"{ROOT}{name}/{line['identifiant' if 'identifiant' in line else 'code']}").json() == line


def test_a_list_is_read_page_by_page(client):
    for number in range(5):
        InstanceFactory(name=f"Comité {number}", slug=f"comite-{number}")
    first = client.get(f"{ROOT}instances?taille=2&niveau=regional").json()
    assert {name: value for name, value in first.items() if name not in {"resultats", "licence"}} == {
        "total": 5, "page": 1, "pages": 3, "precedente": None,
        "suivante": f"{BASE}{ROOT}instances?taille=2&niveau=regional&page=2",
    }  # fmt: skip
    assert names(client, "instances?taille=2&page=3") == ["comite-4"]
    last = client.get(f"{ROOT}instances?taille=2&page=3").json()
    assert (last["suivante"], last["precedente"]) == (None, f"{BASE}{ROOT}instances?taille=2&page=2")
    assert results(client, "actions") == []


@pytest.mark.parametrize(
    ("address", "details"),
    [
        ("actions?taille=101", [("taille", "écrivez 100 ou moins")]),
        ("actions?page=0", [("page", "écrivez 1 ou plus")]),
        ("actions?page=un", [("page", "écrivez un nombre entier")]),
        ("actions?depuis=2026-02-30", [("depuis", "écrivez un jour, comme 2026-05-31")]),
        ("actions?depuis=0", [("depuis", "écrivez un jour, comme 2026-05-31")]),
        ("actions?terme=demain", [("terme", "choisissez parmi 'court', 'moyen', 'long' ou 'inconnu'")]),
        ("actions?theme=%27%20OR%201", [("theme", "la valeur doit répondre à ^[A-Za-z0-9_-]{1,20}$")]),
        ("actions?thème=x", [("thème", "ce paramètre n’existe pas")]),
        ("actions?page=1&page=2", [("page", "ce paramètre est donné deux fois")]),
        ("collectivites?avec_feuille_de_route=peut-etre", [("avec_feuille_de_route", "écrivez true ou false")]),
        ("sieges/premier", [("identifiant", "la valeur doit répondre à ^[0-9]{1,9}$")]),
        ("actions/abcd2345?page=1", [("page", "ce paramètre n’existe pas")]),
    ],
)
def test_what_does_not_make_sense_is_refused_with_what_to_mend(client, address, details):
    answer = client.get(f"{ROOT}{address}")
    assert (answer.status_code, answer.json()) == (
        422,
        {
            "erreur": "Cette demande ne se comprend pas.",
            "details": [{"parametre": name, "raison": why} for name, why in details],
        },
    )


@pytest.mark.parametrize(
    ("method", "address", "status", "told"),
    [
        ("GET", "/api/v1/actions/zzzzzzzz", 404, "Rien de public n’a cet identifiant."),
        ("GET", "/api/v1/actions?page=2", 404, "Il n’y a qu’une page."),
        ("GET", "/api/v1/inconnu", 404, "Cette adresse n’existe pas : voyez la documentation de l’API, /api/v1/docs."),
        ("GET", "/api/v1/actions?theme=%00", 400, "Cette adresse ne se lit pas."),
        ("POST", "/api/v1/actions", 405, "Cette API se lit seulement, par GET."),
        ("DELETE", "/api/v1/actions/zzzzzzzz", 405, "Cette API se lit seulement, par GET."),
    ],
)
def test_each_refusal_is_told_in_french(client, method, address, status, told):
    answer = client.generic(method, address)
    assert (answer.status_code, answer.json()) == (status, {"erreur": told, "details": []})
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_head_answers_as_get_does(client):
    answer = client.head(f"{ROOT}actions")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json; charset=utf-8")


def test_one_visitor_does_not_ask_without_end(client, monkeypatch):
    monkeypatch.setattr(api, "CALLS", Allowance("api", amount=2, duration=600))
    assert [client.get(f"{ROOT}actions").status_code for _ in range(3)] == [200, 200, 429]
    refused = client.get(f"{ROOT}leviers")
    assert 0 < int(refused["Retry-After"]) <= 600
    assert refused.json()["erreur"].startswith("Trop de demandes : revenez dans ")
    assert client.get(f"{ROOT}leviers", REMOTE_ADDR="192.0.2.7").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_whoever_knows_an_answer_is_told_that_it_holds_until_something_changes(client, settings):
    settings.STORED_PAGES = True
    body = InstanceFactory(slug="conference")
    for address in (f"{ROOT}instances", f"{ROOT}instances?niveau=regional", f"{ROOT}instances/conference"):
        etag = client.get(address)["ETag"]
        with CaptureQueriesContext(connection) as queries:
            again = client.get(address, headers={"If-None-Match": etag})
        assert (again.status_code, again.content, len(queries)) == (304, b"", 1), address
        assert again["Access-Control-Allow-Origin"] == "*"
        Instance.objects.filter(pk=body.pk).update(mission=address)
        changed = client.get(address, headers={"If-None-Match": etag})
        assert (changed.status_code, address in changed.content.decode()) == (200, True)


COUNTS = {
    "feuilles-de-route": 6, "editions": 2, "objectifs": 2, "actions": 5, "instances": 7, "sieges": 3, "seances": 2,
    "prises-de-position": 8, "collectivites": 4, "thematiques": 2, "leviers": 2,
}  # fmt: skip


@time_machine.travel(DAY, tick=False)
@pytest.mark.parametrize("name", DATASETS)
def test_a_list_asks_the_same_whatever_its_length(client, name):
    asked = []
    region = CollectiviteFactory(kind="region", code="52", name="Pays de la Loire")
    written = 0
    for length in (1, 3, 40):
        with zeal_ignore():
            for _ in range(length - written):
                write_one(region)
            list_all()
        written = length
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{ROOT}{name}?taille=100").status_code == 200
        asked.append(len(queries))
    assert asked == [COUNTS[name]] * 3


def write_one(region):
    """Write one thing of each kind, with all that hangs on it."""
    edition = EditionFactory(published=True)
    action = ActionFactory(objective__edition=edition)
    action.themes.set(Theme.objects.all()[:2])
    instance = InstanceFactory(organised_by=[OrganisationFactory()])
    instance.territories.add(region)
    instance.roadmaps.add(edition.roadmap)
    MandateFactory(seat__instance=instance, on_behalf_of=OrganisationFactory())
    meeting = MeetingFactory(instance=instance)
    PublicationFactory(
        published=True, instance=instance, meeting=meeting, recipients=["La Région"],
        supports=[(edition.roadmap, ""), (edition.roadmap, action.uid)], themes=Theme.objects.all()[:1],
    )  # fmt: skip


def test_the_schema_names_every_list_and_every_line(client):
    schema = client.get(f"{ROOT}openapi.json").json()
    assert list(schema["paths"]) == [f"{ROOT}{name}{end}" for name in DATASETS for end in ("", "/{identifiant}")]
    assert (schema["openapi"][:2], schema["servers"]) == ("3.", [{"url": BASE}])
    asked = schema["paths"][f"{ROOT}actions"]["get"]["parameters"]
    assert [one["name"] for one in asked] == ["page", "taille", *DATASETS["actions"].filters]


def test_the_documentation_tells_every_parameter(client):
    page = client.get(f"{ROOT}docs")
    told = [row[0]["value"] for one in page.context["datasets"] for row in one["rows"]]
    assert told == [name for one in DATASETS.values() for name in one.filters]
    assert client.get(ROOT)["Location"] == f"{ROOT}docs"
