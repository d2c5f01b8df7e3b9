"""Users and their rights; the persons and organisations that the portal names."""

from people.models.invitation import Invitation
from people.models.membership import Membership, Role
from people.models.organisation import Organisation
from people.models.person import Person
from people.models.team import TeamMember
from people.models.user import User

__all__ = ["Invitation", "Membership", "Organisation", "Person", "Role", "TeamMember", "User"]
