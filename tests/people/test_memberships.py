import pytest
from django.core.exceptions import ValidationError

from people import accounts, memberships
from people.memberships import LAST_MANAGER
from people.models import Membership, Role, User
from tests.people.factories import UserFactory, team_member
from tests.territories.factories import CollectiviteFactory

pytestmark = pytest.mark.django_db


def test_granting_keeps_a_higher_role():
    user = team_member(Role.MANAGER)

    memberships.grant(user, None, Role.READER)

    assert list(user.memberships.values_list("collectivite", "role")) == [(None, Role.MANAGER)]


def test_granting_a_collectivite_the_right_to_write_is_refused():
    user = UserFactory()

    with pytest.raises(ValidationError, match="Seule l’équipe de la CRESS rédige et publie"):
        memberships.grant(user, CollectiviteFactory(), Role.EDITOR)

    assert not Membership.objects.exists()


@pytest.mark.parametrize(
    "gesture",
    [
        lambda manager: memberships.change_role(manager.memberships.get(), Role.EDITOR),
        lambda manager: memberships.withdraw(manager.memberships.get()),
        accounts.deactivate,
    ],
)
def test_the_last_manager_stays(gesture):
    manager = team_member(Role.MANAGER)
    team_member(Role.EDITOR)

    with pytest.raises(ValidationError, match="au moins une personne active"):
        gesture(manager)

    manager.refresh_from_db()
    assert manager.is_active
    assert list(manager.memberships.values_list("role", flat=True)) == [Role.MANAGER]


def test_a_deactivated_manager_does_not_count():
    manager, other = team_member(Role.MANAGER), team_member(Role.MANAGER)
    accounts.deactivate(other)

    with pytest.raises(ValidationError) as refusal:
        accounts.deactivate(manager)

    assert refusal.value.messages == [LAST_MANAGER]


def test_a_manager_may_go_when_another_stays():
    manager, _ = team_member(Role.MANAGER), team_member(Role.MANAGER)

    memberships.change_role(manager.memberships.get(), Role.READER)

    assert manager.memberships.get().role == Role.READER


def test_an_account_that_is_opened_can_sign_in_by_its_address():
    user = accounts.open_account("Elsa@Exemple.test", first_name="Elsa", last_name="Martin")

    assert user.email == "elsa@exemple.test"
    assert list(user.emailaddress_set.values_list("email", "verified", "primary")) == [(user.email, True, True)]
    assert not user.has_usable_password()


def test_an_account_is_not_opened_twice():
    UserFactory(email="elsa@exemple.test")

    with pytest.raises(ValidationError):
        accounts.open_account("Elsa@exemple.test", first_name="Elsa", last_name="Martin")

    assert User.objects.count() == 1
