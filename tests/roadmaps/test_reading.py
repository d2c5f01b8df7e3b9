import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.models import Role
from roadmaps.document import plural_of
from roadmaps.editions import open_draft, publish
from roadmaps.listing import list_all
from roadmaps.models import Action, Edition
from tests.html_client import ReadingClient
from tests.people.factories import member, team_member
from tests.roadmaps.factories import ActionFactory, EditionFactory, MilestoneFactory, RoadmapFactory
from tests.roadmaps.whole import whole_edition
from tests.territories.factories import CollectiviteFactory
from ui.partial_date import PartialDate

pytestmark = pytest.mark.django_db


def text(html: str) -> str:
    return re.sub(r"[ \n]+", " ", re.sub(r"<[^>]+>", " ", html))


def test_a_visitor_reads_the_whole_current_edition(client: ReadingClient) -> None:
    edition = whole_edition(actions=1, published=True)
    MilestoneFactory(roadmap=edition.roadmap, held_on=PartialDate(2022, 11, 30))
    page = text(client.get(edition.roadmap.get_absolute_url()).content.decode())
    for words in (
        "Sommaire",
        "44\u202f500",
        "Entreprendre autrement",
        "O1 : Financer",
        "Soutenir le projet",
        "Court terme",
        "Connaissance et observation, Accompagnement",
        "20\u202f000\xa0€",
        "juin 2026",
        "12\xa0structures (2026)",
        "30\xa0novembre 2022",
        "Compte rendu des ateliers.",
    ):
        assert words in page, words


def test_an_internal_note_is_on_no_page(client: ReadingClient) -> None:
    edition = whole_edition(published=True)
    Action.objects.update(internal_note="À garder pour nous")
    action = Action.objects.get()
    for address in (edition.roadmap.get_absolute_url(), f"{edition.roadmap.get_absolute_url()}actions/{action.uid}/"):
        assert "À garder pour nous" not in client.get(address).content.decode()


def test_actions_and_objectives_have_their_own_page(client: ReadingClient) -> None:
    edition = whole_edition(actions=3, published=True)
    base = edition.roadmap.get_absolute_url()
    first, second, third = Action.objects.order_by("position")
    page = client.get(f"{base}actions/{second.uid}/")
    assert (page.context["previous"].uid, page.context["next"].uid) == (first.uid, third.uid)
    assert [sheet.title for sheet in page.context["path"]] == ["Entreprendre autrement", "Financer", "Amorcer"]
    objective = client.get(f"{base}objectifs/{second.objective.uid}/").context["objective"]
    assert [action.uid for action in objective.all_actions()] == [first.uid, second.uid, third.uid]


def test_an_unknown_action_is_not_found(client: ReadingClient) -> None:
    edition = whole_edition(published=True)
    other = ActionFactory()
    base = edition.roadmap.get_absolute_url()
    assert client.get(f"{base}actions/{other.uid}/").status_code == 404
    own = Action.objects.get(edition=edition)
    assert client.get(f"{base}objectifs/{own.uid}/").status_code == 404


def test_a_past_edition_says_that_it_is_superseded_and_keeps_its_address(client: ReadingClient) -> None:
    first = whole_edition(published=True)
    second = open_draft(first.roadmap)
    publish(second, by=None)
    assert "Édition remplacée" in client.get(first.get_absolute_url()).content.decode()
    assert "Édition remplacée" not in client.get(second.get_absolute_url()).content.decode()
    assert client.get(first.roadmap.get_absolute_url()).context["document"].edition == second
    rows = client.get(reverse("edition-list", args=[first.roadmap.slug])).context["editions"]
    assert rows == [second, first]


@pytest.fixture
def draft() -> Edition:
    """The second edition, in preparation, of a roadmap of A."""
    edition = whole_edition(published=True, roadmap=RoadmapFactory(collectivite=CollectiviteFactory(slug="a")))
    return open_draft(edition.roadmap)


def addresses(draft: Edition) -> list[str]:
    base, uid = draft.get_absolute_url(), Action.objects.filter(edition=draft).values_list("uid", flat=True)[0]
    return [base, f"{base}actions/{uid}/", reverse("edition-pdf", args=[draft.roadmap.slug, draft.number])]


def test_a_draft_is_not_there_for_whoever_may_not_read_it(
    client: ReadingClient, client_for: Callable[..., ReadingClient], draft: Edition
) -> None:
    other = client_for(member(CollectiviteFactory(), Role.CONTRIBUTOR))
    nothing = client.get("/feuilles-de-route/rien/").content
    for visitor in (client, other):
        for address in addresses(draft):
            answer = visitor.get(address)
            assert (answer.status_code, answer.content) == (404, nothing)
        editions = visitor.get(reverse("edition-list", args=[draft.roadmap.slug])).context["editions"]
        assert [edition.number for edition in editions] == [1]


def test_a_draft_is_read_by_its_collectivite_and_by_the_team_and_kept_out_of_caches(
    client_for: Callable[..., ReadingClient], draft: Edition
) -> None:
    for user in (member(draft.roadmap.collectivite), team_member(Role.READER)):
        answer = client_for(user).get(draft.get_absolute_url())
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "private, no-store"
        assert "Brouillon" in answer.content.decode()


def test_a_page_that_names_a_draft_is_kept_out_of_caches_too(
    client: ReadingClient, client_for: Callable[..., ReadingClient], draft: Edition
) -> None:
    address = draft.roadmap.get_absolute_url()
    answer = client_for(member(draft.roadmap.collectivite)).get(address)
    assert ("en préparation" in answer.content.decode(), answer["Cache-Control"]) == (True, "private, no-store")
    answer = client.get(address)
    assert ("en préparation" in answer.content.decode(), answer.has_header("Cache-Control")) == (False, False)


def test_staff_without_a_second_factor_read_no_draft(client_for: Callable[..., ReadingClient], draft: Edition) -> None:
    staff = client_for(team_member(Role.MANAGER, has_second_factor=False))
    for address in addresses(draft):
        answer = staff.get(address)
        assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_index"))


def test_a_roadmap_with_only_a_draft_is_nowhere_for_the_public(
    client: ReadingClient, client_for: Callable[..., ReadingClient]
) -> None:
    draft = EditionFactory()
    assert client.get(draft.roadmap.get_absolute_url()).status_code == 404
    assert list_all() == 0
    assert client.get(reverse("roadmap-list")).context["cards"] == []
    assert list(client.get(draft.roadmap.collectivite.get_absolute_url()).context["own"]) == []
    mine = client_for(member(draft.roadmap.collectivite))
    assert mine.get(draft.roadmap.get_absolute_url()).context["document"].edition == draft


def test_a_draft_never_shows_as_the_sequel_of_a_published_roadmap(client: ReadingClient) -> None:
    published = EditionFactory(published=True)
    EditionFactory(roadmap=RoadmapFactory(predecessor=published.roadmap))
    sequel = EditionFactory(published=True, roadmap=RoadmapFactory(predecessor=published.roadmap, title="La suite"))
    relatives = client.get(published.roadmap.get_absolute_url()).context["document"].relatives
    assert relatives == [{"word": "Suivi par", "title": "La suite", "url": sequel.roadmap.get_absolute_url()}]


@pytest.mark.parametrize("count", [1, 3, 40])
def test_the_page_of_a_roadmap_costs_twelve_queries_whatever_its_size(client: ReadingClient, count: int) -> None:
    edition = whole_edition(actions=count, published=True)
    with CaptureQueriesContext(connection) as queries:
        client.get(edition.roadmap.get_absolute_url())
    assert len(queries) == 12


def test_a_page_that_has_not_changed_is_not_sent_again(client: ReadingClient) -> None:
    edition = whole_edition(published=True)
    first = client.get(edition.roadmap.get_absolute_url())
    again = client.get(edition.roadmap.get_absolute_url(), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "שלום עולם", "🌻" * 40, "x" * 290])
def test_any_title_is_shown_as_typed(client: ReadingClient, hostile: str) -> None:
    action = ActionFactory(title=hostile, objective__edition__published=True)
    page = client.get(f"{action.edition.roadmap.get_absolute_url()}actions/{action.uid}/")
    assert page.context["action"].title == hostile
    assert "<script>alert" not in page.content.decode()


def test_a_draft_does_not_move_its_roadmap_in_the_public_list(client: ReadingClient) -> None:
    near = EditionFactory(published=True, period_end=2025, period_start=2020)
    far = EditionFactory(published=True, period_end=2027)
    unknown = EditionFactory(published=True, period_end=None)
    EditionFactory(roadmap=near.roadmap, number=2, period_end=2031)
    list_all()
    cards = client.get(reverse("roadmap-list")).context["cards"]
    assert [card["title"] for card in cards] == [one.roadmap.title for one in (far, near, unknown)]


@pytest.mark.parametrize(
    ("name", "many"),
    [
        ("objectif opérationnel", "objectifs opérationnels"),
        ("enjeu", "enjeux"),
        ("axe de travail", "axes de travail"),
        ("levier d’action", "leviers d’action"),
        ("axe", "axes"),
    ],
)
def test_the_names_of_levels_have_a_plural(name: str, many: str) -> None:
    assert plural_of(name) == many
