"""The world in which every address is tried: two collectivités, A and B, and someone of each role."""

from dataclasses import dataclass

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

from people.models import Invitation, Membership, Organisation, Role, User
from territories.models import Collectivite
from tests.people.factories import InvitationFactory, OrganisationFactory, member, team_member
from tests.territories.factories import CollectiviteFactory

ROLES = ("anonymous", "reader of A", "contributor of A", "contributor of B", "CRESS editor", "CRESS manager")


@dataclass
class World:
    """What the rows of the table point at, by attribute."""

    a: Collectivite
    b: Collectivite
    users: dict[str, User | None]
    invitation: Invitation
    organisation: Organisation

    @property
    def reader(self) -> User:
        return self.users["reader of A"]

    @property
    def membership(self) -> Membership:
        return self.reader.memberships.get()


def build_world() -> World:
    a, b = CollectiviteFactory(), CollectiviteFactory()
    people = (
        None,
        member(a, Role.READER),
        member(a, Role.CONTRIBUTOR),
        member(b, Role.CONTRIBUTOR),
        with_recovery_codes(team_member(Role.EDITOR)),
        with_recovery_codes(team_member(Role.MANAGER)),
    )
    return World(
        a=a,
        b=b,
        users=dict(zip(ROLES, people, strict=True)),
        invitation=InvitationFactory(invited_by=people[-1]),
        organisation=OrganisationFactory(),
    )


def with_recovery_codes(user: User) -> User:
    """Give the codes that the pages of the second factor show."""
    RecoveryCodes.activate(user)
    return user
