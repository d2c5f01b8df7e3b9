import pytest
import rules
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from people.models import Membership, Role, User
from people.rights import NO_RIGHTS, rights_of
from tests.people.factories import MembershipFactory, UserFactory, member, team_member
from tests.territories.factories import CollectiviteFactory

pytestmark = pytest.mark.django_db


def test_a_visitor_has_no_rights():
    assert rights_of(AnonymousUser()) == NO_RIGHTS


def test_a_user_without_membership_has_no_rights():
    assert rights_of(UserFactory()) == NO_RIGHTS


def test_a_superuser_has_no_rights_by_being_superuser():
    admin = User.objects.create_superuser("admin@exemple.test", "secret")

    assert rights_of(admin) == NO_RIGHTS
    assert not rules.test_rule("people.manage_users", admin)


def test_a_deactivated_user_has_no_rights():
    manager = team_member(Role.MANAGER)
    manager.is_active = False

    assert rights_of(manager) == NO_RIGHTS


def test_rights_are_read_once(django_assert_num_queries):
    user = team_member(Role.EDITOR)

    with django_assert_num_queries(1):
        assert rights_of(user) is rights_of(user)


def test_a_member_sees_the_work_of_his_collectivites_alone():
    here, there = CollectiviteFactory.create_batch(2)
    rights = rights_of(member(here, Role.READER))

    assert rights.at_least(Role.READER, [here.pk])
    assert rights.at_least(Role.READER, [there.pk, here.pk])
    assert not rights.at_least(Role.READER, [there.pk])
    assert not rights.at_least(Role.READER, [])


def test_the_team_sees_the_work_of_every_collectivite():
    assert rights_of(team_member(Role.READER)).at_least(Role.READER, [CollectiviteFactory().pk])


@pytest.mark.parametrize("held", Role)
@pytest.mark.parametrize("asked", Role)
def test_a_role_allows_what_the_lower_ones_do(held, asked):
    assert rights_of(team_member(held)).team_at_least(asked) == (held >= asked)


@pytest.mark.parametrize("asked", Role)
def test_the_two_faces_of_a_right_agree(asked):
    places = CollectiviteFactory.create_batch(3)
    user = UserFactory()
    MembershipFactory(user=user, collectivite=places[0], role=Role.READER)
    MembershipFactory(user=user, collectivite=places[1], role=Role.CONTRIBUTOR)
    rights = rights_of(user)

    one_by_one = {place.pk for place in places if rights.at_least(asked, [place.pk])}

    assert one_by_one == rights.collectivites_at_least(asked)


@pytest.mark.parametrize(
    ("role", "manages_users", "manages_organisations"),
    [
        (Role.READER, False, False),
        (Role.CONTRIBUTOR, False, False),
        (Role.EDITOR, False, True),
        (Role.MANAGER, True, True),
    ],
)
def test_the_table_of_rights_of_the_team(role, manages_users, manages_organisations):
    user = team_member(role)

    assert rules.test_rule("people.manage_users", user) == manages_users
    assert rules.test_rule("people.manage_organisations", user) == manages_organisations


def test_a_collectivite_manages_nobody():
    contributor = member(CollectiviteFactory(), Role.CONTRIBUTOR)

    assert not rules.test_rule("people.manage_users", contributor)
    assert not rules.test_rule("people.manage_organisations", contributor)


@pytest.mark.parametrize("role", [Role.EDITOR, Role.MANAGER])
def test_the_database_keeps_a_collectivite_from_writing(role):
    membership = Membership(user=UserFactory(), collectivite=CollectiviteFactory(), role=role)

    with pytest.raises(IntegrityError, match="only_the_team_writes"), transaction.atomic():
        membership.save()


def test_the_database_refuses_an_unknown_role():
    with pytest.raises(IntegrityError, match="a_membership_role_is_known"), transaction.atomic():
        MembershipFactory(role=5)


def test_a_user_has_one_role_in_a_collectivite():
    membership = MembershipFactory(collectivite=CollectiviteFactory())

    with pytest.raises(IntegrityError), transaction.atomic():
        MembershipFactory(user=membership.user, collectivite=membership.collectivite)


def test_a_user_has_one_role_in_the_team():
    user = team_member(Role.READER)

    with pytest.raises(IntegrityError), transaction.atomic():
        MembershipFactory(user=user, role=Role.EDITOR)


def test_two_users_may_not_share_an_address_in_another_case():
    UserFactory(email="elsa@exemple.test")

    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(email="Elsa@exemple.test")
