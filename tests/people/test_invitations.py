import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from people import invitations
from people.invitations import ALREADY_MEMBER, NO_LONGER_OPEN
from people.models import Invitation, Role, User
from tests.html_client import ReadingClient
from tests.people.factories import PASSWORD, InvitationFactory, UserFactory, member, team_member
from tests.territories.factories import CollectiviteFactory

pytestmark = pytest.mark.django_db

SENT = datetime(2026, 3, 2, 9, tzinfo=UTC)
NEWCOMER = {"first_name": "Elsa", "last_name": "Martin", "password": PASSWORD}


def invited(email="elsa@exemple.test", role=Role.READER, collectivite=None):
    """Invite someone, and give the invitation and the address of its link."""
    invitation = Invitation(email=email, role=role, collectivite=collectivite)
    token = invitations.invite(invitation, by=team_member(Role.MANAGER))
    return invitation, reverse("invitation-accept", args=[token])


def test_only_the_fingerprint_of_a_link_is_kept():
    invitation, url = invited()

    assert invitation.token_hash not in url
    assert re.fullmatch("[0-9a-f]{64}", invitation.token_hash)


def test_a_newcomer_opens_an_account_with_the_role_offered(client):
    collectivite = CollectiviteFactory()
    invitation, url = invited(collectivite=collectivite)

    assert "Ouvrir votre compte" in client.get(url).text
    response = client.post(url, NEWCOMER)

    assert response["Location"] == reverse("desk")
    user = User.objects.get(email="elsa@exemple.test")
    assert (user.get_full_name(), user.check_password(PASSWORD)) == ("Elsa Martin", True)
    assert list(user.memberships.values_list("collectivite", "role")) == [(collectivite.pk, Role.READER)]
    assert client.session["_auth_user_id"] == str(user.pk)
    invitation.refresh_from_db()
    assert invitation.accepted_at


def test_a_link_serves_once(client):
    _, url = invited()
    client.post(url, NEWCOMER)

    response = ReadingClient().post(url, NEWCOMER | {"password": "une-autre-phrase-longue"})

    assert response.status_code == 410
    assert "Cette invitation a déjà servi" in response.text
    assert User.objects.get(email="elsa@exemple.test").check_password(PASSWORD)


@pytest.mark.parametrize(("days", "status"), [(13, 200), (15, 410)])
def test_a_link_lives_fourteen_days(client, days, status):
    with time_machine.travel(SENT, tick=False):
        _, url = invited()

    with time_machine.travel(SENT + timedelta(days=days), tick=False):
        assert client.get(url).status_code == status


def test_a_link_dies_at_its_very_instant(client):
    with time_machine.travel(SENT, tick=False):
        invitation, url = invited()

    with time_machine.travel(SENT + timedelta(days=14), tick=False):
        response = client.get(url)
        with pytest.raises(ValidationError, match=NO_LONGER_OPEN):
            invitations.accept_as_newcomer(invitation, **NEWCOMER)

    assert response.status_code == 410
    assert "Elle était valable jusqu’au 16 mars 2026" in response.text
    assert not User.objects.filter(email="elsa@exemple.test").exists()


def test_a_revoked_link_answers_as_an_unknown_one(client):
    invitation, url = invited()
    invitation.delete()

    revoked, unknown = client.get(url), client.get(reverse("invitation-accept", args=["inconnu"]))

    assert (revoked.status_code, unknown.status_code) == (404, 404)
    assert revoked.text == unknown.text
    assert "Cette invitation est introuvable" in revoked.text


def test_sending_again_kills_the_link_sent_before(client):
    invitation, url = invited()

    token = invitations.renew(invitation)

    assert client.get(url).status_code == 404
    assert client.get(reverse("invitation-accept", args=[token])).status_code == 200


def test_whoever_has_an_account_signs_in_then_accepts(client, client_for):
    user = UserFactory(email="elsa@exemple.test")
    _, url = invited()

    assert f"{reverse('account_login')}?next={url}" in client.get(url).text
    client = client_for(user)
    assert "Accepter" in client.get(url).text
    client.post(url)

    assert list(user.memberships.values_list("collectivite", "role")) == [(None, Role.READER)]


def test_an_invitation_is_not_for_another_account(client_for):
    other = UserFactory(email="autre@exemple.test")
    invitation, url = invited()
    client = client_for(other)

    assert "Cette invitation est adressée à elsa@exemple.test" in client.get(url).text
    client.post(url, NEWCOMER)
    with pytest.raises(ValidationError):
        invitations.accept(invitation, other)

    assert not other.memberships.exists()
    assert Invitation.objects.pending().count() == 1


def test_a_member_is_not_invited_where_he_is():
    collectivite = CollectiviteFactory()
    user = member(collectivite)

    with pytest.raises(ValidationError) as refusal:
        invited(email=user.email.upper(), collectivite=collectivite)

    assert refusal.value.message_dict == {"email": [ALREADY_MEMBER]}


@pytest.mark.parametrize("in_team", [True, False])
def test_an_address_has_one_pending_invitation_to_a_place(in_team):
    collectivite = None if in_team else CollectiviteFactory()
    invited(collectivite=collectivite)

    with pytest.raises(ValidationError, match="déjà une invitation en attente"):
        invited(collectivite=collectivite)
    with pytest.raises(IntegrityError), transaction.atomic():
        InvitationFactory(email="elsa@exemple.test", role=Role.READER, collectivite=collectivite)


def test_a_collectivite_is_not_invited_to_write():
    with pytest.raises(ValidationError, match="Seule l’équipe de la CRESS"):
        invited(role=Role.EDITOR, collectivite=CollectiviteFactory())
    with pytest.raises(IntegrityError), transaction.atomic():
        InvitationFactory(role=Role.EDITOR, collectivite=CollectiviteFactory())


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("password", "court", "Ce mot de passe est trop court"),
        ("password", "elsa-martin-elsa", "trop semblable"),
        ("first_name", "El\x00sa", "caractère"),
        ("last_name", "a" * 500, "150"),
        ("first_name", "", "obligatoire"),
    ],
)
def test_a_newcomer_is_told_what_is_wrong(client, field, value, error):
    _, url = invited()
    mistaken = NEWCOMER | {"last_name": "Elsa-Martin", field: value} if value == "elsa-martin-elsa" else NEWCOMER

    response = client.post(url, mistaken | {field: value})

    assert response.status_code == 200
    assert error in response.text
    assert not User.objects.filter(email="elsa@exemple.test").exists()


@pytest.mark.parametrize("name", ["🌍 Zoé", "مرحبا", "<script>alert(1)</script>"])
def test_any_name_is_written_as_it_was_typed(client, name):
    _, url = invited(collectivite=CollectiviteFactory())

    client.post(url, NEWCOMER | {"first_name": name})

    user = User.objects.get(email="elsa@exemple.test")
    assert user.first_name == name
    assert "<script>alert" not in client.get(reverse("account")).text


def test_the_manager_invites_into_a_collectivite_by_its_name(client_for):
    manager = team_member(Role.MANAGER)
    collectivite = CollectiviteFactory(name="Métropole de l’Île")

    response = client_for(manager).post(
        reverse("invitation-create"),
        {"email": "Elsa@exemple.test", "scope": "collectivite", "collectivite": "metropole de l'ile", "role": "2"},
    )

    assert response["Location"] == reverse("user-list")
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.collectivite, invitation.role, invitation.invited_by) == (
        "elsa@exemple.test",
        collectivite,
        Role.CONTRIBUTOR,
        manager,
    )
    [message] = mail.outbox
    assert message.to == ["elsa@exemple.test"]
    assert message.subject == "Votre invitation – Portail ESS des Pays de la Loire"
    assert "Métropole de l’Île, rôle «\u00a0Contribution\u00a0»" in message.body
    token = re.search(r"/compte/invitation/([\w-]+)/", message.body)[1]
    assert invitations.find(token) == invitation


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ({"scope": ""}, "obligatoire"),
        ({"collectivite": ""}, "Indiquez la collectivité."),
        ({"collectivite": "Atlantide"}, "Aucune collectivité ne porte ce nom"),
        ({"collectivite": "Ville"}, "Plusieurs collectivités répondent à ce nom"),
        ({"role": "3"}, "Seule l’équipe de la CRESS rédige et publie"),
        ({"email": "elsa"}, "adresse"),
        ({"email": "elsa@exemple.test\x00"}, "caractère"),
    ],
)
def test_the_manager_is_told_what_is_wrong(client_for, answers, error):
    CollectiviteFactory(name="Ville du Nord")
    CollectiviteFactory(name="Ville du Sud")
    right = {"email": "elsa@exemple.test", "scope": "collectivite", "collectivite": "Ville du Nord", "role": "1"}

    response = client_for(team_member(Role.MANAGER)).post(reverse("invitation-create"), right | answers)

    assert response.status_code == 200
    assert error in response.text
    assert not Invitation.objects.exists()
    assert not mail.outbox


def test_the_manager_sends_again_and_revokes(client_for):
    invitation, url = invited()
    client = client_for(team_member(Role.MANAGER))

    client.post(reverse("invitation-resend", args=[invitation.pk]))
    assert [message.to for message in mail.outbox] == [["elsa@exemple.test"]]
    assert client.get(url).status_code == 404

    client.post(reverse("invitation-revoke", args=[invitation.pk]))
    assert not Invitation.objects.exists()


def test_a_mail_that_does_not_leave_is_told(client_for, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1  # nobody listens there
    client = client_for(team_member(Role.MANAGER))

    response = client.post(
        reverse("invitation-create"), {"email": "elsa@exemple.test", "scope": "team", "role": "1"}, follow=True
    )

    assert "le courriel n’est pas parti" in response.text
    assert Invitation.objects.count() == 1
