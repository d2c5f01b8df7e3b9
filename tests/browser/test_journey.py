"""What the people of a collectivité do first."""

from people.accounts import open_account
from people.models import Membership, Role
from tests.people.factories import PASSWORD
from tests.permissions.world import build_world


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
