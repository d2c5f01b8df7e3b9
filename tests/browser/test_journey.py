"""What people do first: an agent reads his draft, an officer writes and publishes, everyone reads."""

from playwright.sync_api import expect

from people.accounts import open_account
from people.models import Membership, Role
from tests.browser.conftest import axe
from tests.people.factories import PASSWORD, team_member
from tests.permissions.world import build_world
from tests.roadmaps.factories import EditionFactory
from tests.territories.factories import CollectiviteFactory


def test_an_agent_signs_in_reads_the_draft_of_his_collectivite_and_leaves(page):
    world = build_world()
    title = world.hidden.edition.roadmap.title
    agent = open_account("agent@exemple.test", first_name="Alix", last_name="Robin", password=PASSWORD)
    Membership.objects.create(user=agent, collectivite=world.a, role=Role.READER)

    page.goto("/espace/")
    page.get_by_label("Adresse électronique").fill(agent.email)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter", exact=True).click()
    assert page.locator("h1").inner_text() == "Mon espace"

    page.get_by_role("link", name=title, exact=True).click()
    assert page.locator("h1").inner_text() == title
    draft = page.url

    page.goto("/espace/")
    page.get_by_role("button", name="Se déconnecter").click()
    page.goto(draft)
    assert page.locator("h1").inner_text() == "Cette page n’existe pas"


def test_an_officer_writes_publishes_and_everyone_reads_with_nothing_but_a_keyboard(page, browse_as, context):
    CollectiviteFactory(name="CC du Pays des Essais", display_name="Pays des Essais", slug="pays-des-essais")
    browse_as(team_member(Role.MANAGER))

    page.goto("/espace/feuilles-de-route/nouvelle/")
    page.locator("main").get_by_role("searchbox").press_sequentially("essais")
    page.keyboard.press("Enter")
    page.locator("main").get_by_role("link", name="Pays des Essais").press("Enter")
    page.get_by_label("Titre (obligatoire)").press_sequentially("Feuille de route des Essais")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Feuille de route des Essais")

    page.get_by_role("link", name="Ajouter un objectif").press("Enter")
    page.get_by_label("Intitulé (obligatoire)").press_sequentially("Entreprendre autrement")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Entreprendre autrement")
    line = page.get_by_label("Ajouter ici : action, dans Entreprendre autrement")
    for title in ("Ouvrir un lieu partagé", "Former les élus"):
        line.press_sequentially(title)
        page.keyboard.press("Enter")
        expect(page.get_by_role("navigation", name="Plan").get_by_role("link", name=title)).to_be_visible()
        expect(line).to_be_focused()
    page.get_by_role("link", name="Plan de l’édition 1").press("Enter")
    expect(page.locator("h1")).to_have_text("Feuille de route des Essais")

    page.get_by_role("link", name="Publier").first.press("Enter")
    page.get_by_role("button", name="Publier l’édition 1").press("Enter")
    page.wait_for_url(lambda url: "publier" not in url)

    context.clear_cookies()
    page.goto("/feuilles-de-route/pays-des-essais-feuille-de-route-des-essais/")
    expect(page.locator("h1")).to_have_text("Feuille de route des Essais")
    expect(page.locator("main")).to_contain_text("Ouvrir un lieu partagé")
    pdf = page.request.get("/feuilles-de-route/pays-des-essais-feuille-de-route-des-essais.pdf")
    assert (pdf.status, pdf.body()[:5]) == (200, b"%PDF-")


def test_a_keyboard_alone_builds_three_levels_reorders_and_publishes_them(page, browse_as):
    edition = EditionFactory(level_1_name="Axe", level_2_name="Objectif", level_3_name="Sous-objectif")
    browse_as(team_member(Role.MANAGER))
    page.goto(f"/espace/feuilles-de-route/{edition.roadmap.slug}/")

    def type_in(line, *titles):
        page.get_by_label(line, exact=True).focus()
        for title in titles:
            page.keyboard.type(title)
            page.keyboard.press("Enter")
            expect(page.locator(".plan-row > a", has_text=title)).to_be_visible()
            expect(page.get_by_label(line, exact=True)).to_be_focused()

    type_in("Ajouter ici : Axe", "Coopérer", "Financer")
    type_in("Ajouter ici : Objectif, dans Coopérer", "Mutualiser")
    type_in("Ajouter ici : Sous-objectif, dans Mutualiser", "Partager des lieux")
    type_in("Ajouter ici : action, dans Partager des lieux", "Ouvrir un lieu", "Former les élus")

    page.get_by_role("button", name="Monter : Former les élus").press("Enter")
    expect(page.locator(".plan-actions a").first).to_contain_text("Former les élus")
    page.get_by_role("button", name="Descendre : Coopérer").press("Enter")
    expect(page.locator(".plan-objective a").first).to_contain_text("Financer")
    expect(page.get_by_role("button", name="Descendre : Coopérer")).to_be_focused()
    assert axe(page) == []

    page.get_by_role("link", name="Publier").first.press("Enter")
    page.get_by_role("button", name="Publier l’édition 1").press("Enter")
    page.wait_for_url(lambda url: "publier" not in url)
    page.goto(f"/feuilles-de-route/{edition.roadmap.slug}/")
    read = page.locator("main").inner_text()
    order = ["Financer", "Coopérer", "Mutualiser", "Partager des lieux", "Former les élus", "Ouvrir un lieu"]
    assert sorted(order, key=read.rindex) == order
