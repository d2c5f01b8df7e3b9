"""What happens to a meeting: who came is noted, as a whole."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from instances.models import Attendance, Meeting


@transaction.atomic
def note_attendance(meeting: Meeting, version: int, attendances: Iterable[Attendance]) -> None:
    """Note who came to a meeting, in the place of what was noted before: all of it, or nothing.

    Raises:
        StaleVersionError: somebody changed the meeting since ``version`` was read.
        ValidationError: somebody had no mandate that day, an alternate supplies another seat, an hour is out of place;
            each message starts with the name of whom it is about.
    """
    meeting.claim(version)
    Attendance.objects.filter(meeting=meeting).delete()
    errors = []
    for attendance in attendances:
        try:
            attendance.full_clean()
        except ValidationError as refusal:
            errors += [f"{attendance.mandate} : {message}" for message in refusal.messages]
        else:
            attendance.save()
    if errors:
        raise ValidationError(errors)
