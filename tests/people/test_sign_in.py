import re

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.urls import reverse

from people.accounts import open_account
from people.models import Role, User
from tests.html_client import ReadingClient
from tests.people.factories import PASSWORD, MembershipFactory, add_second_factor, member, team_member
from tests.territories.factories import CollectiviteFactory

pytestmark = pytest.mark.django_db

EMAIL = "elsa@exemple.test"


@pytest.fixture
def elsa():
    """Someone who can sign in, without any role."""
    return open_account(EMAIL, first_name="Elsa", last_name="Martin", password=PASSWORD)


def code_of_the_application(secret):
    """Give what an application of codes shows at this instant."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def code_in_the_mail():
    """Give the code of the only message sent."""
    [message] = mail.outbox
    return re.search(r"\n\n([A-Z0-9-]+)\n\n", message.body)[1]


def signed_in(client):
    """Give the user of the session, if any."""
    return User.objects.filter(pk=client.session.get("_auth_user_id")).first()


def test_signing_in_by_password_leads_to_the_desk(client, elsa):
    response = client.post(reverse("account_login"), {"login": "Elsa@Exemple.test", "password": PASSWORD})

    assert response["Location"] == reverse("desk")
    assert signed_in(client) == elsa


def test_signing_in_goes_on_to_the_page_that_was_asked(client, elsa):
    asked = reverse("account")

    response = client.get(asked)
    assert response["Location"] == f"{reverse('account_login')}?next={asked}"

    response = client.post(response["Location"], {"login": EMAIL, "password": PASSWORD})
    assert response["Location"] == asked


def test_signing_in_never_leads_to_another_site(client, elsa):
    url = reverse("account_login") + "?next=https://ailleurs.example/"

    assert client.post(url, {"login": EMAIL, "password": PASSWORD})["Location"] == reverse("desk")


def test_signing_in_by_mailed_code(client, elsa):
    response = client.post(reverse("account_request_login_code"), {"email": EMAIL})
    assert response["Location"] == reverse("account_confirm_login_code")
    assert mail.outbox[0].subject == "Votre code de connexion – Portail ESS des Pays de la Loire"

    response = client.post(reverse("account_confirm_login_code"), {"code": code_in_the_mail()})

    assert response["Location"] == reverse("desk")
    assert signed_in(client) == elsa


def test_a_wrong_code_opens_nothing(client, elsa):
    client.post(reverse("account_request_login_code"), {"email": EMAIL})

    response = client.post(reverse("account_confirm_login_code"), {"code": "FAUX-CODE"})

    assert "Ce code est incorrect ou n’est plus valable." in response.text
    assert signed_in(client) is None


def test_a_code_is_forgotten_after_three_wrong_ones(client, elsa):
    client.post(reverse("account_request_login_code"), {"email": EMAIL})
    for _ in range(3):
        response = client.post(reverse("account_confirm_login_code"), {"code": "FAUX-CODE"})

    assert response["Location"] == reverse("account_request_login_code")
    client.post(reverse("account_confirm_login_code"), {"code": code_in_the_mail()})
    assert signed_in(client) is None


@pytest.mark.parametrize(
    ("asking", "answer"),
    [
        ("account_request_login_code", "account_confirm_login_code"),
        ("account_reset_password", "account_confirm_password_reset_code"),
    ],
)
def test_asking_for_a_code_does_not_tell_who_has_an_account(elsa, asking, answer):
    pages = []
    for email in (EMAIL, "personne@exemple.test"):
        client = ReadingClient()
        response = client.post(reverse(asking), {"email": email})
        assert response["Location"] == reverse(answer)
        page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", client.get(reverse(answer)).text)
        pages.append(page.replace(email, ""))

    assert pages[0] == pages[1]


def test_a_wrong_address_and_a_wrong_password_get_the_same_answer(client, elsa):
    errors = []
    for credentials in ((EMAIL, "faux"), ("personne@exemple.test", "faux")):
        response = client.post(reverse("account_login"), dict(zip(("login", "password"), credentials, strict=True)))
        errors.append(response.context["form"].errors)

    assert errors == [{"__all__": ["L’adresse électronique ou le mot de passe est incorrect."]}] * 2


def test_an_unknown_address_is_told_by_mail_how_accounts_open(client, db):
    client.post(reverse("account_request_login_code"), {"email": "personne@exemple.test"})

    [message] = mail.outbox
    assert message.to == ["personne@exemple.test"]
    assert "Aucun compte n’existe à cette adresse" in message.body


def test_a_key_without_javascript_is_told_another_way(client, db):
    page = client.post(reverse("mfa_login_webauthn"), follow=True).text

    assert "Aucune clé n’a été lue" in page


def test_nobody_signs_up(client, db):
    page = client.get(reverse("account_signup"))
    client.post(reverse("account_signup"), {"email": EMAIL, "password1": PASSWORD})

    assert "Les comptes s’ouvrent sur invitation" in page.text
    assert not User.objects.exists()


def test_a_deactivated_account_does_not_sign_in(client, elsa):
    elsa.is_active = False
    elsa.save()

    client.post(reverse("account_login"), {"login": EMAIL, "password": PASSWORD})
    assert signed_in(client) is None


def test_deactivating_closes_the_open_sessions(client_for, elsa):
    client = client_for(elsa)
    elsa.is_active = False
    elsa.save()

    assert client.get(reverse("account")).status_code == 302


def test_choosing_a_new_password_by_mailed_code(client, elsa):
    client.post(reverse("account_reset_password"), {"email": EMAIL})
    client.post(reverse("account_confirm_password_reset_code"), {"code": code_in_the_mail()})
    new = {"password1": "une-toute-autre-phrase", "password2": "une-toute-autre-phrase"}

    response = client.post(reverse("account_complete_password_reset"), new)

    assert response["Location"] == reverse("account_password_reset_completed")
    elsa.refresh_from_db()
    assert elsa.check_password("une-toute-autre-phrase")
    assert [message.subject.partition(" – ")[0] for message in mail.outbox] == [
        "Votre code pour choisir un mot de passe",
        "Votre mot de passe a changé",
    ]


def test_guessing_a_password_is_slowed_down(client, elsa):
    for _ in range(5):
        client.post(reverse("account_login"), {"login": EMAIL, "password": "faux"})

    response = client.post(reverse("account_login"), {"login": EMAIL, "password": PASSWORD})

    assert "Trop d’essais infructueux" in response.text
    assert signed_in(client) is None


def test_too_many_demands_get_a_french_page(client, db):
    for _ in range(31):
        response = client.post(reverse("account_login"), {"login": "x", "password": "x"})

    assert response.status_code == 429
    assert "Trop de demandes" in response.text


@pytest.mark.parametrize("typed", ["a\x00b", "🌍", "مرحبا", "a" * 500, "<script>alert(1)</script>"])
@pytest.mark.parametrize("name", ["account_login", "account_request_login_code", "account_reset_password"])
def test_hostile_input_gets_a_clear_answer(client, db, name, typed):
    response = client.post(reverse(name), {"login": f"{typed}@x.fr", "email": typed, "password": typed})

    assert response.status_code == 200
    assert "Cet envoi n’est pas enregistré" in response.text
    assert "<script>alert" not in response.text


def test_a_second_factor_is_asked_at_sign_in(client, elsa):
    secret = add_second_factor(elsa)

    response = client.post(reverse("account_login"), {"login": EMAIL, "password": PASSWORD})
    assert response["Location"] == reverse("mfa_authenticate")
    assert signed_in(client) is None

    response = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "Ce code est incorrect" in response.text

    client.post(reverse("mfa_authenticate"), {"code": code_of_the_application(secret)})
    assert signed_in(client) == elsa


def test_a_second_factor_is_asked_after_a_mailed_code(client, elsa):
    add_second_factor(elsa)
    client.post(reverse("account_request_login_code"), {"email": EMAIL})

    response = client.post(reverse("account_confirm_login_code"), {"code": code_in_the_mail()})

    assert response["Location"] == reverse("mfa_authenticate")


def test_a_recovery_code_serves_once(elsa):
    add_second_factor(elsa)
    code = RecoveryCodes.activate(elsa).get_unused_codes()[0]

    for expected in (elsa, None):
        client = ReadingClient()
        client.post(reverse("account_login"), {"login": EMAIL, "password": PASSWORD})
        client.post(reverse("mfa_authenticate"), {"code": code})
        assert signed_in(client) == expected


@pytest.mark.parametrize("url", ["/espace/utilisateurs/", "/espace/", "/admin/"])
def test_the_team_sets_up_a_second_factor_before_anything_else(client_for, url):
    client = client_for(team_member(Role.READER, has_second_factor=False))

    response = client.get(url, follow=True)

    assert response.redirect_chain == [(reverse("mfa_index"), 302)]
    assert "ajoutez une double authentification" in response.text


def test_an_administrator_sets_up_a_second_factor(client_for):
    client = client_for(User.objects.create_superuser("admin@exemple.test", PASSWORD))

    assert client.get("/admin/")["Location"] == reverse("mfa_index")


def test_a_collectivite_needs_no_second_factor(client_for):
    assert client_for(member(CollectiviteFactory())).get(reverse("desk")).status_code == 200


def test_the_demonstration_needs_no_second_factor(client_for, settings):
    settings.DEMO = True

    client = client_for(team_member(Role.MANAGER, has_second_factor=False))
    assert client.get(reverse("user-list")).status_code == 200


def test_setting_up_an_application_opens_the_space(client, elsa):
    MembershipFactory(user=elsa, role=Role.MANAGER)
    client.post(reverse("account_login"), {"login": EMAIL, "password": PASSWORD})
    assert client.get(reverse("user-list"))["Location"] == reverse("mfa_index")

    page = client.get(reverse("mfa_activate_totp"))
    if page.status_code == 302:
        page = client.post(page["Location"], {"password": PASSWORD}, follow=True)
    response = client.post(reverse("mfa_activate_totp"), {"code": code_of_the_application(page.context["form"].secret)})

    assert response["Location"] == reverse("mfa_view_recovery_codes")
    assert len(client.get(response["Location"]).context["unused_codes"]) == 10
    assert client.get(reverse("user-list")).status_code == 200


def test_the_admin_signs_in_by_our_page(client, client_for, db):
    assert client.get("/admin/")["Location"] == "/admin/login/?next=/admin/"
    assert client.get("/admin/login/?next=/admin/")["Location"] == f"{reverse('account_login')}?next=%2Fadmin%2F"
    assert client_for(team_member(Role.MANAGER)).get("/admin/", follow=True).status_code == 403
