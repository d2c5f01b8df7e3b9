import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from roadmaps.listing import list_all
from tests.editorial.factories import PageFactory, PublicationFactory
from tests.html_client import ReadingClient
from tests.instances.factories import InstanceFactory, MandateFactory, MeetingFactory, SeatFactory
from tests.roadmaps.factories import ActionFactory, EditionFactory, ProgressReportFactory, RoadmapFactory

pytestmark = pytest.mark.django_db


def test_home_shows_the_latest_roadmaps_and_no_draft(client: ReadingClient) -> None:
    EditionFactory()
    older = EditionFactory(published=True, period_end=2022, period_start=2020)
    newer = EditionFactory(published=True, period_end=2030)
    list_all()
    titles = [card["title"] for card in client.get("/").context["roadmaps"]]
    assert titles == [newer.roadmap.title, older.roadmap.title]


def test_home_says_where_the_actions_of_a_roadmap_stand_once_somebody_has_said_it(client: ReadingClient) -> None:
    said, unsaid = ActionFactory(objective__edition__published=True), ActionFactory(objective__edition__published=True)
    ProgressReportFactory(action=said, status="done")
    list_all()
    progress = {card["title"]: card["progress"] for card in client.get("/").context["roadmaps"]}
    assert progress == {
        said.edition.roadmap.title: "1\u00a0action\u00a0: 1\u00a0réalisée",
        unsaid.edition.roadmap.title: "",
    }


def test_home_counts_the_public_bodies_and_their_seats(client: ReadingClient) -> None:
    seat = SeatFactory()
    MandateFactory(seat=SeatFactory(instance=seat.instance))
    InstanceFactory(is_public=False)
    InstanceFactory(dissolved_on="2020-01-01")
    register = client.get("/").context["register"]
    assert (register["instances"], register["held"], register["vacant"]) == (1, 1, 1)


def test_home_leads_to_the_policy_pages_of_the_first_level_that_are_online(client: ReadingClient) -> None:
    top = PageFactory(title="Engager", published=True)
    PageFactory(title="Pourquoi", parent=top, published=True)
    PageFactory(title="Brouillon")
    assert [page.online.title for page in client.get("/").context["pages"]] == ["Engager"]


@pytest.mark.parametrize("count", [1, 3, 40])
def test_home_costs_the_same_whatever_is_published(client: ReadingClient, count: int) -> None:
    for _ in range(count):
        EditionFactory(published=True)
        PageFactory(published=True)
        PublicationFactory(published=True)
        MeetingFactory(held_on="2099-01-01", instance=SeatFactory().instance)
    list_all()
    with CaptureQueriesContext(connection) as queries:
        client.get("/")
    assert len(queries) == 9


def test_a_collectivite_shows_its_roadmaps_and_those_that_it_carries_with_others(client: ReadingClient) -> None:
    own = EditionFactory(published=True).roadmap
    EditionFactory(roadmap=RoadmapFactory(collectivite=own.collectivite))
    shared = EditionFactory(published=True, roadmap=RoadmapFactory(co_carriers=[own.collectivite])).roadmap
    page = client.get(own.collectivite.get_absolute_url())
    assert set(page.context["own"]) == {own, shared}


def test_a_search_that_finds_nothing_says_what_to_do(client: ReadingClient) -> None:
    page = client.get("/collectivites/", {"q": "xyzzy"})
    assert list(page.context["page"]) == []
    assert "essayez un code postal" in page.content.decode()


@pytest.mark.parametrize(
    "address", ["/collectivites/?q=%00", "/feuilles-de-route/?page=1%00", "/feuilles-de-route/a%00/"]
)
def test_an_address_with_a_null_character_is_refused_in_french(client: ReadingClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 400
    assert "Cette adresse ne se lit pas" in answer.content.decode()
