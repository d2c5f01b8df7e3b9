"""What happens to a mandate: somebody is appointed, renewed, replaced, or leaves; what was mistaken is taken back.

Each verb is one transaction that holds the seat while it writes: of two people who fill one seat at once, the second
is told who sits there. A refusal is said in words and writes nothing; what is over is kept, and so is who came to a
meeting: no mandate leaves without its days a presence that was noted. ``by`` is who acts, for the history.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.db.models import Prefetch, Q
from django.utils import timezone

from instances.history import Gesture, remember, said
from instances.models import Attendance, Mandate, Seat
from people.models import Person, User
from publishing.versions import StaleVersionError
from ui.typography import day as told

ONE_DAY = dt.timedelta(days=1)
Reason = Mandate.EndReason

OCCUPIED = "{who} occupe déjà ce siège {period} : terminez d’abord ce mandat, ou remplacez-en le titulaire."
NAMED_AHEAD = (
    "{who} est déjà nommé·e sur ce siège {period} : donnez une échéance qui précède, "
    "ou annulez d’abord cette nomination."
)
ALREADY_OVER = "Ce mandat est terminé depuis le {day} : il ne peut plus être {done}."
ENDS_BEFORE = "La fin tombe avant le début du mandat, le {day} : s’il n’a pas lieu, annulez la nomination."
STARTS_BEFORE = "La date doit suivre le début de ce mandat, le {day} : s’il n’a pas lieu, annulez la nomination."
NO_TERM = "Ce mandat n’a pas d’échéance : indiquez le premier jour du nouveau mandat."
OUT_OF_PRESENCES = (
    "La présence de {who} est notée aux séances des jours suivants, hors de ces dates : {days}. Choisissez d’autres "
    "dates, ou corrigez d’abord les présences de ces séances."
)
HAS_PRESENCES = (
    "La présence de {who} est notée aux séances des jours suivants : {days}. Ce mandat a donc été exercé : "
    "terminez-le, corrigez-le, ou retirez d’abord ces présences."
)


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
    found = Seat.objects.select_for_update(of=("self",)).select_related("instance", "alternate_of")
    found = found.prefetch_related(Prefetch("mandates", Mandate.objects.select_related("person", "on_behalf_of")))
    return list(found.filter(pk__in=[seat.pk if isinstance(seat, Seat) else seat for seat in seats]).order_by("pk"))


@transaction.atomic
def appoint(seat: Seat, nomination: Nomination, *, by: User | None = None) -> Mandate:
    """Put somebody on a seat that is free that day, or held over a term that is past by then: that term is then over.

    Raises:
        ValidationError: the seat is taken, no longer exists, or the dates do not follow each other.
    """
    return take(hold([seat])[0], nomination, by=by)


def take(seat: Seat, nomination: Nomination, *, by: User | None, closes_running: bool = False) -> Mandate:
    """Put somebody on a seat that this transaction holds (see `appoint` and `fill`)."""
    if nomination.starts_on:
        leave_to_successor(seat, nomination.starts_on, by=by, closes_running=closes_running)
    return seated(seat, nomination, by=by)


@transaction.atomic
def fill(
    nominations: Iterable[tuple[Seat, Nomination]], *, closes_running: bool = False, by: User | None = None
) -> list[Mandate]:
    """Fill several seats after an election: all of them, or none.

    Args:
        nominations: who takes each seat.
        closes_running: the mandates that run there stop the day before, whatever their term.
        by: who fills them.

    Raises:
        ValidationError: with a message for each seat that cannot be filled so, after its name.
    """
    chosen = {seat.pk: nomination for seat, nomination in nominations}
    mandates, errors = [], []
    for seat in hold(chosen):
        try:
            with transaction.atomic():
                mandates.append(take(seat, chosen[seat.pk], by=by, closes_running=closes_running))
        except ValidationError as refusal:
            errors += [f"{seat} : {message}" for message in refusal.messages]
    if errors:
        raise ValidationError(errors)
    return mandates


@transaction.atomic
def renew(
    mandate: Mandate,
    version: int,
    *,
    term_on: dt.date | None,
    starts_on: dt.date | None = None,
    act: str = "",
    by: User | None = None,
) -> Mandate:
    """Give the same person a new term, which follows the one before; the one before is kept.

    Args:
        mandate: the one that is renewed.
        version: the one that was read when it was decided.
        term_on: last day of the new term.
        starts_on: its first day; by default the day after the former term.
        act: what makes it official.
        by: who renews it.

    Raises:
        StaleVersionError: somebody changed the mandate since.
        ValidationError: it is over, somebody is appointed to follow it, or the dates do not follow each other.
    """
    seat, mandate = claimed(mandate, version, "renouvelé")
    first = starts_on or (mandate.term_on and mandate.term_on + ONE_DAY)
    if first is None:
        raise ValidationError({"starts_on": NO_TERM})
    close(mandate, first - ONE_DAY, Reason.RENEWED, by=by, field="starts_on")
    kept = {"on_behalf_of", "quality", "appointed_by"}
    details = {name: getattr(mandate, name) for name in kept} | {"act": act}
    return seated(seat, Nomination(mandate.person, first, term_on, details), Gesture.RENEWED, by=by)


@transaction.atomic
def replace(
    mandate: Mandate,
    version: int,
    nomination: Nomination,
    reason: str = Reason.REPLACED,
    *,
    by: User | None = None,
) -> Mandate:
    """Put somebody else on the seat before the term, for what remains of it unless told otherwise.

    Whoever is appointed to follow the former holder follows the new one.

    Args:
        mandate: the one that stops, the day before the new one starts.
        version: the one that was read when it was decided.
        nomination: who comes; its start must be known.
        reason: why the former holder leaves.
        by: who replaces.

    Raises:
        StaleVersionError: somebody changed the mandate since.
        ValidationError: it is over, or the dates do not follow each other.
    """
    seat, mandate = claimed(mandate, version, "remplacé")
    if nomination.starts_on is None:
        raise ValidationError({"starts_on": "Indiquez le premier jour du nouveau mandat."})
    close(mandate, nomination.starts_on - ONE_DAY, reason, by=by, field="starts_on", gesture=Gesture.REPLACED)
    if nomination.term_on is None:
        follower = first_ahead(seat)
        remaining = (mandate.term_on, follower and follower - ONE_DAY)
        nomination.term_on = next((last for last in remaining if last and last >= nomination.starts_on), None)
    return seated(seat, nomination, by=by)


@transaction.atomic
def end(
    mandate: Mandate, version: int, ended_on: dt.date, reason: str = Reason.OTHER, *, by: User | None = None
) -> Mandate:
    """Say which day is the last of a mandate, past or to come; its seat is vacant from the day after.

    Raises:
        StaleVersionError: somebody changed the mandate since.
        ValidationError: it was over already, or would end before it started, or leave out a presence that was noted.
    """
    _, mandate = claimed(mandate, version, "terminé")
    close(mandate, ended_on, reason, by=by, field="ended_on")
    return mandate


@transaction.atomic
def correct(mandate: Mandate, version: int, *, by: User | None = None) -> Mandate:
    """Save what was mistyped in a mandate, over or not; the seat and its history must still hold together.

    Presences that were noted follow: another person, if that is what is corrected, is who came.

    Raises:
        StaleVersionError: somebody changed the mandate since.
        ValidationError: it would share a day with another one, leave out a presence that was noted, or its dates do
            not follow each other.
    """
    (seat,) = hold([mandate.seat_id])
    before = said(stored(seat, mandate))
    mandate.seat = seat
    mandate.claim(version)
    check_others(seat, mandate)
    check_presences(mandate)
    write(mandate, Gesture.CORRECTED, by=by, before=before)
    return mandate


def predecessor(mandate: Mandate) -> Mandate | None:
    """Give the mandate that ended to leave room for this one, the day before: cancelling may give the seat back."""
    if mandate.starts_on is None or mandate.is_over(timezone.localdate()):
        return None
    left = Mandate.objects.filter(seat=mandate.seat_id, ended_on=mandate.starts_on - ONE_DAY)
    return left.select_related("person", "on_behalf_of", "seat__instance").first()


def why_kept(mandate: Mandate) -> str:
    """Say why an appointment is not cancelled, and what may be done instead; nothing where it may be."""
    days = ", ".join(map(told, meetings_of(mandate)))
    return HAS_PRESENCES.format(who=mandate.person, days=days) if days else ""


@transaction.atomic
def cancel(mandate: Mandate, version: int, *, resumes: bool = False, by: User | None = None) -> None:
    """Take back an appointment on which nothing hangs: it was a mistake, or will not take place.

    Args:
        mandate: started or not.
        version: the one that was read when it was decided.
        resumes: whoever was to leave to this one stays (`predecessor`), as before.
        by: who cancels it.

    Raises:
        StaleVersionError: somebody changed the mandate since, or cancelled it.
        ValidationError: a presence was noted: the mandate was exercised.
    """
    (seat,) = hold([mandate.seat_id])
    mandate.claim(version)
    if refusal := why_kept(mandate):
        raise ValidationError(refusal)
    former = predecessor(mandate) if resumes else None
    remember(mandate, by, Gesture.CANCELLED, before=said(mandate))
    mandate.delete()
    if former:
        (seat,) = hold([seat])
        before = said(former)
        former.claim(former.version)
        former.ended_on, former.end_reason = None, ""
        stop_in_time(seat, former)
        check_others(seat, former)
        write(former, Gesture.RESUMED, by=by, before=before)


def claimed(mandate: Mandate, version: int, done: str) -> tuple[Seat, Mandate]:
    """Lock the seat and the mandate, such as it was read; refuse one that is over today."""
    (seat,) = hold([mandate.seat_id])
    mandate = stored(seat, mandate)
    mandate.claim(version)
    if mandate.ended_on and mandate.is_over(timezone.localdate()):
        raise ValidationError(ALREADY_OVER.format(day=told(mandate.ended_on), done=done))
    return seat, mandate


def stored(seat: Seat, mandate: Mandate) -> Mandate:
    """Give a mandate as it is now on a seat that this transaction holds.

    Raises:
        StaleVersionError: it was cancelled meanwhile.
    """
    for one in seat.mandates.all():
        if one.pk == mandate.pk:
            return one
    raise StaleVersionError


def close(
    mandate: Mandate, last_day: dt.date, reason: str, *, by: User | None, field: str, gesture: str = Gesture.ENDED
) -> None:
    """Write the last day of a mandate.

    Raises:
        ValidationError: on ``field``, the mandate had not started yet, or a presence was noted later.
    """
    if mandate.starts_on and last_day < mandate.starts_on:
        message = ENDS_BEFORE if field == "ended_on" else STARTS_BEFORE
        raise ValidationError({field: message.format(day=told(mandate.starts_on))})
    before = said(mandate)
    mandate.ended_on, mandate.end_reason = last_day, reason
    check_others(mandate.seat, mandate)
    check_presences(mandate, field)
    write(mandate, gesture, by=by, before=before)


def write(mandate: Mandate, gesture: str, *, by: User | None, before: dict[str, str] | None = None) -> None:
    """Save a mandate that was checked, with the person if she is new, and remember what it says."""
    if mandate.person.pk is None:
        mandate.person.full_clean()
        mandate.person.save()
        mandate.person = mandate.person  # its key is known now
    mandate.full_clean()
    mandate.save()
    remember(mandate, by, gesture, before=before, after=said(mandate))


def leave_to_successor(seat: Seat, starts_on: dt.date, *, by: User | None, closes_running: bool) -> None:
    """End the day before ``starts_on`` the mandate whose term is past by then if nobody did, or any that would run."""
    running = [
        one for one in seat.mandates.all() if one.meets(starts_on, None) and one.meets(None, starts_on - ONE_DAY)
    ]
    for mandate in running:
        is_carried = mandate.ended_on is None and mandate.term_on and mandate.term_on < starts_on
        if closes_running or is_carried:
            mandate.claim(mandate.version)
            close(mandate, starts_on - ONE_DAY, Reason.TERM, by=by, field="starts_on")


def seated(seat: Seat, nomination: Nomination, gesture: str = Gesture.APPOINTED, *, by: User | None = None) -> Mandate:
    """Write a new mandate on a seat that this transaction holds.

    Raises:
        ValidationError: somebody holds the seat on one of these days, or the seat does not exist then.
    """
    mandate = Mandate(
        seat=seat,
        person=nomination.person,
        starts_on=nomination.starts_on,
        term_on=nomination.term_on,
        **nomination.details,
    )
    stop_in_time(seat, mandate)
    check_others(seat, mandate)
    write(mandate, gesture, by=by)
    return mandate


def first_ahead(seat: Seat) -> dt.date | None:
    """Give the first day of whoever is appointed to a seat and does not sit there yet."""
    today = timezone.localdate()
    return min((one.starts_on for one in seat.mandates.all() if one.starts_on and one.is_ahead(today)), default=None)


def stop_in_time(seat: Seat, mandate: Mandate) -> None:
    """Say the last day of a mandate that something stops already.

    Its seat is to close, or its term is before the first day of whoever is appointed to follow.
    """
    follower = first_ahead(seat)
    if mandate.ended_on:
        return
    if seat.closed_on and mandate.meets(None, seat.closed_on - ONE_DAY):
        mandate.ended_on, mandate.end_reason = seat.closed_on - ONE_DAY, Reason.BODY
    if follower and mandate.term_on and mandate.term_on < follower:
        mandate.ended_on, mandate.end_reason = follower - ONE_DAY, Reason.TERM


def check_others(seat: Seat, mandate: Mandate) -> None:
    """Refuse in words a mandate on days when somebody else holds the seat."""
    others = (one for one in seat.mandates.all() if one.pk != mandate.pk)
    if other := next((one for one in others if one.meets(mandate.starts_on, mandate.ended_on)), None):
        message = NAMED_AHEAD if other.is_ahead(timezone.localdate()) else OCCUPIED
        raise ValidationError(message.format(who=other.person, period=period_of(other)))


def meetings_of(mandate: Mandate) -> list[dt.date]:
    """Give the days of the meetings where something was noted of whoever holds a mandate."""
    noted = Attendance.objects.filter(Q(mandate=mandate) | Q(alternate=mandate)).order_by("meeting__held_on")
    return list(dict.fromkeys(noted.values_list("meeting__held_on", flat=True)))


def check_presences(mandate: Mandate, field: str = NON_FIELD_ERRORS) -> None:
    """Refuse dates that would leave without mandate somebody of whom a presence was noted.

    Raises:
        ValidationError: on ``field``, with the days of those meetings.
    """
    if days := [day for day in meetings_of(mandate) if not mandate.runs_on(day)]:
        days_told = ", ".join(map(told, days))
        raise ValidationError({field: OUT_OF_PRESENCES.format(who=mandate.person, days=days_told)})
