"""The team that visitors meet."""

import pytest
from django.urls import reverse

from people.models import Person, Role, TeamMember
from tests.people.factories import PersonFactory, TeamMemberFactory, team_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(settings, client_for):
    settings.DEMO = True  # no second factor here
    return client_for(team_member(Role.EDITOR))


ABOUT = {
    "first_name": "Maud",
    "last_name": "Kerbrat",
    "job": "Directrice",
    "subjects": " Presse \n\nPresse\nDons",
    "position": "1",
}


def test_somebody_is_shown_with_subjects_told_once(browser, client) -> None:
    browser.post(reverse("team-create"), ABOUT)
    member = TeamMember.objects.get()
    assert (str(member), member.subject_list) == ("Maud Kerbrat", ["Presse", "Dons"])
    shown = client.get("/equipe/").content.decode()
    assert shown.count("Maud Kerbrat") == 2


def test_a_person_already_named_is_taken_not_doubled(browser) -> None:
    person = PersonFactory(first_name="Maud", last_name="Kerbrat")
    browser.post(reverse("team-create"), ABOUT)
    assert Person.objects.get() == person
    browser.post(reverse("team-create"), ABOUT)  # a namesake
    assert Person.objects.count() == 2


def test_what_is_missing_is_said_and_nothing_is_lost(browser) -> None:
    answer = browser.post(reverse("team-create"), ABOUT | {"last_name": ""})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["last_name"])
    assert answer.context["form"]["job"].value() == "Directrice"
    assert TeamMember.objects.count() == Person.objects.count() == 0


def test_who_leaves_the_team_stays_a_person(browser) -> None:
    member = TeamMemberFactory()
    browser.post(reverse("team-remove", args=[member.pk]))
    assert TeamMember.objects.count() == 0
    assert Person.objects.get() == member.person
