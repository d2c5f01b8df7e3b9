"""Every page of accounts is looked at once, as its reader sees it: the client refuses a faulty one."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core import mail
from django.urls import reverse

from people.accounts import open_account
from tests.people.factories import PASSWORD, add_second_factor

pytestmark = pytest.mark.django_db


@pytest.fixture
def elsa():
    return open_account("elsa@exemple.test", first_name="Elsa", last_name="Martin", password=PASSWORD)


@pytest.fixture
def client(client, elsa):
    """Elsa, who has just signed in."""
    client.post(reverse("account_login"), {"login": elsa.email, "password": PASSWORD})
    return client


def confirm(client, name, *args):
    """Open a page that first asks who one is."""
    response = client.get(reverse(name, args=args))
    if response.status_code == 302:
        response = client.post(response["Location"], {"password": PASSWORD}, follow=True)
    return response


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("account", "Mon compte"),
        ("account_change_password", "Changer de mot de passe"),
        ("account_email", "Changer d’adresse électronique"),
        ("account_inactive", "Ce compte est désactivé"),
        ("account_logout", "Se déconnecter"),
        ("account_password_reset_completed", "Votre mot de passe est enregistré"),
        ("account_reauthenticate", "Confirmez que c’est bien vous"),
        ("account_reset_password", "Choisir un nouveau mot de passe"),
        ("mfa_index", "Double authentification"),
        ("mfa_list_webauthn", "Vos clés de sécurité"),
        ("usersessions_list", "Vos sessions ouvertes"),
        ("mfa_activate_totp", "Ajouter une application d’authentification"),
        ("mfa_add_webauthn", "Ajouter une clé de sécurité"),
    ],
)
def test_a_page_of_ones_account(client, name, heading):
    assert f"<h1>{heading}" in confirm(client, name).text


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("mfa_index", "Double authentification"),
        ("mfa_deactivate_totp", "Retirer l’application d’authentification"),
        ("mfa_view_recovery_codes", "Vos codes de secours"),
        ("mfa_generate_recovery_codes", "Créer de nouveaux codes de secours"),
        ("mfa_reauthenticate", "Confirmez que c’est bien vous"),
    ],
)
def test_a_page_of_the_second_factor(client, elsa, name, heading):
    add_second_factor(elsa)
    RecoveryCodes.activate(elsa)

    assert f"<h1>{heading}" in confirm(client, name).text


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("mfa_list_webauthn", "Vos clés de sécurité"),
        ("mfa_edit_webauthn", "Renommer une clé de sécurité"),
        ("mfa_remove_webauthn", "Retirer cette clé de sécurité"),
    ],
)
def test_a_page_of_security_keys(client, elsa, name, heading):
    key = Authenticator.objects.create(
        user=elsa, type=Authenticator.Type.WEBAUTHN, data={"name": "Ma <clé>", "credential": {}}
    )

    arguments = [] if name == "mfa_list_webauthn" else [key.pk]

    assert f"<h1>{heading}" in confirm(client, name, *arguments).text


def test_recovery_codes_are_downloaded(client, elsa):
    add_second_factor(elsa)
    codes = RecoveryCodes.activate(elsa).get_unused_codes()

    response = confirm(client, "mfa_download_recovery_codes")

    assert response.text.split() == codes
    assert response["Content-Type"].startswith("text/plain")


def test_one_corrects_ones_name(client, elsa):
    client.post(reverse("account"), {"first_name": "Élsa", "last_name": "Martin"})

    elsa.refresh_from_db()
    assert elsa.first_name == "Élsa"


def test_one_changes_address_after_its_verification(client, elsa):
    confirm(client, "account_email")
    response = client.post(reverse("account_email"), {"email": "Elsa.Martin@exemple.test", "action_add": ""})
    assert response["Location"] == reverse("account_email_verification_sent")
    assert "elsa.martin@exemple.test" in client.get(response["Location"]).text
    elsa.refresh_from_db()
    assert elsa.email == "elsa@exemple.test"

    code = mail.outbox[-1].body.split("\n\n")[2]
    client.post(reverse("account_email_verification_sent"), {"code": code})

    elsa.refresh_from_db()
    assert elsa.email == "elsa.martin@exemple.test"


def test_one_changes_password(client, elsa):
    new = "une-toute-autre-phrase"

    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})

    elsa.refresh_from_db()
    assert elsa.check_password(new)


def test_an_account_without_password_gets_one(client_for):
    user = open_account("sans@exemple.test", first_name="Sans", last_name="Clef")
    client = client_for(user)
    assert client.get(reverse("account_change_password"))["Location"] == reverse("account_set_password")
    assert "<h1>Choisir un mot de passe" in client.get(reverse("account_set_password")).text

    client.post(reverse("account_set_password"), {"password1": PASSWORD, "password2": PASSWORD})

    user.refresh_from_db()
    assert user.check_password(PASSWORD)
