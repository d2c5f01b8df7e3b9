"""What happens to a meeting: who came is noted, as a whole; the voices that were heard are counted."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from instances.history import Gesture, remember, said_attendance
from instances.mandates import hold
from instances.models import Attendance, Meeting, Seat
from people.models import User
from publishing.versions import StaleVersionError

State = Attendance.State
STOOD_IN = "Suppléer et être noté·e « {state} » se contredisent : corrigez l’une des deux lignes."


@transaction.atomic
def note_attendance(
    meeting: Meeting, version: int, attendances: Iterable[Attendance], *, by: User | None = None
) -> None:
    """Note who came to a meeting, in the place of what was noted before: all of it, or nothing.

    Args:
        meeting: which one.
        version: the one that was read.
        attendances: not saved; of holders, and of alternates who came beside them or instead of them.
        by: who notes, for the history.

    Raises:
        StaleVersionError: somebody changed the meeting since ``version`` was read, or cancelled a mandate.
        ValidationError: somebody had no mandate that day, an alternate supplies another seat, or stood in and is said
            not to have come, an hour is out of place; each message starts with the name of whom it is about.
    """
    meeting.claim(version)
    noted = list(attendances)
    take_mandates_as_they_are(noted)
    former = Attendance.objects.filter(meeting=meeting).select_related(
        "mandate__person", "mandate__seat", "alternate__person"
    )
    before = said_attendance(former)
    former.delete()
    stood_in = {one.alternate_id for one in noted if one.alternate_id}
    errors = []
    for attendance in noted:
        try:
            attendance.full_clean()
            if attendance.mandate_id in stood_in and not attendance.is_heard:
                raise ValidationError(STOOD_IN.format(state=attendance.get_state_display()))  # noqa: TRY301 told below
        except ValidationError as refusal:
            errors += [f"{attendance.mandate} : {message}" for message in refusal.messages]
        else:
            attendance.save()
    if errors:
        raise ValidationError(errors)
    remember(meeting, by, Gesture.ATTENDANCE_NOTED, before=before, after=said_attendance(noted))


def take_mandates_as_they_are(attendances: list[Attendance]) -> None:
    """Lock the seats of those who came, so that nobody ends or cancels their mandates meanwhile.

    Raises:
        StaleVersionError: one of the mandates is gone.
    """
    named = {one.mandate_id for one in attendances} | {one.alternate_id for one in attendances if one.alternate_id}
    seats = hold(Seat.objects.filter(mandates__in=named))
    mandates = {mandate.pk: mandate for seat in seats for mandate in seat.mandates.all()}
    if not named <= set(mandates):
        raise StaleVersionError
    for attendance in attendances:
        attendance.mandate = mandates[attendance.mandate_id]
        attendance.alternate = mandates[attendance.alternate_id] if attendance.alternate_id else None


def voices(attendances: Iterable[Attendance]) -> int:
    """Count the deliberative voices that were heard: one a seat, whether its holder came, an alternate, or both."""
    heard = {one.mandate.seat.alternate_of or one.mandate.seat for one in attendances if one.is_heard}
    return sum(seat.voice == Seat.Voice.DELIBERATIVE for seat in heard)
