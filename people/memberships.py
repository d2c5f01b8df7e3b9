"""Grant, change and withdraw the roles of users."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import transaction

from people.models import Membership, Role, User
from territories.models import Collectivite

LAST_MANAGER = (
    "Il faut au moins une personne active au rôle « Pilotage » dans l’équipe de la CRESS : nommez-en d’abord une autre."
)


@contextmanager
def keep_a_manager() -> Iterator[None]:
    """Undo what is done inside, with a ValidationError, if it leaves nobody to manage the users.

    The managers' rows are locked, so that two managers cannot demote each other at the same time.
    """
    with transaction.atomic():
        list(Membership.objects.of_active_managers().order_by("pk").select_for_update())
        yield
        if not Membership.objects.of_active_managers().exists():
            raise ValidationError(LAST_MANAGER, code="last_manager")


@transaction.atomic
def grant(user: User, collectivite: Collectivite | None, role: Role) -> Membership:
    """Give a role in a collectivité, or in the CRESS team if None; a higher role already held there is kept.

    Raises ValidationError if the role is above what a collectivité's member may hold.
    """
    membership = user.memberships.filter(collectivite=collectivite).first() or Membership(
        user=user, collectivite=collectivite, role=role
    )
    membership.role = max(membership.role, role)
    membership.full_clean()
    membership.save()
    return membership


def change_role(membership: Membership, role: Role) -> None:
    """Give another role at the same place.

    Raises ValidationError if it is above what the place allows, or if it takes away the last manager.
    """
    with keep_a_manager():
        membership.role = role
        membership.full_clean()
        membership.save(update_fields=["role"])


def withdraw(membership: Membership) -> None:
    """Take a role away. Raises ValidationError if it is the last manager's."""
    with keep_a_manager():
        membership.delete()
