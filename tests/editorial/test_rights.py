"""Who may do what to a page, role by role; `tests/permissions` tries the addresses."""

import pytest
from django.urls import reverse
from rules import test_rule as allows

from people.models import Role
from tests.editorial.factories import PageFactory
from tests.people.factories import UserFactory, member, team_member
from tests.territories.factories import CollectiviteFactory

ACTS = ("read_drafts", "write", "place", "publish")

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "offline", "online"),
    [
        (None, set(), set()),
        (Role.READER, {"read_drafts"}, {"read_drafts"}),
        (Role.CONTRIBUTOR, {"read_drafts"}, {"read_drafts"}),
        (Role.EDITOR, {"read_drafts", "write", "place"}, {"read_drafts", "write"}),
        (Role.MANAGER, set(ACTS), set(ACTS)),
    ],
)
def test_each_role_of_the_team_has_its_acts(role, offline, online) -> None:
    user = team_member(role) if role else UserFactory()
    for page, expected in ((PageFactory(), offline), (PageFactory(published=True), online)):
        assert {act for act in ACTS if allows(f"editorial.{act}", user, page)} == expected


def test_a_member_of_a_collectivite_has_none() -> None:
    user = member(CollectiviteFactory(), Role.CONTRIBUTOR)
    assert [act for act in ACTS if allows(f"editorial.{act}", user, PageFactory())] == []


def test_whoever_may_not_place_a_page_is_not_asked_where_it_stands(editor, manager) -> None:
    page = PageFactory(published=True)
    asked = [list(one.get(reverse("page-edit", args=[page.pk])).context["form"].fields) for one in (editor, manager)]
    assert asked == [
        ["title", "summary", "body", "version", "base"],
        ["title", "summary", "body", "parent", "slug", "version", "base"],
    ]
    editor.post(
        reverse("page-edit", args=[page.pk]), {"title": "Titre", "slug": "autre", "version": 1, "body": "<p>a</p>"}
    )
    page.refresh_from_db()
    assert (page.title, page.path) == ("Titre", page.slug)
    assert page.slug != "autre"


def test_a_reader_of_the_team_reads_drafts_and_writes_nothing(client_for) -> None:
    page = PageFactory()
    reader = client_for(team_member(Role.READER))
    answered = [
        reader.get(reverse(name, args=args)).status_code
        for name, args in (
            ("workspace-page-list", []), ("page-preview", [page.pk]), ("page-edit", [page.pk]), ("page-history", []),
        )
    ]  # fmt: skip
    assert answered == [200, 200, 403, 403]
