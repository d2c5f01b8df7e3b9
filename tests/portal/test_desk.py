from collections.abc import Callable

import pytest
from django.urls import reverse
from lxml import html

from people.models import Role
from roadmaps.editions import open_draft
from tests.html_client import ReadingClient
from tests.people.factories import UserFactory, member, team_member
from tests.roadmaps.factories import EditionFactory, MilestoneFactory
from tests.roadmaps.whole import whole_edition
from ui.partial_date import PartialDate

pytestmark = pytest.mark.django_db


def test_an_elue_finds_her_roadmap_its_draft_its_pdf_and_what_comes(client_for: Callable[..., ReadingClient]) -> None:
    edition = whole_edition(published=True)
    draft = open_draft(edition.roadmap)
    other = EditionFactory()
    coming = MilestoneFactory(roadmap=edition.roadmap, held_on=PartialDate(2999, 1))
    MilestoneFactory(roadmap=other.roadmap, held_on=PartialDate(2999, 1))
    page = client_for(member(edition.roadmap.collectivite)).get(reverse("desk"))
    assert (list(page.context["drafts"]), list(page.context["roadmaps"])) == ([draft], [edition.roadmap])
    assert page.context["coming"] == [coming]
    html = page.content.decode()
    for name, args in (("edition-pdf", (edition.roadmap.slug, 2)), ("roadmap-pdf", (edition.roadmap.slug,))):
        assert reverse(name, args=args) in html
    assert reverse("roadmap-create") not in html


def test_staff_find_what_they_are_writing(client_for: Callable[..., ReadingClient]) -> None:
    drafts = [EditionFactory(), EditionFactory()]
    page = client_for(team_member(Role.EDITOR)).get(reverse("desk"))
    assert set(page.context["drafts"]) == set(drafts)
    assert reverse("roadmap-create") in page.content.decode()


def test_whoever_belongs_nowhere_finds_nothing_and_is_told_so(client_for: Callable[..., ReadingClient]) -> None:
    EditionFactory()
    EditionFactory(published=True)
    page = client_for(UserFactory()).get(reverse("desk"))
    assert (list(page.context["drafts"]), list(page.context["roadmaps"])) == ([], [])


def test_nobody_is_led_to_sign_in(client: ReadingClient) -> None:
    answer = client.get(reverse("desk"))
    assert (answer.status_code, answer["Location"]) == (302, "/compte/connexion/?next=/espace/")


@pytest.mark.parametrize(
    ("role", "rooms"),
    [
        (Role.READER, ["Tableau de bord", "Feuilles de route", "Instances"]),
        (Role.EDITOR, ["Tableau de bord", "Feuilles de route", "Instances", "Organismes"]),
        (Role.MANAGER, ["Tableau de bord", "Feuilles de route", "Instances", "Organismes", "Utilisateurs"]),
    ],
)
def test_every_page_of_the_space_leads_to_the_rooms_one_may_enter(
    client_for: Callable[..., ReadingClient], role: Role, rooms: list[str]
) -> None:
    staff = client_for(team_member(role))
    for name in ("desk", "workspace-roadmap-list", "account"):
        page = html.fromstring(staff.get(reverse(name)).content)
        assert [link.text_content() for link in page.xpath("//nav[@aria-label='Mon espace']//a")] == rooms
