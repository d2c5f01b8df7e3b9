"""What happens to a mandate: somebody is appointed, renewed, replaced, or leaves.

Each verb is one transaction that holds the seat while it writes: of two people who fill one seat at once, the second
is told who sits there. A refusal is said in words and writes nothing; what is over is kept.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone

from instances.models import Mandate, Seat
from people.models import Person
from ui.typography import day as told

ONE_DAY = dt.timedelta(days=1)
Reason = Mandate.EndReason

OCCUPIED = "{who} occupe déjà ce siège {period} : terminez d’abord ce mandat, ou remplacez-en le titulaire."
SEAT_CLOSED = "Ce siège n’existe plus depuis le {day}."
ALREADY_OVER = "Ce mandat est terminé depuis le {day} : il ne peut plus être {done}."
ENDS_BEFORE = "La fin tombe avant le début du mandat, le {day}."
STARTS_BEFORE = "La date doit suivre le début du mandat en cours, le {day}."
NO_TERM = "Ce mandat n’a pas d’échéance : indiquez le premier jour du nouveau mandat."


def period_of(mandate: Mandate) -> str:
    """Say when a mandate runs: « depuis le 3 mars 2024 », « du 3 mars 2024 au 2 mars 2027 », « à partir du… »."""
    first, last = mandate.starts_on, mandate.ended_on
    if last:
        return f"du {told(first)} au {told(last)}" if first else f"jusqu’au {told(last)}"
    if first is None:
        return "depuis une date inconnue"
    return f"à partir du {told(first)}" if first > timezone.localdate() else f"depuis le {told(first)}"


@dataclass
class Nomination:
    """Who takes a seat, from when, until when, and what makes it official."""

    person: Person
    starts_on: dt.date | None = None
    term_on: dt.date | None = None
    details: dict[str, object] = field(default_factory=dict)  # on_behalf_of, quality, appointed_by, act, internal_note


def hold(seats: Iterable[Seat | int]) -> list[Seat]:
    """Give seats as they are now, with their mandates, locked until the transaction ends; by everybody in one order."""
    found = Seat.objects.select_for_update(of=("self",)).select_related("instance")
    found = found.prefetch_related(Prefetch("mandates", Mandate.objects.select_related("person", "on_behalf_of")))
    return list(found.filter(pk__in=[seat.pk if isinstance(seat, Seat) else seat for seat in seats]).order_by("pk"))


@transaction.atomic
def appoint(seat: Seat, nomination: Nomination) -> Mandate:
    """Put somebody on a seat that is free that day, or held over a term that is past by then: that term is then over.

    Raises:
        ValidationError: the seat is taken, no longer exists, or the dates do not follow each other.
    """
    return take(hold([seat])[0], nomination)


def take(seat: Seat, nomination: Nomination, *, closes_running: bool = False) -> Mandate:
    """Put somebody on a seat that this transaction holds (see `appoint` and `fill`)."""
    if nomination.starts_on:
        leave_to_successor(seat, nomination.starts_on, closes_running=closes_running)
    return seated(seat, nomination)


@transaction.atomic
def fill(nominations: Iterable[tuple[Seat, Nomination]], *, closes_running: bool = False) -> list[Mandate]:
    """Fill several seats after an election: all of them, or none.

    Args:
        nominations: who takes each seat.
        closes_running: the mandates that run there stop the day before, whatever their term.

    Raises:
        ValidationError: with a message for each seat that cannot be filled so, after its name.
    """
    chosen = {seat.pk: nomination for seat, nomination in nominations}
    mandates, errors = [], []
    for seat in hold(chosen):
        try:
            with transaction.atomic():
                mandates.append(take(seat, chosen[seat.pk], closes_running=closes_running))
        except ValidationError as refusal:
            errors += [f"{seat} : {message}" for message in refusal.messages]
    if errors:
        raise ValidationError(errors)
    return mandates


@transaction.atomic
def renew(
    mandate: Mandate, version: int, *, term_on: dt.date | None, starts_on: dt.date | None = None, act: str = ""
) -> Mandate:
    """Give the same person a new term, which follows the one before; the one before is kept.

    Args:
        mandate: the one that is renewed.
        version: the one that was read when it was decided.
        term_on: last day of the new term.
        starts_on: its first day; by default the day after the former term.
        act: what makes it official.

    Raises:
        StaleVersionError: somebody changed the mandate since.
        ValidationError: it is over, or the dates do not follow each other.
    """
    seat, mandate = claimed(mandate, version, "renouvelé")
    first = starts_on or (mandate.term_on and mandate.term_on + ONE_DAY)
    if first is None:
        raise ValidationError({"starts_on": NO_TERM})
    close(mandate, first - ONE_DAY, Reason.RENEWED, field="starts_on")
    kept = {"on_behalf_of", "quality", "appointed_by"}
    details = {name: getattr(mandate, name) for name in kept} | {"act": act}
    return seated(seat, Nomination(mandate.person, first, term_on, details))


@transaction.atomic
def replace(mandate: Mandate, version: int, nomination: Nomination, reason: str = Reason.REPLACED) -> Mandate:
    """Put somebody else on the seat before the term, for what remains of it unless told otherwise.

    Args:
        mandate: the one that stops, the day before the new one starts.
        version: the one that was read when it was decided.
        nomination: who comes; its start must be known.
        reason: why the former holder leaves.

    Raises:
        StaleVersionError: somebody changed the mandate since.
        ValidationError: it is over, or the dates do not follow each other.
    """
    seat, mandate = claimed(mandate, version, "remplacé")
    if nomination.starts_on is None:
        raise ValidationError({"starts_on": "Indiquez le premier jour du nouveau mandat."})
    close(mandate, nomination.starts_on - ONE_DAY, reason, field="starts_on")
    if nomination.term_on is None and mandate.term_on and mandate.term_on >= nomination.starts_on:
        nomination.term_on = mandate.term_on
    return seated(seat, nomination)


@transaction.atomic
def end(mandate: Mandate, version: int, ended_on: dt.date, reason: str = Reason.OTHER) -> Mandate:
    """Say that a mandate is over; its seat is vacant from the day after.

    Raises:
        StaleVersionError: somebody changed the mandate since.
        ValidationError: it was over already, or would end before it started.
    """
    _, mandate = claimed(mandate, version, "terminé")
    close(mandate, ended_on, reason, field="ended_on")
    return mandate


@transaction.atomic
def correct(mandate: Mandate, version: int) -> Mandate:
    """Save what was mistyped in a mandate, over or not; the seat and its history must still hold together.

    Raises:
        StaleVersionError: somebody changed the mandate since.
        ValidationError: it would share a day with another one, or its dates do not follow each other.
    """
    (seat,) = hold([mandate.seat_id])
    mandate.claim(version)
    check_seat(seat, mandate)
    mandate.full_clean()
    mandate.save()
    return mandate


def claimed(mandate: Mandate, version: int, done: str) -> tuple[Seat, Mandate]:
    """Lock the seat and the mandate, such as it was read; refuse one that is over."""
    (seat,) = hold([mandate.seat_id])
    mandate = next(one for one in seat.mandates.all() if one.pk == mandate.pk)
    mandate.claim(version)
    if mandate.ended_on:
        raise ValidationError(ALREADY_OVER.format(day=told(mandate.ended_on), done=done))
    return seat, mandate


def close(mandate: Mandate, last_day: dt.date, reason: str, *, field: str) -> None:
    """Write the last day of a mandate.

    Raises:
        ValidationError: on ``field``, the mandate had not started yet.
    """
    if mandate.starts_on and last_day < mandate.starts_on:
        message = ENDS_BEFORE if field == "ended_on" else STARTS_BEFORE
        raise ValidationError({field: message.format(day=told(mandate.starts_on))})
    mandate.ended_on, mandate.end_reason = last_day, reason
    mandate.full_clean()
    mandate.save()


def leave_to_successor(seat: Seat, starts_on: dt.date, *, closes_running: bool) -> None:
    """End the day before ``starts_on`` the mandate whose term is past by then, or any that runs, if nobody did."""
    running = [one for one in seat.mandates.all() if one.ended_on is None and one.meets(None, starts_on - ONE_DAY)]
    for mandate in running if closes_running else [one for one in running if one.term_on and one.term_on < starts_on]:
        mandate.claim(mandate.version)
        close(mandate, starts_on - ONE_DAY, Reason.TERM, field="starts_on")


def seated(seat: Seat, nomination: Nomination) -> Mandate:
    """Write a new mandate on a seat that this transaction holds.

    Raises:
        ValidationError: somebody holds the seat on one of these days, or the seat does not exist then.
    """
    person = nomination.person
    mandate = Mandate(
        seat=seat, person=person, starts_on=nomination.starts_on, term_on=nomination.term_on, **nomination.details
    )
    check_seat(seat, mandate)
    if person.pk is None:
        person.full_clean()
        person.save()
        mandate.person = person
    mandate.full_clean()
    mandate.save()
    return mandate


def check_seat(seat: Seat, mandate: Mandate) -> None:
    """Refuse in words a mandate on days when the seat does not exist, or when somebody else holds it."""
    last = mandate.ended_on or mandate.starts_on
    if seat.closed_on and (last is None or last >= seat.closed_on):
        raise ValidationError(SEAT_CLOSED.format(day=told(seat.closed_on)))
    others = (one for one in seat.mandates.all() if one.pk != mandate.pk)
    if other := next((one for one in others if one.meets(mandate.starts_on, mandate.ended_on)), None):
        raise ValidationError(OCCUPIED.format(who=other.person, period=period_of(other)))
