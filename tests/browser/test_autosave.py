"""What one types is saved as one types, and never lost: nor when the portal is away, nor when two people write."""

import re

from django.urls import reverse
from playwright.sync_api import expect

from people.models import Organisation
from roadmaps.models import Action
from tests.permissions.world import build_world

SAVED = re.compile(r"Enregistré à \d+ h \d\d")


def address_of(action):
    edition = action.edition
    return reverse("part-edit", args=[edition.roadmap.slug, edition.number, "actions", action.uid])


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
    expect(page.locator(".page-messages")).to_contain_text("est enregistrée")
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
    expect(page.locator(".page-messages")).to_contain_text("est enregistrée")
    assert Action.objects.get(pk=action.pk).title == "Mon titre"
