import pytest
from django.urls import reverse

from people.memberships import LAST_MANAGER
from people.models import Invitation, Membership, Role, User
from tests.people.factories import InvitationFactory, MembershipFactory, UserFactory, member, team_member
from tests.territories.factories import CollectiviteFactory

pytestmark = pytest.mark.django_db

PAGES = ["user-list", "invitation-create"]
PAGES_OF_ONE = ["user-detail", "membership-edit"]
GESTURES = [
    "user-deactivate",
    "user-reactivate",
    "membership-withdraw",
    "invitation-resend",
    "invitation-revoke",
]


@pytest.fixture
def manager():
    return team_member(Role.MANAGER)


def administrator():
    """A superuser without any role."""
    user = team_member(Role.READER)
    user.memberships.all().delete()
    user.is_superuser = user.is_staff = True
    user.save()
    return user


@pytest.mark.parametrize(
    "make_user",
    [
        UserFactory,
        administrator,
        lambda: member(CollectiviteFactory(), Role.CONTRIBUTOR),
        lambda: team_member(Role.READER),
        lambda: team_member(Role.EDITOR),
    ],
)
def test_none_but_a_manager_manages_users(client_for, make_user):
    client = client_for(make_user())

    answers = {name: client.get(reverse(name)).status_code for name in PAGES}
    answers |= {name: client.get(reverse(name, args=[1])).status_code for name in PAGES_OF_ONE}
    answers |= {name: client.post(reverse(name, args=[1])).status_code for name in GESTURES}

    assert answers == dict.fromkeys([*PAGES, *PAGES_OF_ONE, *GESTURES], 403)


def test_a_visitor_is_asked_to_sign_in(client):
    for name in PAGES:
        assert client.get(reverse(name))["Location"] == f"{reverse('account_login')}?next={reverse(name)}"
    for name in GESTURES:
        assert client.post(reverse(name, args=[1])).status_code == 302


def test_a_gesture_is_never_a_link(client_for, manager):
    client = client_for(manager)

    assert {client.get(reverse(name, args=[1])).status_code for name in GESTURES} == {405}


def test_what_does_not_exist_is_not_found(client_for, manager):
    client = client_for(manager)

    assert {client.get(reverse(name, args=[0])).status_code for name in PAGES_OF_ONE} == {404}
    assert {client.post(reverse(name, args=[0])).status_code for name in GESTURES} == {404}


@pytest.mark.parametrize("size", [1, 3, 40])
def test_the_list_asks_as_much_of_the_database_whatever_its_length(
    client_for, manager, django_assert_num_queries, size
):
    for collectivite in CollectiviteFactory.create_batch(size):
        member(collectivite)
        InvitationFactory(collectivite=collectivite, role=Role.READER)
    client = client_for(manager)

    with django_assert_num_queries(9):
        response = client.get(reverse("user-list"))

    assert response.text.count('<th scope="row">') > size


def test_the_list_shows_users_roles_and_invitations(client_for, manager):
    collectivite = CollectiviteFactory(name="Métropole <b>")
    MembershipFactory(user__last_name="<script>alert(1)</script>", collectivite=collectivite, role=Role.CONTRIBUTOR)
    InvitationFactory(email="elsa@exemple.test")

    page = client_for(manager).get(reverse("user-list")).text

    assert "Métropole &lt;b&gt;\u00a0: Contribution" in page.replace("&nbsp;", "\u00a0")
    assert "elsa@exemple.test" in page
    assert "Expirée" in page
    assert "<script>alert" not in page


def test_the_manager_changes_a_role(client_for, manager):
    membership = MembershipFactory(role=Role.READER)

    response = client_for(manager).post(reverse("membership-edit", args=[membership.pk]), {"role": "3"})

    assert response["Location"] == reverse("user-detail", args=[membership.user_id])
    membership.refresh_from_db()
    assert membership.role == Role.EDITOR


def test_the_form_offers_no_role_above_a_collectivite(client_for, manager):
    membership = MembershipFactory(role=Role.READER, collectivite=CollectiviteFactory())
    url = reverse("membership-edit", args=[membership.pk])
    client = client_for(manager)

    assert [value for value, _ in client.get(url).context["form"]["role"].field.choices] == [1, 2]
    assert client.post(url, {"role": "3"}).status_code == 200
    membership.refresh_from_db()
    assert membership.role == Role.READER


def test_the_last_manager_is_told_why_he_stays(client_for, manager):
    membership = manager.memberships.get()
    client = client_for(manager)

    pages = [
        client.post(reverse("membership-edit", args=[membership.pk]), {"role": "1"}),
        client.post(reverse("membership-withdraw", args=[membership.pk]), follow=True),
        client.post(reverse("user-deactivate", args=[manager.pk]), follow=True),
    ]

    assert [LAST_MANAGER in page.text for page in pages] == [True] * 3
    assert Membership.objects.get().role == Role.MANAGER
    assert User.objects.get().is_active


def test_the_manager_withdraws_a_role(client_for, manager):
    membership = MembershipFactory(collectivite=CollectiviteFactory())

    client_for(manager).post(reverse("membership-withdraw", args=[membership.pk]))

    assert list(Membership.objects.values_list("user", flat=True)) == [manager.pk]


def test_the_manager_deactivates_and_reactivates(client_for, manager):
    user = member(CollectiviteFactory())
    client = client_for(manager)

    client.post(reverse("user-deactivate", args=[user.pk]))
    user.refresh_from_db()
    assert not user.is_active
    assert "Réactiver le compte" in client.get(reverse("user-detail", args=[user.pk])).text

    client.post(reverse("user-reactivate", args=[user.pk]))
    user.refresh_from_db()
    assert user.is_active


def test_an_accepted_invitation_is_neither_sent_again_nor_revoked(client_for, manager):
    invitation = InvitationFactory()
    Invitation.objects.update(accepted_at=invitation.sent_at)
    client = client_for(manager)

    for name in ("invitation-resend", "invitation-revoke"):
        assert client.post(reverse(name, args=[invitation.pk])).status_code == 404
    assert Invitation.objects.count() == 1
