"""The doors: each gives what a view works on, or refuses.

Whoever lacks the right is refused (403) before anything is looked for, so that nothing tells what exists.
"""

import rules
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from people.models import Invitation, Membership, Organisation, TeamMember, User


def require(request: HttpRequest, rule: str) -> None:
    """Raise PermissionDenied unless the signed-in user passes the rule."""
    if not rules.test_rule(rule, request.user):
        raise PermissionDenied


def user_to_manage(request: HttpRequest, pk: int) -> User:
    """Give the user, with his memberships."""
    require(request, "people.manage_users")
    return get_object_or_404(User.objects.with_memberships(), pk=pk)


def membership_to_manage(request: HttpRequest, pk: int) -> Membership:
    """Give the membership, with its user and collectivité."""
    require(request, "people.manage_users")
    return get_object_or_404(Membership.objects.select_related("user", "collectivite"), pk=pk)


def invitation_to_manage(request: HttpRequest, pk: int) -> Invitation:
    """Give the invitation, as long as nobody has accepted it."""
    require(request, "people.manage_users")
    return get_object_or_404(Invitation.objects.pending(), pk=pk)


def organisation_to_edit(request: HttpRequest, pk: int) -> Organisation:
    """Give the organisation."""
    require(request, "people.manage_organisations")
    return get_object_or_404(Organisation, pk=pk)


def member_to_edit(request: HttpRequest, pk: int) -> TeamMember:
    """Give somebody of the team that visitors meet."""
    require(request, "people.manage_team")
    return get_object_or_404(TeamMember.objects.select_related("person"), pk=pk)
