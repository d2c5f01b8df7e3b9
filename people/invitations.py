"""Invite someone, send the invitation again, revoke it, accept it.

The link holds a random token of which only the SHA-256 is kept: who reads the database opens no account.
"""

import secrets
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from people.accounts import open_account
from people.memberships import grant
from people.models import Invitation, Membership, Role, User

ALREADY_MEMBER = "Cette personne a déjà un rôle à cet endroit : changez-le dans la liste des utilisateurs."
NO_LONGER_OPEN = "Cette invitation a déjà servi ou n’est plus valable."


def invite(invitation: Invitation, *, by: User) -> str:
    """Save a new invitation and return the token of its link, which nothing can tell afterwards.

    Raises ValidationError if the address already has a role or a pending invitation there, or if the role is too high.
    """
    if Membership.objects.filter(user__email=invitation.email.lower(), collectivite=invitation.collectivite).exists():
        raise ValidationError({"email": ALREADY_MEMBER})
    invitation.invited_by = by
    return renew(invitation)


def renew(invitation: Invitation) -> str:
    """Give the invitation fourteen new days and a new token, which is returned; the link sent before dies.

    Raises ValidationError if the invitation is accepted already.
    """
    if invitation.accepted_at:
        raise ValidationError(NO_LONGER_OPEN)
    token = secrets.token_urlsafe(32)
    invitation.token_hash = fingerprint(token)
    invitation.sent_at = timezone.now()
    invitation.full_clean()
    invitation.save()
    return token


def find(token: str) -> Invitation | None:
    """Give the invitation that this link opens or has opened, None if it is unknown or revoked."""
    invitations = Invitation.objects.select_related("invited_by", "collectivite")
    return invitations.filter(token_hash=fingerprint(token)).first()


@transaction.atomic
def accept(invitation: Invitation, user: User) -> Membership:
    """Give the user the role that he was invited to; the link does not serve again.

    Raises ValidationError if the invitation is used, expired, or addressed to another.
    """
    if invitation.is_expired or invitation.email != user.email:
        raise ValidationError(NO_LONGER_OPEN)
    taken = Invitation.objects.pending().filter(pk=invitation.pk).update(accepted_at=timezone.now())
    if not taken:
        raise ValidationError(NO_LONGER_OPEN)
    return grant(user, invitation.collectivite, Role(invitation.role))


@transaction.atomic
def accept_as_newcomer(invitation: Invitation, *, first_name: str, last_name: str, password: str) -> User:
    """Open the account of someone invited, and give him his role: all or nothing.

    Raises ValidationError as `accept` does, and if the address already has an account.
    """
    user = open_account(invitation.email, first_name=first_name, last_name=last_name, password=password)
    accept(invitation, user)
    return user


def fingerprint(token: str) -> str:
    """Give what is kept of a token."""
    return sha256(token.encode()).hexdigest()
