"""What happens to a body as a whole: it is entered in the register, checked, dissolved, replaced or split."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from instances.findable import BODIES
from instances.mandates import ONE_DAY, SEAT_CLOSED, Reason, close
from instances.models import Instance, Mandate, Seat
from territories.names import slug_candidates
from ui.typography import day as told

RESERVED = {"agenda", "personnes", "nouvelle", "a-pourvoir", "charge", "chiffres", "import", "rappels"}
ALREADY_DISSOLVED = "Cette instance n’existe plus depuis le {day}."
ITSELF = "Une instance ne se remplace pas elle-même."
LATER_MANDATE = "Le mandat de {who} commence le {day}, après cette date : corrigez-le d’abord."
LATER_MEETING = "Une séance est prévue le {day}, après cette date : annulez-la d’abord."


def free_slug(name: str) -> str:
    """Give the address of a new body, which never changes afterwards."""
    return next(
        slug
        for slug in slug_candidates(name, "")
        if slug not in RESERVED and not Instance.objects.filter(slug=slug).exists()
    )


@transaction.atomic
def register(instance: Instance) -> Instance:
    """Save a new body at an address of its own."""
    instance.slug = instance.slug or free_slug(instance.acronym or instance.name)
    instance.full_clean()
    instance.save()
    BODIES.refresh(instance.pk)
    return instance


@transaction.atomic
def verify(instance: Instance, day: dt.date | None = None) -> None:
    """Say that all that the page tells of a body is true today."""
    instance.claim(instance.version)
    instance.verified_on = day or timezone.localdate()
    instance.save(update_fields=["verified_on"])


@transaction.atomic
def dissolve(instance: Instance, version: int, day: dt.date, successors: Iterable[Instance] = ()) -> None:
    """Say that a body no longer exists from a day on; its seats close and its mandates end the day before.

    Args:
        instance: the body.
        version: the one that was read when it was decided.
        day: the first day without it.
        successors: the body that takes its place, or those into which it is split; they keep their own seats.

    Raises:
        StaleVersionError: somebody changed the body since.
        ValidationError: it was dissolved before, a mandate starts or a meeting is held later, or it follows itself.
    """
    instance.claim(version)
    instance.refresh_from_db(fields=["dissolved_on"])
    followers = list(successors)
    check_dissolution(instance, day, followers)
    for seat in Seat.objects.select_for_update(of=("self",)).filter(instance=instance, closed_on=None).order_by("pk"):
        close_held(seat, day)
    instance.dissolved_on = day
    instance.full_clean()
    instance.save()
    instance.successors.set(followers)
    BODIES.refresh(instance.pk)


def check_dissolution(instance: Instance, day: dt.date, successors: list[Instance]) -> None:
    if instance.dissolved_on:
        raise ValidationError(ALREADY_DISSOLVED.format(day=told(instance.dissolved_on)))
    if instance in successors:
        raise ValidationError({"successors": ITSELF})
    later = instance.meetings.filter(held_on__gte=day, is_cancelled=False).order_by("held_on").first()
    if later:
        raise ValidationError({"dissolved_on": LATER_MEETING.format(day=told(later.held_on))})


@transaction.atomic
def close_seat(seat: Seat, version: int, day: dt.date) -> None:
    """Say that a seat no longer exists from a day on; whoever holds it leaves the day before, its alternates too.

    Raises:
        StaleVersionError: somebody changed the seat since.
        ValidationError: it was closed before, or a mandate starts later.
    """
    seat.claim(version)
    if seat.closed_on:
        raise ValidationError(SEAT_CLOSED.format(day=told(seat.closed_on)))
    for one in [seat, *seat.alternates.filter(closed_on=None)]:
        close_held(one, day)


def close_held(seat: Seat, day: dt.date) -> None:
    """Close one seat, and end the mandate that runs there."""
    running = Mandate.objects.filter(seat=seat).sharing_a_day_with(day, None).select_related("person")
    for mandate in running:
        if mandate.starts_on and mandate.starts_on >= day:
            message = LATER_MANDATE.format(who=mandate.person, day=told(mandate.starts_on))
            raise ValidationError({"dissolved_on": message})
        mandate.claim(mandate.version)
        close(mandate, day - ONE_DAY, Reason.BODY, field="ended_on")
    Seat.objects.filter(pk=seat.pk).update(closed_on=day)
