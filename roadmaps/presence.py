"""Who else has a sheet open: told to those who write in it, and forgotten within a minute."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from people.models import User
from roadmaps.models import Edition, Presence

ALIVE = dt.timedelta(seconds=45)  # a page gives a sign of life every 15 seconds
FORGOTTEN = dt.timedelta(minutes=1)


@transaction.atomic
def sign_of_life(edition: Edition, uid: str, user: User) -> list[User]:
    """Say that somebody has a sheet open.

    Args:
        edition: of the sheet.
        uid: of the sheet.
        user: who has it open.

    Returns:
        The others who have it open too, by name.
    """
    now = timezone.now()
    Presence.objects.filter(edition=edition, seen_at__lt=now - FORGOTTEN).delete()
    Presence.objects.bulk_create(
        [Presence(edition=edition, uid=uid, user=user, seen_at=now)],
        update_conflicts=True,
        unique_fields=["edition", "uid", "user"],
        update_fields=["seen_at"],
    )
    here = Presence.objects.filter(edition=edition, uid=uid, seen_at__gte=now - ALIVE).exclude(user=user)
    return [presence.user for presence in here.select_related("user").order_by("user__last_name", "user__first_name")]


def told(others: list[User]) -> str:
    """Say who is there: « Claire Martin et Alix Robin sont aussi sur cette fiche. »."""
    names = [str(other) for other in others]
    if not names:
        return ""
    if len(names) == 1:
        return f"{names[0]} est aussi sur cette fiche."
    return f"{', '.join(names[:-1])} et {names[-1]} sont aussi sur cette fiche."
