"""Ma commune: which one is meant, what covers it, what is promised there."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from roadmaps.listing import list_all
from roadmaps.models import Action
from roadmaps.models.terms import Theme
from tests.html_client import ReadingClient
from tests.instances.factories import InstanceFactory
from tests.roadmaps.factories import ActionFactory, EditionFactory, ProgressReportFactory, RoadmapFactory
from tests.territories.factories import CollectiviteFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/ma-commune/"


@pytest.fixture
def region():
    return CollectiviteFactory(kind="region", code="52", name="Région des Pays de la Loire")


@pytest.fixture
def loire(region):
    return CollectiviteFactory(as_departement=True, code="44", name="Loire-Atlantique", region=region)


@pytest.fixture
def epci(loire):
    found = CollectiviteFactory(name="Cap Atlantique", code="244400610")
    found.departements.add(loire)
    return found


@pytest.fixture
def guerande(loire, epci):
    return CollectiviteFactory(
        commune=True, code="44069", name="Guérande", slug="guerande-44", departement=loire, epci=epci
    )


def publish(carrier, actions: int = 0, theme: Theme | None = None, **kwargs):
    edition = EditionFactory(published=True, roadmap=RoadmapFactory(collectivite=carrier), **kwargs)
    for _ in range(actions):
        action = ActionFactory(objective__edition=edition)
        if theme:
            action.themes.add(theme)
    list_all()
    return edition


def told(page) -> list[tuple[str, list[str], list[str]]]:
    return [
        (
            one.collectivite.name,
            [promise.card["title"] for promise in one.promises],
            [card["title"] for card in one.over],
        )
        for one in page.context["territory"].coverages
    ]


def test_a_commune_shows_what_covers_it_and_what_is_promised_there(
    client: ReadingClient, guerande, epci, region
) -> None:
    current = publish(epci, period_start=2024, period_end=2099)
    over = publish(epci, period_start=2010, period_end=2012)
    EditionFactory(roadmap=RoadmapFactory(collectivite=guerande))  # a draft
    assert told(client.get(ADDRESS, {"q": "guerande"})) == [
        ("Guérande", [], []),
        ("Cap Atlantique", [current.roadmap.title], [over.roadmap.title]),
        ("Loire-Atlantique", [], []),
        ("Région des Pays de la Loire", [], []),
    ]


def test_some_actions_are_shown_by_theme_with_where_they_stand(client: ReadingClient, guerande, epci) -> None:
    theme = Theme.objects.create(code="essai", label="Thème d’essai", position=99)
    edition = publish(epci, actions=3, theme=theme, period_end=2099)
    ProgressReportFactory(action=Action.objects.filter(edition=edition).first(), status="ongoing")
    list_all()
    page = client.get(ADDRESS, {"commune": "guerande-44"})
    (promise,) = page.context["territory"].coverages[1].promises
    assert promise.card["progress"] == "3\u00a0actions\u00a0: 1\u00a0en cours, 2\u00a0sans point d’étape"
    assert [(one.label, len(one.keys), len(one.actions)) for one in promise.themes] == [("Thème d’essai", 3, 2)]
    assert promise.themes[0].url == f"/actions/?feuille={edition.roadmap.slug}&theme=essai"
    listed = client.get(promise.themes[0].url)
    assert listed.context["page"].paginator.count == 3


def test_a_roadmap_that_several_carry_is_told_once_at_the_nearest(client: ReadingClient, guerande, epci) -> None:
    edition = EditionFactory(
        published=True, period_end=2099, roadmap=RoadmapFactory(collectivite=epci, co_carriers=[guerande])
    )
    list_all()
    titles = [titles for _, titles, _ in told(client.get(ADDRESS, {"q": "guerande"}))]
    assert titles == [[edition.roadmap.title], [], [], []]


def test_homonyms_are_asked_for_and_those_of_the_region_come_first(client: ReadingClient, loire) -> None:
    elsewhere = CollectiviteFactory(as_departement=True, code="974", name="La Réunion")
    CollectiviteFactory(commune=True, name="Saint-Denis", slug="saint-denis-974", departement=elsewhere, population=9)
    CollectiviteFactory(commune=True, name="Saint-Denis", slug="saint-denis-44", departement=loire, population=1)
    page = client.get(ADDRESS, {"q": "saint denis"})
    assert [one.slug for one in page.context["meant"].communes] == ["saint-denis-44", "saint-denis-974"]
    assert "2\u00a0communes répondent à «&nbsp;saint denis&nbsp;»" in page.content.decode()


def test_a_commune_without_epci_says_so(client: ReadingClient, loire) -> None:
    CollectiviteFactory(commune=True, name="L’Île-d’Yeu", departement=loire)
    page = client.get(ADDRESS, {"q": "ile d'yeu"})
    assert "n’est membre d’aucune intercommunalité" in page.content.decode()
    assert [name for name, _, _ in told(page)] == ["L’Île-d’Yeu", "Loire-Atlantique", "Région des Pays de la Loire"]


def test_a_commune_of_another_region_is_covered_by_an_epci_that_overflows(client: ReadingClient, epci, loire) -> None:
    brittany = CollectiviteFactory(kind="region", code="53", name="Région Bretagne")
    morbihan = CollectiviteFactory(as_departement=True, code="56", name="Morbihan", region=brittany)
    epci.departements.add(morbihan)
    CollectiviteFactory(commune=True, name="Camoël", departement=morbihan, epci=epci)
    edition = publish(epci, period_end=2099)
    page = client.get(ADDRESS, {"q": "camoel"})
    text = page.content.decode()
    assert told(page)[1] == ("Cap Atlantique", [edition.roadmap.title], [])
    assert "s’étend aussi sur une région voisine&nbsp;: Morbihan." in text
    assert "hors de la région que suit" in text


def test_a_commune_that_ended_leads_to_its_heir(client: ReadingClient, guerande, loire) -> None:
    CollectiviteFactory(
        commune=True, name="Saillé", slug="saille-44", departement=loire, ended_on="2000-01-01", replaced_by=guerande
    )
    for asked in ({"q": "saille"}, {"commune": "saille-44"}):
        page = client.get(ADDRESS, asked)
        assert page.context["territory"].commune == guerande
        assert "Saillé n’existe plus" in page.content.decode()


def test_what_is_near_is_listed(client: ReadingClient, guerande, epci, loire) -> None:
    neighbour = CollectiviteFactory(name="Nantes Métropole")
    neighbour.departements.add(loire)
    near = publish(neighbour)
    CollectiviteFactory(commune=True, name="La Baule", departement=loire, epci=epci)
    territory = client.get(ADDRESS, {"q": "guerande"}).context["territory"]
    assert [card["title"] for card in territory.near] == [near.roadmap.title]
    assert [one.name for one in territory.neighbours] == ["La Baule"]


def test_an_address_that_is_no_commune_is_not_found(client: ReadingClient, epci) -> None:
    assert client.get(ADDRESS, {"commune": epci.slug}).status_code == 404
    assert client.get(ADDRESS, {"commune": "nulle-part"}).status_code == 404


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ("x" * 10_000, 200),
        ("' OR 1=1 --", 200),
        ("(.*)+[", 200),
        ("%' _", 200),
        ("0" * 30, 200),
        ("<script>", 200),
        ("\x00", 400),
    ],
)
def test_whatever_is_typed_is_answered_with_help(client: ReadingClient, loire, typed: str, status: int) -> None:
    answer = client.get(ADDRESS, {"q": typed})
    assert answer.status_code == status
    helps = "ou son code postal à cinq chiffres" if status == 200 else "Cette adresse ne se lit pas"
    assert helps in answer.content.decode()


@pytest.mark.parametrize("count", [1, 3, 40])
def test_a_commune_costs_the_same_whatever_is_published(
    client: ReadingClient, guerande, epci, loire, count: int
) -> None:
    theme = Theme.objects.create(code="essai", label="Thème d’essai", position=99)
    other = CollectiviteFactory(name="Nantes Métropole")
    other.departements.add(loire)
    for number in range(count):
        edition = EditionFactory(published=True, period_end=2099, roadmap=RoadmapFactory(collectivite=epci))
        ActionFactory(objective__edition=edition).themes.add(theme)
        EditionFactory(published=True, roadmap=RoadmapFactory(collectivite=other))
        CollectiviteFactory(commune=True, name=f"Bourg {number}", departement=loire, epci=epci)
        InstanceFactory().territories.add(loire)
    list_all()
    with CaptureQueriesContext(connection) as queries:
        client.get(ADDRESS, {"q": "guerande"})
    assert len(queries) == 12
