"""Open, close and rename accounts."""

from allauth.account.models import EmailAddress
from django.db import transaction

from people.memberships import keep_a_manager
from people.models import User


@transaction.atomic
def open_account(email: str, *, first_name: str, last_name: str, password: str | None = None) -> User:
    """Create a user whose address is known to be his, so that he can sign in at once.

    Without a password he signs in by e-mailed code. Raises ValidationError if the address already has an account.
    """
    user = User(email=email, first_name=first_name, last_name=last_name)
    user.set_password(password)
    user.full_clean()
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@transaction.atomic
def deactivate(user: User) -> None:
    """Keep the user from signing in; his open sessions end at once. His name stays on what he wrote.

    Raises ValidationError if nobody could manage the users any more.
    """
    with keep_a_manager():
        user.is_active = False
        user.save(update_fields=["is_active"])


def reactivate(user: User) -> None:
    """Let the user sign in again, with the roles that he had."""
    user.is_active = True
    user.save(update_fields=["is_active"])
