"""A policy page from its first word to the public, in a browser: written, refused, written by two, published."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from editorial.models import Page
from people.models import Role
from tests.browser.conftest import axe
from tests.editorial.factories import PageFactory
from tests.people.factories import team_member

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def manager(browse_as):
    browse_as(team_member(Role.MANAGER))


def has_no_fault(page) -> bool:
    """Look at a page as it stands, in a narrow and a wide window."""
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert axe(page) == []
        assert page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0
    return True


def test_a_page_is_written_refused_mended_and_published(page, manager):
    page.goto(reverse("page-create"))
    page.get_by_role("button", name="Enregistrer le brouillon").click()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    assert has_no_fault(page)
    page.get_by_label("Titre (obligatoire)").fill("Engager une politique")
    page.get_by_role("textbox", name="Texte").fill("Une ambition écrite.")
    page.get_by_role("button", name="Enregistrer le brouillon").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Engager une politique")
    page.get_by_role("link", name="Publier…").click()
    page.get_by_role("button", name="Publier").click()
    page.get_by_role("link", name="Page publiée").click()
    expect(page.locator("main .prose")).to_have_text("Une ambition écrite.")
    assert page.url.endswith("/politiques-ess/engager-une-politique/")


def test_what_two_people_wrote_stands_side_by_side(page, manager):
    mine = PageFactory(title="Un titre", body="<p>Un texte.</p>")
    page.goto(reverse("page-edit", args=[mine.pk]))
    Page.objects.filter(pk=mine.pk).update(title="Le titre de l’autre", version=2)
    page.get_by_label("Titre (obligatoire)").fill("Mon titre")
    page.get_by_role("button", name="Enregistrer le brouillon").click()
    expect(page.get_by_role("group", name="Deux versions : Titre")).to_be_visible()
    assert has_no_fault(page)
    page.get_by_role("button", name="Enregistrer le brouillon").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mon titre")


def test_the_buttons_of_the_list_stay_whole_in_a_narrow_window(page, manager):
    top = PageFactory(title="Responsabilité", slug="a" * 60, published=True)
    child = PageFactory(title="Accompagnement", slug="b" * 60, parent=top, published=True)
    PageFactory(title="Anticonstitutionnellement", slug="c" * 60, parent=child, published=True)
    page.goto(reverse("workspace-page-list"))
    assert has_no_fault(page)
    page.set_viewport_size({"width": 320, "height": 900})
    boxes = [button.bounding_box() for button in page.locator(".moves button").all()]
    assert [min(box["width"], box["height"]) >= 24 for box in boxes] == [True] * 6
    assert max(box["x"] + box["width"] for box in boxes) <= 320


def test_a_page_is_moved_by_the_keyboard_and_keeps_the_focus_near(page, manager):
    PageFactory(title="Première")
    second = PageFactory(title="Seconde")
    page.goto(reverse("workspace-page-list"))
    page.get_by_role("button", name="Monter : Seconde").press("Enter")
    expect(page.locator(".page-row a").first).to_have_text("Seconde")
    assert page.url.endswith(f"#haut-{second.pk}")
