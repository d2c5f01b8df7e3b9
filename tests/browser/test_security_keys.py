"""A security key works in a real browser, under the policy of scripts that the portal really sends."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from playwright.sync_api import Page

from people.accounts import open_account
from tests.people.factories import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(settings, page: Page) -> Page:
    """A page of Chromium to which a security key is plugged."""
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # the server of the tests speaks plain HTTP
    keys = page.context.new_cdp_session(page)
    keys.send("WebAuthn.enable")
    keys.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    return page


def test_a_key_is_added_then_signs_in_alone(live_server, page):
    elsa = open_account("elsa@exemple.test", first_name="Elsa", last_name="Martin", password=PASSWORD)
    page.goto(live_server.url + reverse("account_login"))
    page.get_by_label("Adresse électronique").fill(elsa.email)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()

    page.goto(live_server.url + reverse("mfa_add_webauthn"))
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Confirmer").click()
    page.get_by_label("Nom de la clé").fill("Mon téléphone")
    page.get_by_label("Se connecter avec cette clé seule").check()
    page.get_by_role("button", name="Enregistrer la clé").click()
    page.get_by_role("heading", name="Vos codes de secours").wait_for()
    key = Authenticator.objects.get(user=elsa, type=Authenticator.Type.WEBAUTHN)
    assert (key.wrap().name, key.wrap().is_passwordless) == ("Mon téléphone", True)

    page.get_by_role("button", name="Se déconnecter").click()
    page.goto(live_server.url + reverse("account_login"))
    page.get_by_role("button", name="Utiliser une clé d’accès").click()
    page.get_by_role("link", name="Elsa Martin").wait_for()
