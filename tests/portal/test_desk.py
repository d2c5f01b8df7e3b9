from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml import html

from people.models import Role
from roadmaps.editions import open_draft
from roadmaps.progress import year_before
from tests.html_client import ReadingClient
from tests.people.factories import UserFactory, member, team_member
from tests.roadmaps.factories import CommentFactory, EditionFactory, MilestoneFactory, ProgressReportFactory
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


def test_the_desk_leads_each_to_the_comments_that_concern_him(client_for: Callable[..., ReadingClient]) -> None:
    edition, quiet = EditionFactory(), EditionFactory()
    CommentFactory.create_batch(2, edition=edition)
    CommentFactory(edition=edition, closed=True)
    CommentFactory(edition=quiet, closed=True)
    CommentFactory(edition=EditionFactory(published=True))
    home, address = edition.roadmap.collectivite, reverse("roadmap-consultation", args=[edition.roadmap.slug])
    found = {}
    for user in (team_member(Role.EDITOR), member(home, Role.CONTRIBUTOR), member(home, Role.READER)):
        page = client_for(user).get(reverse("desk"))
        links = html.fromstring(page.content.decode()).xpath(f"//a[starts-with(@href, '{address}')]")
        found[user] = [list(page.context["to_handle"]), [(link.get("href"), link.text) for link in links]]
    assert list(found.values()) == [
        [[edition], [(f"{address}?voir=a-traiter", edition.roadmap.title), (address, "Lire et commenter")]],
        [[], [(address, "Lire et commenter")]],
        [[], [(address, "Lire les commentaires")]],
    ]
    assert "3\u00a0commentaires, 2 à traiter" in page.content.decode()


@pytest.mark.parametrize("count", [1, 3, 40])
def test_the_desk_costs_the_same_whatever_is_said(
    client_for: Callable[..., ReadingClient], django_assert_num_queries: Callable, count: int
) -> None:
    for edition in EditionFactory.create_batch(count):
        CommentFactory(edition=edition)
    staff = client_for(team_member(Role.EDITOR))
    with django_assert_num_queries(13):
        assert staff.get(reverse("desk")).status_code == 200


def test_whoever_belongs_nowhere_finds_nothing_and_is_told_so(client_for: Callable[..., ReadingClient]) -> None:
    EditionFactory()
    EditionFactory(published=True)
    page = client_for(UserFactory()).get(reverse("desk"))
    assert (list(page.context["drafts"]), list(page.context["roadmaps"])) == ([], [])


def test_nobody_is_led_to_sign_in(client: ReadingClient) -> None:
    answer = client.get(reverse("desk"))
    assert (answer.status_code, answer["Location"]) == (302, "/compte/connexion/?next=/espace/")


ROOMS = ["Tableau de bord", "Feuilles de route", "Instances", "Pages", "Prises de position"]


@pytest.mark.parametrize(
    ("role", "rooms"),
    [
        (Role.READER, []),
        (Role.EDITOR, ["Messages", "Équipe", "Organismes"]),
        (Role.MANAGER, ["Messages", "Équipe", "Organismes", "Utilisateurs"]),
    ],
)
def test_every_page_of_the_space_leads_to_the_rooms_one_may_enter(
    client_for: Callable[..., ReadingClient], role: Role, rooms: list[str]
) -> None:
    staff = client_for(team_member(role))
    for name in ("desk", "workspace-roadmap-list", "account"):
        page = html.fromstring(staff.get(reverse(name)).content)
        assert [link.text_content() for link in page.xpath("//nav[@aria-label='Mon espace']//a")] == ROOMS + rooms


def test_what_awaits_a_report_is_on_the_desk_of_those_who_may_report(
    client_for: Callable[..., ReadingClient],
) -> None:
    edition = whole_edition(actions=4, published=True)
    first, second, third, fourth = edition.action_set.order_by("position")
    year_ago = year_before(timezone.localdate())
    ProgressReportFactory(action=first, said_on=year_ago)
    ProgressReportFactory(action=second, said_on=year_ago - timedelta(days=1))
    ProgressReportFactory(action=third, status="dropped", said_on=year_ago - timedelta(days=1))
    ProgressReportFactory(action=fourth, said_on=year_ago - timedelta(days=1))
    ProgressReportFactory(action=fourth, said_on=year_ago, status="done")
    whole_edition(published=True, period_start=2020, period_end=timezone.localdate().year - 1)
    whole_edition(published=True)
    agent = client_for(member(edition.roadmap.collectivite, Role.CONTRIBUTOR))
    page = agent.get(reverse("desk"))
    found = [(one.roadmap, str(one)) for one in page.context["awaiting"]]
    assert found == [(edition.roadmap, "1\xa0action à mettre à jour")]
    assert page.context["reportable"] == {edition.roadmap.pk}
    board = agent.get(reverse("roadmap-progress", args=[edition.roadmap.slug]), {"voir": "pas-a-jour"}).context["board"]
    assert [row.action for group in board.groups for row in group.rows] == [second]
    reader = client_for(member(edition.roadmap.collectivite, Role.READER)).get(reverse("desk"))
    assert (reader.context["awaiting"], reader.context["reportable"]) == ([], set())
    assert len(client_for(team_member(Role.CONTRIBUTOR)).get(reverse("desk")).context["awaiting"]) == 2


@pytest.mark.parametrize("count", [1, 3, 12])
def test_the_desk_costs_the_same_whatever_awaits(
    client_for: Callable[..., ReadingClient], count: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    for _ in range(count):
        whole_edition(actions=2, published=True)
    staff = client_for(team_member(Role.CONTRIBUTOR))
    with django_assert_num_queries(12):
        staff.get(reverse("desk"))
