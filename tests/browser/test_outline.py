"""The outline under the fingers: rows move and are added without losing the place, words filter, keys lead."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from people.models import Role
from roadmaps.models import Action
from tests.browser.conftest import axe
from tests.people.factories import team_member
from tests.roadmaps.factories import ActionFactory, EditionFactory, ObjectiveFactory


@pytest.fixture
def base(transactional_db, browse_as):
    objective = ObjectiveFactory(edition=EditionFactory(level_2_name=""), title="Coopérer")
    for position, title in enumerate(("Ouvrir", "Former", "Louer")):
        ActionFactory(objective=objective, title=title, position=position)
    browse_as(team_member(Role.EDITOR))
    return reverse("edition-edit", args=[objective.edition.roadmap.slug, 1])


def sheet(base, title):
    return f"{base}actions/{Action.objects.get(title=title).uid}/"


def order(page):
    return [text.split()[1] for text in page.locator(".plan-actions > li > a").all_inner_texts()]


@pytest.fixture(params=[True, False], ids=["with script", "without"])
def either(request, browser, base, context, live_server):
    """Browse as the same user, with script or without."""
    other = browser.new_context(base_url=live_server.url, java_script_enabled=request.param)
    other.add_cookies(context.cookies())
    yield other.new_page()
    other.close()


def test_a_row_moves_and_its_button_keeps_the_focus(either, base):
    either.goto(sheet(base, "Ouvrir"))
    either.get_by_role("button", name="Monter : Louer").press("Enter")
    expect(either.locator("[role=status]", has_text="« Louer » est en position 2 sur 3.").first).to_be_attached()
    expect(either.get_by_role("button", name="Monter : Louer")).to_be_focused()
    either.keyboard.press("Enter")
    expect(either.locator("[role=status]", has_text="position 1 sur 3").first).to_be_attached()
    either.get_by_role("button", name="Monter : Louer").press("Enter")
    expect(either.locator("[role=status]", has_text="« Louer » est déjà en haut.").first).to_be_attached()
    assert order(either) == ["Louer", "Ouvrir", "Former"]


def test_enter_adds_a_row_and_waits_for_the_next(either, base):
    either.goto(sheet(base, "Ouvrir"))
    line = either.get_by_label("Ajouter ici : action, dans Coopérer")
    for title in ("Acheter", "Partager"):
        line.focus()
        either.keyboard.type(title)
        either.keyboard.press("Enter")
        expect(either.locator(".plan-actions a", has_text=title)).to_be_visible()
        expect(line).to_be_focused()
        expect(line).to_have_value("")
    assert order(either) == ["Ouvrir", "Former", "Louer", "Acheter", "Partager"]


def test_a_row_is_dragged_among_its_own(page, base):
    page.goto(sheet(base, "Ouvrir"))
    row = page.locator(".plan-actions > li")
    row.nth(0).drag_to(row.nth(2))
    expect(page.locator("[data-plan-said]")).to_have_text("« Ouvrir » est en position 3 sur 3.")
    assert order(page) == ["Former", "Louer", "Ouvrir"]


def test_words_filter_at_once(page, base):
    page.goto(sheet(base, "Ouvrir"))
    page.get_by_label("Mot de l’intitulé").press_sequentially("LOU")
    expect(page.locator(".plan-actions > li:visible")).to_have_count(1)
    expect(page.locator("[data-plan-kept]")).to_have_text("1 action dans le plan pour ce mot")


def arrive(page, title):
    """Wait for the sheet that a key leads to, and for the scripts that listen to the next key."""
    expect(page.locator("h1")).to_have_text(title)
    page.wait_for_load_state()


def test_keys_lead_from_sheet_to_sheet_unless_they_are_put_out_of_service(page, base):
    page.goto(sheet(base, "Ouvrir"))
    page.keyboard.press("j")
    arrive(page, "Former")
    page.keyboard.press("k")
    arrive(page, "Ouvrir")
    page.keyboard.press("/")
    expect(page.get_by_label("Mot de l’intitulé")).to_be_focused()
    page.keyboard.type("j")
    expect(page.locator("h1")).to_have_text("Ouvrir")

    page.get_by_role("button", name="Raccourcis").click()
    assert axe(page) == []
    page.get_by_label("Les raccourcis d’une seule touche").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("?")
    expect(page.locator("dialog")).to_be_hidden()
    expect(page.locator("h1")).to_have_text("Ouvrir")


def test_control_s_saves_the_sheet(page, base):
    page.goto(sheet(base, "Former"))
    page.get_by_label("Code affiché").fill("A7")
    page.keyboard.press("Control+s")
    expect(page.locator("h1")).to_have_text("A7 Former")


def test_below_62_rem_the_sheet_and_the_plan_are_two_pages(page, base):
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto(sheet(base, "Former"))
    expect(page.get_by_role("navigation", name="Plan")).to_be_hidden()
    page.get_by_role("link", name="Retour au plan").click()
    expect(page.get_by_role("navigation", name="Plan")).to_be_visible()
    assert page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0


def test_lines_typed_faster_than_the_portal_answers_are_each_added_once(page, base):
    page.goto(sheet(base, "Ouvrir"))
    page.route("**/ajout/lignes/", lambda route: (page.wait_for_timeout(300), route.continue_()))
    page.get_by_label("Ajouter ici : action, dans Coopérer").focus()
    for title in ("Acheter", "Partager", "Vendre"):
        page.keyboard.type(title)
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
    page.keyboard.type("Pas encore")
    expect(page.locator(".plan-actions > li")).to_have_count(6)
    page.wait_for_timeout(700)
    assert order(page) == ["Ouvrir", "Former", "Louer", "Acheter", "Partager", "Vendre"]
    line = page.get_by_label("Ajouter ici : action, dans Coopérer")
    expect(line).to_have_value("Pas encore")
    expect(line).to_be_focused()


def test_a_line_that_the_portal_refuses_comes_back(page, base):
    page.goto(sheet(base, "Ouvrir"))
    page.route("**/ajout/lignes/", lambda route: route.abort())
    line = page.get_by_label("Ajouter ici : action, dans Coopérer")
    line.fill("Acheter")
    line.press("Enter")
    expect(page.locator("[data-plan-kept]")).to_contain_text("Rien n’a été fait")
    expect(line).to_have_value("Acheter")
