"""The facts of rights: what a user's memberships say, read once per request.

Each floor above writes its own table of acts on top (`rules.py`). Being superuser gives nothing here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from types import MappingProxyType

from django.contrib.auth.models import AnonymousUser

from people.models import Role, User


@dataclass(frozen=True)
class Rights:
    """The role of someone in the CRESS team, if any, and in each collectivité, by its id."""

    team: Role | None = None
    by_collectivite: MappingProxyType[int, Role] = field(default_factory=lambda: MappingProxyType({}))

    def team_at_least(self, role: Role) -> bool:
        """Say whether he belongs to the CRESS team with this role or a higher one."""
        return self.team is not None and self.team >= role

    def collectivites_at_least(self, role: Role) -> set[int]:
        """Give the ids of the collectivités where he is himself a member with this role or a higher one."""
        return {collectivite for collectivite, held in self.by_collectivite.items() if held >= role}

    def at_least(self, role: Role, collectivite_ids: Iterable[int]) -> bool:
        """Say whether he holds this role or a higher one for one of these, as their member or in the CRESS team."""
        return self.team_at_least(role) or not self.collectivites_at_least(role).isdisjoint(collectivite_ids)


NO_RIGHTS = Rights()
KEPT = "_rights"  # attribute of the user object that keeps what was read


def rights_of(user: User | AnonymousUser) -> Rights:
    """Give the rights of a user, none if anonymous or inactive; one query, kept on the user object."""
    if not user.is_active:
        return NO_RIGHTS
    if not hasattr(user, KEPT):
        roles: dict[int | None, Role] = {
            collectivite: Role(role)
            for collectivite, role in user.memberships.order_by().values_list("collectivite", "role")
        }
        team = roles.pop(None, None)
        own = MappingProxyType({collectivite: role for collectivite, role in roles.items() if collectivite})
        setattr(user, KEPT, Rights(team=team, by_collectivite=own))
    rights: Rights = getattr(user, KEPT)
    return rights
