"""People for the tests."""

from datetime import UTC, datetime

import factory
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from factory.django import DjangoModelFactory

from people.models import Invitation, Membership, Organisation, Person, Role, TeamMember, User
from territories.models import Collectivite

PASSWORD = "une-phrase-longue-et-sure"


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    first_name = "Camille"
    last_name = factory.Sequence(lambda n: f"Martin {n}")
    email = factory.Sequence(lambda n: f"camille.{n}@exemple.test")


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    role = Role.READER


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Association {n}")


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person

    first_name = "Dominique"
    last_name = factory.Sequence(lambda n: f"Moreau {n}")


class TeamMemberFactory(DjangoModelFactory):
    class Meta:
        model = TeamMember

    person = factory.SubFactory(PersonFactory, job="Chargée de mission")
    subjects = "Feuilles de route\nAchats responsables"
    email = factory.Sequence(lambda n: f"equipe.{n}@exemple.test")


class InvitationFactory(DjangoModelFactory):
    class Meta:
        model = Invitation

    email = factory.Sequence(lambda n: f"invite.{n}@exemple.test")
    role = Role.EDITOR
    token_hash = factory.Sequence(lambda n: f"{n:064}")
    invited_by = factory.SubFactory(UserFactory)
    sent_at = datetime(2026, 3, 2, 9, tzinfo=UTC)


def member(collectivite: Collectivite, role: Role = Role.READER) -> User:
    """Make a user with this role in this collectivité."""
    return MembershipFactory(collectivite=collectivite, role=role).user


def team_member(role: Role = Role.EDITOR, *, has_second_factor: bool = True) -> User:
    """Make a user with this role in the CRESS team, and the second factor that the team must have."""
    user = MembershipFactory(role=role).user
    if has_second_factor:
        add_second_factor(user)
    return user


def add_second_factor(user: User) -> str:
    """Give the user an application of codes, and return its secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret
