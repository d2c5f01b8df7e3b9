"""What one types is saved as one types, and never lost: nor when the portal is away, nor when two people write."""

import re

from django.urls import reverse
from playwright.sync_api import expect

from people.models import Organisation
from roadmaps.models import Action, Horizon
from tests.browser.conftest import axe
from tests.permissions.world import build_world

SAVED = re.compile(r"Enregistré à \d+ h \d\d")


def address_of(action):
    edition = action.edition
    return reverse("part-edit", args=[edition.roadmap.slug, edition.number, "actions", action.uid])


def a_sheet(page, browse_as):
    """Open the sheet of an action; give the action and who writes."""
    world = build_world()
    user = world.users["CRESS editor"]
    browse_as(user)
    page.goto(address_of(world.next.action))
    expect(page.locator(".tiptap").first).to_be_visible()
    return world.next.action, user


def vanish(page):
    """Leave as a browser that breaks down does: without a last word to the portal."""
    page.evaluate("() => { window.fetch = () => Promise.reject(new Error()); }")
    page.goto("about:blank")


def test_typing_is_saved_without_a_gesture(page, browse_as):
    world = build_world()
    action = world.next.action
    browse_as(world.users["CRESS editor"])
    page.goto(address_of(action))
    page.get_by_label("Intitulé (obligatoire)").fill("Ouvrir une recyclerie")
    expect(page.locator("[data-save-state]")).to_have_text(SAVED)
    page.locator(".tiptap").first.click()
    page.keyboard.type("Avec les habitants.")
    expect(page.locator("[name=version]")).to_have_value("3")
    action.refresh_from_db()
    assert (action.title, action.description) == ("Ouvrir une recyclerie", "<p>Avec les habitants.</p>")

    page.locator("[name='acteurs-0-organisation']").press_sequentially("La Recyclerie du quai", delay=5)
    page.wait_for_timeout(1500)
    assert not Organisation.objects.filter(name__startswith="La Recyc").exists()
    page.keyboard.press("Tab")
    expect(page.locator("[name=version]")).to_have_value("4")
    page.get_by_label("Résumé").fill("Un lieu")
    expect(page.locator("[name=version]")).to_have_value("5")
    assert action.actors.count() == 1

    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.locator(".page-messages")).to_contain_text("est enregistrée.")
    page.goto(address_of(action))
    expect(page.locator("[data-save-offer]")).to_be_hidden()


def test_what_the_portal_did_not_receive_is_offered_back(page, browse_as):
    world = build_world()
    action = world.next.action
    browse_as(world.users["CRESS editor"])
    page.goto(address_of(action))
    expect(page.locator(".tiptap").first).to_be_visible()
    page.route("**/*", lambda route: route.abort())
    page.get_by_label("Résumé").fill("Un lieu")
    page.locator(".tiptap").first.click()
    page.keyboard.type("Perdu ?")
    expect(page.locator("[data-save-state]")).to_contain_text("Non enregistré : le portail ne répond pas")
    page.wait_for_timeout(300)
    vanish(page)

    page.unroute("**/*")
    page.goto(address_of(action))
    expect(page.get_by_label("Résumé")).to_have_value("")
    page.get_by_role("button", name="Le reprendre").click()
    expect(page.get_by_label("Résumé")).to_have_value("Un lieu")
    expect(page.locator(".tiptap").first).to_have_text("Perdu ?")
    expect(page.locator("[data-save-state]")).to_have_text(SAVED)
    stored = Action.objects.get(pk=action.pk)
    assert (stored.summary, stored.description) == ("Un lieu", "<p>Perdu ?</p>")


def test_two_people_on_one_sheet_lose_nothing(page, browse_as):
    world = build_world()
    action = world.next.action
    browse_as(world.users["CRESS editor"])
    page.goto(address_of(action))
    Action.objects.filter(pk=action.pk).update(title="Titre de l’autre", version=2)
    page.get_by_label("Intitulé (obligatoire)").fill("Mon titre")
    expect(page.locator("[data-save-state]")).to_contain_text("a enregistré cette page pendant que vous écriviez")
    page.get_by_role("button", name="Comparer").click()
    expect(page.get_by_role("group", name="Deux versions : Intitulé")).to_contain_text("Titre de l’autre")
    expect(page.locator("[data-save-offer]")).to_be_hidden()
    assert Action.objects.get(pk=action.pk).title == "Titre de l’autre"
    page.get_by_role("radio", name="Garder ma version").check()
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.locator(".page-messages")).to_contain_text("est enregistrée.")
    assert Action.objects.get(pk=action.pk).title == "Mon titre"


def test_a_portal_that_is_away_is_tried_again(page, browse_as):
    action, _ = a_sheet(page, browse_as)
    page.route("**/actions/**", lambda route: route.fulfill(status=503, body="<h1>En panne</h1>"))
    page.get_by_label("Résumé").fill("Un lieu")
    expect(page.locator("[data-save-state]")).to_contain_text("le portail ne répond pas")
    page.unroute("**/actions/**")
    expect(page.locator("[data-save-state]")).to_have_text(SAVED)
    assert Action.objects.get(pk=action.pk).summary == "Un lieu"


def test_whoever_types_without_a_pause_is_saved_all_the_same(page, browse_as):
    action, _ = a_sheet(page, browse_as)
    page.get_by_label("Résumé").press_sequentially("une phrase sans fin ", delay=150)
    assert Action.objects.get(pk=action.pk).summary.startswith("une phr")


def test_leaving_just_after_a_key_saves_what_was_typed(page, browse_as):
    action, _ = a_sheet(page, browse_as)
    page.get_by_label("Résumé").fill("Un lieu")
    page.get_by_role("link", name="Fermer").click()
    expect(page.locator("h1")).to_have_text(action.edition.roadmap.title)
    page.wait_for_timeout(1000)
    page.goto(address_of(action))
    expect(page.get_by_label("Résumé")).to_have_value("Un lieu")
    expect(page.locator("[data-save-offer]")).to_be_hidden()


def test_a_session_that_ended_is_said_and_what_is_typed_is_saved_once_signed_in_again(page, browse_as, context):
    action, user = a_sheet(page, browse_as)
    context.clear_cookies(name="session")
    page.get_by_label("Résumé").fill("Un lieu")
    expect(page.locator("[data-save-state]")).to_contain_text("Non enregistré : votre session a expiré")
    with context.expect_page() as opened:
        page.get_by_role("link", name="Se connecter (nouvel onglet)").click()
    opened.value.wait_for_load_state()
    assert opened.value.locator("h1").inner_text() == "Se connecter"
    opened.value.close()
    assert Action.objects.get(pk=action.pk).summary == ""

    browse_as(user)
    context.clear_cookies(name="csrf")
    page.get_by_label("Résumé").press_sequentially(" partagé")
    expect(page.locator("[data-save-state]")).to_have_text(SAVED)
    assert Action.objects.get(pk=action.pk).summary == "Un lieu partagé"


def test_what_is_taken_back_writes_over_nobody(page, browse_as):
    action, _ = a_sheet(page, browse_as)
    page.route("**/actions/**", lambda route: route.abort())
    page.get_by_label("Résumé").fill("Un lieu")
    expect(page.locator("[data-save-state]")).to_contain_text("le portail ne répond pas")
    vanish(page)
    page.unroute("**/actions/**")
    Action.objects.filter(pk=action.pk).update(title="Titre de l’autre", version=2)

    page.goto(address_of(action))
    assert axe(page) == []
    page.get_by_role("button", name="Le reprendre").click()
    expect(page.locator("[data-save-state]")).to_contain_text("a enregistré cette page pendant que vous écriviez")
    assert axe(page) == []
    page.get_by_role("button", name="Comparer").click()
    expect(page.locator("form[data-draft]")).to_contain_text("vous n’y aviez pas touché : Intitulé")
    assert axe(page) == []
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.locator(".page-messages")).to_contain_text("est enregistrée.")
    stored = Action.objects.get(pk=action.pk)
    assert (stored.title, stored.summary) == ("Titre de l’autre", "Un lieu")


def test_two_versions_of_a_field_stand_side_by_side_on_any_screen(page, browse_as):
    action, _ = a_sheet(page, browse_as)
    Action.objects.filter(pk=action.pk).update(
        title="Titre de l’autre", description="<p>Une longue description.</p>", version=2
    )
    page.get_by_label("Intitulé (obligatoire)").fill("Mon titre")
    page.locator(".tiptap").first.click()
    page.keyboard.type("Une autre description.")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_role("group", name="Deux versions : ")).to_have_count(2)
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert axe(page) == []
        assert page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0


def test_a_new_sheet_is_kept_in_the_browser_until_it_is_saved(page, browse_as):
    world = build_world()
    browse_as(world.users["CRESS editor"])
    edition = world.next.edition
    address = reverse("part-create", args=[edition.roadmap.slug, edition.number, "horizons"])
    page.goto(address)
    page.get_by_label("Libellé (obligatoire)").fill("D’ici 2030")
    page.goto(address)
    page.get_by_role("button", name="Le reprendre").click()
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.locator(".page-messages")).to_contain_text("est enregistré.")
    page.goto(address)
    expect(page.locator("[data-save-offer]")).to_be_hidden()
    assert Horizon.objects.filter(edition=edition, label="D’ici 2030").count() == 1


def test_a_refused_sheet_is_saved_again_as_one_types(page, browse_as):
    action, _ = a_sheet(page, browse_as)
    start = page.get_by_label("Début")
    start.fill("31/02/2026")
    expect(page.locator("[data-save-state]")).to_contain_text("Non enregistré : Début – ")
    expect(start).to_have_attribute("aria-invalid", "true")
    page.get_by_role("link", name="Aller au champ").click()
    expect(start).to_be_focused()
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.locator("[data-error-summary]")).to_be_visible()
    start.fill("03/2026")
    page.get_by_label("Résumé").fill("Un lieu")
    expect(page.locator("[data-save-state]")).to_have_text(SAVED)
    assert str(Action.objects.get(pk=action.pk).starts_on) == "mars 2026"


def test_two_tabs_of_one_sheet_each_keep_their_own_text(page, context, browse_as):
    action, _ = a_sheet(page, browse_as)
    other = context.new_page()
    other.goto(address_of(action))
    for tab, label, words in ((page, "Résumé", "Premier onglet"), (other, "Public visé", "Second onglet")):
        tab.route("**/*", lambda route: route.abort())
        tab.get_by_label(label).fill(words)
        expect(tab.locator("[data-save-state]")).to_contain_text("le portail ne répond pas")
        tab.wait_for_timeout(300)
        vanish(tab)
    other.close()
    page.unroute("**/*")
    page.goto(address_of(action))
    expect(page.get_by_role("button", name="Le reprendre")).to_have_count(2)
    page.get_by_role("button", name="Le reprendre").first.click()
    expect(page.get_by_label("Public visé")).to_have_value("Second onglet")
    page.get_by_role("button", name="L’oublier").click()
    expect(page.locator("[data-save-state]")).to_have_text(SAVED)
    page.goto(address_of(action))
    expect(page.get_by_role("button", name="Le reprendre")).to_have_count(0)


def test_a_conflict_left_without_a_choice_asks_again(page, browse_as):
    action, _ = a_sheet(page, browse_as)
    Action.objects.filter(pk=action.pk).update(title="Titre de l’autre", version=2)
    page.get_by_label("Intitulé (obligatoire)").fill("Mon titre")
    page.get_by_role("button", name="Comparer").click()
    expect(page.get_by_role("group", name="Deux versions : Intitulé")).to_be_visible()
    expect(page.locator("[data-save-state]")).to_contain_text("Enregistrement automatique suspendu")
    page.get_by_label("Résumé").fill("Une phrase de plus")
    page.wait_for_timeout(400)
    page.goto(address_of(action))
    page.get_by_role("button", name="Le reprendre").click()
    expect(page.locator("[data-save-state]")).to_contain_text("a enregistré cette page pendant que vous écriviez")
    assert Action.objects.get(pk=action.pk).title == "Titre de l’autre"


WORD = """
<html><head><style>p.MsoNormal {margin: 0}</style></head><body lang=FR>
<p class=MsoTitle>Le titre</p><h2>Contexte<o:p></o:p></h2>
<p class=MsoNormal>Un <b>mot</b><o:p>&nbsp;</o:p></p><p>&nbsp;</p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'>
<span style='mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span>Un</p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'>
<span style='mso-list:Ignore'>o<span>&nbsp;</span></span>Un bis</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>Deux</p>
<p class=MsoNormal>Puis</p>
<p class=MsoListParagraph>1.&nbsp;&nbsp; Premier</p><p class=MsoListParagraph>2.&nbsp; Second</p>
<table><tr><td><p>A</p></td><td><table><tr><td>b</td><td>c</td></tr></table></td></tr></table>
<script>alert(1)</script><img src="file:///C:/x.png">
</body></html>
"""


def test_what_is_pasted_from_word_keeps_its_shape(page, browse_as):
    action, _ = a_sheet(page, browse_as)
    page.locator(".tiptap").first.click()
    page.evaluate(
        """html => {
            const data = new DataTransfer();
            data.setData("text/html", html);
            const box = document.querySelector(".tiptap");
            box.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        WORD,
    )
    expect(page.locator("[data-save-state]")).to_have_text(SAVED)
    assert Action.objects.get(pk=action.pk).description == (
        "<h3>Le titre</h3><h4>Contexte</h4><p>Un <strong>mot</strong></p>"
        "<ul><li><p>Un</p><ul><li><p>Un bis</p></li></ul></li><li><p>Deux</p></li></ul><p>Puis</p>"
        '<ol data-type="decimal"><li><p>Premier</p></li><li><p>Second</p></li></ol>'
        '<table tabindex="0"><tbody><tr><td><p>A</p></td><td><p>b – c</p></td></tr></tbody></table>'
    )
