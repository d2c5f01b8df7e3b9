"""A writer changes many actions by keyboard, and takes it back; each step is readable."""

import pytest
from django.urls import reverse

from people.models import Role
from roadmaps.models import Action
from tests.browser.conftest import faults
from tests.people.factories import OrganisationFactory, team_member
from tests.roadmaps.whole import whole_edition


@pytest.fixture
def edition(live_server, browse_as):
    edition = whole_edition(actions=3)
    browse_as(team_member(Role.EDITOR))
    return edition


def test_many_actions_change_and_change_back(edition, page):
    page.goto(reverse("bulk-edit", args=[edition.roadmap.slug, edition.number]))
    page.get_by_label("Toutes les actions de cet objectif").first.focus()
    page.keyboard.press("Space")
    page.get_by_label("Priorité").select_option("high")
    page.get_by_role("button", name="Voir l’effet").focus()
    page.keyboard.press("Enter")
    page.get_by_text("sans priorité → Haute (3)").wait_for()
    assert faults(page) == []
    page.get_by_role("button", name="Appliquer à 3").focus()
    page.keyboard.press("Enter")
    page.get_by_text("3 actions sont modifiées.").wait_for()
    assert set(Action.objects.values_list("priority", flat=True)) == {"high"}
    page.get_by_role("button", name="Annuler").click()
    page.get_by_text("C’est annulé").wait_for()
    assert set(Action.objects.values_list("priority", flat=True)) == {""}


def test_the_effects_of_codes_and_merges_are_readable(edition, page):
    page.goto(reverse("codes-renumber", args=[edition.roadmap.slug, edition.number]))
    page.get_by_role("button", name="Voir les codes").click()
    page.get_by_role("heading", name="De l’ancien code au nouveau").wait_for()
    assert faults(page) == []
    kept, *_ = (OrganisationFactory(name=f"Atelier {name}") for name in ("Rive", "de la Rive"))
    page.goto(reverse("organisation-merge", args=[kept.pk]))
    page.get_by_label("Atelier de la Rive").check()
    assert faults(page) == []
    page.get_by_role("button", name="Voir l’effet").click()
    page.get_by_text("disparaît du registre").wait_for()
    assert faults(page) == []
