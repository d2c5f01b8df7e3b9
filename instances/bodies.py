"""What happens to a body as a whole: it is entered in the register, checked, dissolved, replaced or split.

``by`` is who acts, for the history.
"""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils import timezone

from instances.findable import BODIES
from instances.history import Gesture, remember, said
from instances.mandates import ONE_DAY, Reason, check_others, close, hold, write
from instances.models import Instance, Seat
from people.models import User
from territories.names import slug_candidates
from ui.typography import day as told

RESERVED = {"agenda", "personnes", "nouvelle", "a-pourvoir", "charge", "chiffres", "import", "rappels"}
ALREADY_DISSOLVED = "La fin de cette instance est déjà enregistrée, le {day} : annulez-la d’abord pour la changer."
ALREADY_CLOSED = "La fin de ce siège est déjà enregistrée, le {day}."
ITSELF = "Une instance ne se remplace pas elle-même."
NOT_DISSOLVED = "La fin de cette instance n’est pas enregistrée."
LATER_MANDATE = "Le mandat de {who} commence le {day}, à cette date ou après : annulez d’abord cette nomination."
LATER_MEETING = "Une séance est prévue le {day}, à cette date ou après : annulez-la d’abord."


def free_slug(name: str) -> str:
    """Give the address of a new body, which never changes afterwards."""
    return next(
        slug
        for slug in slug_candidates(name, "")
        if slug not in RESERVED and not Instance.objects.filter(slug=slug).exists()
    )


@transaction.atomic
def register(instance: Instance, *, by: User | None = None) -> Instance:
    """Save a new body at an address of its own."""
    instance.slug = instance.slug or free_slug(instance.acronym or instance.name)
    instance.full_clean()
    instance.save()
    BODIES.refresh(instance.pk)
    remember(instance, by, Gesture.REGISTERED, after=said(instance, with_ties=False))
    return instance


@transaction.atomic
def verify(instance: Instance, day: dt.date | None = None, *, by: User | None = None) -> None:
    """Say that all that the page tells of a body is true today."""
    before = said(instance)
    instance.claim(instance.version)
    instance.verified_on = day or timezone.localdate()
    instance.save(update_fields=["verified_on"])
    remember(instance, by, Gesture.VERIFIED, before=before, after=said(instance))


@transaction.atomic
def dissolve(
    instance: Instance, version: int, day: dt.date, successors: Iterable[Instance] = (), *, by: User | None = None
) -> None:
    """Say that a body no longer exists from a day on, past or to come.

    Its seats close that day and its mandates end the day before; until then it lives as before.

    Args:
        instance: the body.
        version: the one that was read when it was decided.
        day: the first day without it.
        successors: the body that takes its place, or those into which it is split; they keep their own seats.
        by: who says so.

    Raises:
        StaleVersionError: somebody changed the body since.
        ValidationError: it was dissolved before, a mandate starts, a meeting is held or a presence is noted later, or
            it follows itself.
    """
    instance.claim(version)
    instance.refresh_from_db(fields=["dissolved_on"])
    before, followers = said(instance), list(successors)
    check_dissolution(instance, day, followers)
    for seat in hold(Seat.objects.filter(instance=instance).open(day)):
        close_held(seat, day, by)
    instance.dissolved_on = day
    instance.full_clean()
    instance.save()
    instance.successors.set(followers)
    BODIES.refresh(instance.pk)
    remember(instance, by, Gesture.DISSOLVED, before=before, after=said(instance))


@transaction.atomic
def revive(instance: Instance, version: int, *, by: User | None = None) -> None:
    """Take back the end of a body, whose date was wrong or which lives on: what ended with it resumes.

    Raises:
        StaleVersionError: somebody changed the body since.
        ValidationError: it was not dissolved, or a seat of that name was added since.
    """
    instance.claim(version)
    instance.refresh_from_db(fields=["dissolved_on"])
    day, before = instance.dissolved_on, said(instance)
    if day is None:
        raise ValidationError(NOT_DISSOLVED)
    instance.dissolved_on = None
    instance.full_clean()
    instance.save()
    instance.successors.clear()
    for seat in hold(Seat.objects.filter(instance=instance, closed_on=day)):
        reopen(seat, day, by)
    BODIES.refresh(instance.pk)
    remember(instance, by, Gesture.REVIVED, before=before, after=said(instance))


def check_dissolution(instance: Instance, day: dt.date, successors: list[Instance]) -> None:
    if instance.dissolved_on:
        raise ValidationError(ALREADY_DISSOLVED.format(day=told(instance.dissolved_on)))
    if instance in successors:
        raise ValidationError({"successors": ITSELF})
    later = instance.meetings.filter(held_on__gte=day, is_cancelled=False).order_by("held_on").first()
    if later:
        raise ValidationError({"dissolved_on": LATER_MEETING.format(day=told(later.held_on))})


@transaction.atomic
def add_seat(seat: Seat, *, by: User | None = None) -> Seat:
    """Add a seat to a body.

    Raises:
        ValidationError: the body is no more, or has a seat of that name.
    """
    seat.full_clean()
    seat.save()
    remember(seat, by, Gesture.SEAT_ADDED, after=said(seat))
    return seat


@transaction.atomic
def close_seat(seat: Seat, version: int, day: dt.date, *, by: User | None = None) -> None:
    """Say that a seat no longer exists from a day on; whoever holds it leaves the day before, its alternates too.

    Raises:
        StaleVersionError: somebody changed the seat since.
        ValidationError: it was closed before, a mandate starts or a presence is noted later.
    """
    seat.claim(version)
    if seat.closed_on:
        raise ValidationError(ALREADY_CLOSED.format(day=told(seat.closed_on)))
    for one in hold([seat, *seat.alternates.open(day)]):
        close_held(one, day, by)


def close_held(seat: Seat, day: dt.date, by: User | None) -> None:
    """Close one seat that this transaction holds, and end the mandate that runs there."""
    for mandate in [one for one in seat.mandates.all() if one.meets(day, None)]:
        if mandate.starts_on and mandate.starts_on >= day:
            raise ValidationError(LATER_MANDATE.format(who=mandate.person, day=told(mandate.starts_on)))
        mandate.claim(mandate.version)
        close(mandate, day - ONE_DAY, Reason.BODY, by=by, field=NON_FIELD_ERRORS)
    shut(seat, day, Gesture.SEAT_CLOSED, by)


def reopen(seat: Seat, day: dt.date, by: User | None) -> None:
    """Open again a seat that closed with its body on a day, and give it back to whoever held it until then."""
    shut(seat, None, Gesture.SEAT_REOPENED, by)
    for mandate in seat.mandates.all():
        if mandate.end_reason == Reason.BODY and mandate.ended_on == day - ONE_DAY:
            before = said(mandate)
            mandate.claim(mandate.version)
            mandate.ended_on, mandate.end_reason = None, ""
            check_others(seat, mandate)
            write(mandate, Gesture.RESUMED, by=by, before=before)


def shut(seat: Seat, day: dt.date | None, gesture: str, by: User | None) -> None:
    """Write from which day a seat no longer exists, if any."""
    before = said(seat)
    seat.closed_on = day
    seat.validate_constraints()
    seat.save(update_fields=["closed_on"])
    remember(seat, by, gesture, before=before, after=said(seat))
