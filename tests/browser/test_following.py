"""An agent keeps the actions up to date by keyboard, without script where there is none; each step is readable."""

import pytest
from django.urls import reverse

from people.models import Role
from roadmaps.models import ProgressReport
from tests.browser.conftest import faults
from tests.people.factories import member
from tests.roadmaps.factories import ProgressReportFactory
from tests.roadmaps.whole import whole_edition


def statuses():
    return list(ProgressReport.objects.order_by("pk").values_list("status", flat=True))


@pytest.fixture
def edition(live_server, browse_as):
    edition = whole_edition(actions=3, published=True)
    edition.horizon_set.update(last_year=2025)
    browse_as(member(edition.roadmap.collectivite, Role.CONTRIBUTOR))
    return edition


def test_one_action_then_many_are_kept_up_to_date_and_taken_back(edition, page):
    for action in edition.action_set.order_by("position")[1:]:
        ProgressReportFactory(action=action, status="planned")
    page.goto(reverse("roadmap-progress", args=[edition.roadmap.slug]))
    page.locator(".follow summary").first.focus()
    page.keyboard.press("Enter")
    page.get_by_label("Exact le").first.fill("2999-01-01")
    page.get_by_role("button", name="Enregistrer : A0").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Cette date est à venir").first.wait_for()
    assert faults(page) == []
    page.get_by_label("Exact le").first.fill("2026-03-03")
    page.get_by_label("Statut").first.select_option("ongoing")
    page.get_by_role("button", name="Enregistrer : A0").click()
    page.get_by_text("Statut enregistré : En cours.").wait_for()
    assert statuses() == ["planned", "planned", "ongoing"]
    page.get_by_role("checkbox", name="A1").check()
    page.get_by_role("checkbox", name="A2").check()
    page.get_by_role("button", name="Toujours exact", exact=True).click()
    page.get_by_text("Toujours exact aujourd’hui : 2 actions.").wait_for()
    assert faults(page) == []
    assert statuses() == ["planned", "planned", "ongoing", "planned", "planned"]
    page.get_by_role("button", name="Annuler").click()
    page.get_by_text("2 points d’étape sont retirés").wait_for()
    assert statuses() == ["planned", "planned", "ongoing"]


def test_many_actions_get_one_status_without_script(edition, browser, context, live_server):
    bare = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, storage_state=context.storage_state()
    )
    page = bare.new_page()
    page.goto(reverse("roadmap-progress", args=[edition.roadmap.slug]))
    for name in ("A0", "A2"):
        page.get_by_role("checkbox", name=name).check()
    page.locator("#id_status").select_option("done")
    page.get_by_role("button", name="Voir l’effet").click()
    page.get_by_text("Sans point d’étape → Réalisée (2)").wait_for()
    page.get_by_role("button", name="Appliquer à 2").click()
    page.get_by_text("2 actions : Réalisée.").wait_for()
    bare.close()
    assert statuses() == ["done", "done"]


def test_what_everyone_reads_of_it_is_readable(edition, page):
    action = edition.action_set.order_by("position").first()
    ProgressReportFactory(action=action, status="paused", text="Le lieu manque.")
    ProgressReportFactory(action=action, text="Le lieu est trouvé.")
    base = edition.roadmap.get_absolute_url()
    for path in (base, f"{base}actions/{action.uid}/", f"{base}objectifs/{action.objective.uid}/"):
        page.goto(path)
        page.get_by_text("Où en est-on").first.wait_for()
        assert (path, faults(page)) == (path, [])
