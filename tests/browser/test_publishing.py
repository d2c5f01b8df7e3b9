"""What an officer sees while an edition goes online, and on the way there."""

import pytest
from django.urls import reverse
from django_tasks_db.management.commands.db_worker import Worker
from playwright.sync_api import expect

from people.models import Role
from tests.browser.conftest import axe
from tests.people.factories import team_member
from tests.roadmaps.whole import whole_edition

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def edition():
    return whole_edition()


@pytest.fixture
def manager(browse_as):
    browse_as(team_member(Role.MANAGER))


def sheet(edition, part, row):
    return reverse("part-edit", args=[edition.roadmap.slug, edition.number, part, row.uid])


def test_the_page_follows_the_printing_until_the_pdf_is_there(page, manager, edition, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    page.goto(reverse("roadmap-publish", args=[edition.roadmap.slug, 1]))
    page.get_by_role("button", name="Publier l’édition 1").click()
    expect(page.locator("h1")).to_have_text("L’édition 1 est en ligne")
    expect(page.locator("[data-refresh-words]")).to_have_text("L’impression est dans la file.")
    assert axe(page) == []
    Worker(
        queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False, max_tasks=None,
        worker_id="essai", excluded_queue_names=[],
    ).run()  # fmt: skip
    expect(page.get_by_role("link", name="Télécharger l’édition")).to_be_visible()
    expect(page.locator("[data-refresh-status]")).to_contain_text("Le PDF est prêt")
    assert axe(page) == []


def test_a_line_of_what_is_missing_puts_the_cursor_in_its_field(page, manager, edition):
    page.goto(reverse("edition-missing", args=[edition.roadmap.slug, 1]))
    page.get_by_role("link", name="Dire à quel besoin elle répond").first.click()
    expect(page.get_by_label("Besoin économique")).to_be_focused()
    page.goto(reverse("edition-missing", args=[edition.roadmap.slug, 1]))
    page.get_by_role("link", name="Pas d’édito").click()
    expect(page.locator("#id_foreword")).to_have_count(1)
    expect(page.locator(".ProseMirror-focused")).to_have_attribute("aria-label", "Édito")


def test_a_sheet_is_read_beside_itself_as_it_is_saved(page, manager, edition):
    action = edition.action_set.get()
    page.goto(sheet(edition, "actions", action))
    page.get_by_role("link", name="Aperçu").click()
    frame = page.frame_locator(".preview-frame")
    expect(frame.locator("h1")).to_contain_text(action.title)
    assert axe(page) == []
    page.get_by_label("Intitulé (obligatoire)").fill("Ouvrir un tiers-lieu")
    expect(frame.locator("h1")).to_contain_text("Ouvrir un tiers-lieu")
    page.get_by_role("button", name="Fermer l’aperçu").click()
    expect(page.get_by_role("link", name="Aperçu")).to_be_focused()
    expect(page.locator(".preview-frame")).to_have_count(0)


def test_where_there_is_no_room_for_two_the_preview_is_a_page(page, manager, edition):
    page.set_viewport_size({"width": 320, "height": 640})
    action = edition.action_set.get()
    page.goto(sheet(edition, "actions", action))
    page.get_by_role("link", name="Aperçu").click()
    expect(page.locator("h1")).to_have_text(f"Aperçu : {action}".replace(" :", "\xa0:"))
    expect(page.frame_locator(".preview-frame").locator("h1")).to_contain_text(action.title)
