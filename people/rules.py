"""The table of rights on people: act, and the role in the CRESS team that it takes."""

import rules

from people.models import Role, User
from people.rights import rights_of
from territories.models import Collectivite


@rules.predicate
def pilots(user: User) -> bool:
    """Hold « Pilotage » in the CRESS team."""
    return rights_of(user).team_at_least(Role.MANAGER)


@rules.predicate
def writes(user: User) -> bool:
    """Hold « Rédaction » or more in the CRESS team."""
    return rights_of(user).team_at_least(Role.EDITOR)


@rules.predicate
def gives_logo(user: User, collectivite: Collectivite) -> bool:
    """Hold « Contribution » or more for the collectivité whose logo it is, as its member or in the CRESS team."""
    return rights_of(user).at_least(Role.CONTRIBUTOR, [collectivite.pk])


rules.add_rule("people.manage_users", pilots)
rules.add_rule("people.manage_organisations", writes)
rules.add_rule("people.manage_team", writes)
rules.add_rule("people.give_logo", gives_logo)
