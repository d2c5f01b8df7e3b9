"""How a sheet of the register is saved: in one transaction, never over what somebody else wrote.

``by`` is who writes, for the history.
"""

from typing import Any

from django.db import transaction

from instances.findable import BODIES
from instances.history import Gesture, Said, remember, said
from instances.models import Instance, Meeting, Seat
from people.models import User
from publishing.versions import StaleVersionError
from roadmaps.forms.sheet import SheetForm
from roadmaps.writing import Outcome, claim, reread


def save_sheet(form: SheetForm, *, by: User | None = None) -> Outcome:
    """Save a form, or make it ready to be shown again with the reason, all that was typed kept.

    Args:
        form: bound; its instance says which body it belongs to.
        by: who writes.
    """
    try:
        outcome = _save(form, by)
    except StaleVersionError:
        outcome = Outcome.STALE
        form.say_stale(type(form.instance)._default_manager.filter(pk=form.instance.pk).first())
    if outcome is not Outcome.SAVED:
        form.say_refused()
    return outcome


@transaction.atomic
def _save(form: SheetForm, by: User | None) -> Outcome:
    row = form.instance
    if not isinstance(row, Instance):
        row.instance = hold_body(row.instance)
    is_new = row.pk is None
    claim(form)
    reread(row)
    before = None if is_new else said(row)
    if not form.is_valid():
        transaction.set_rollback(True)
        return Outcome.INVALID
    form.save()
    if isinstance(row, Instance):
        BODIES.refresh(row.pk)
    remember(row, by, gesture_on(row, before), before=before, after=said(row))
    return Outcome.SAVED


def hold_body(instance: Instance) -> Instance:
    """Give a body as it is now, whose end nobody says until this transaction ends."""
    return Instance.objects.select_for_update().get(pk=instance.pk)


def gesture_on(row: Any, before: Said | None) -> str:
    """Name what saving a sheet did, from what it said before; None for one that was not there."""
    if isinstance(row, Instance):
        return Gesture.DESCRIBED if before else Gesture.REGISTERED
    if isinstance(row, Seat):
        return Gesture.SEAT_WRITTEN if before else Gesture.SEAT_ADDED
    return gesture_on_meeting(row, before)


def gesture_on_meeting(meeting: Meeting, before: Said | None) -> str:
    if before is None:
        return Gesture.MEETING_ADDED
    if meeting.is_cancelled and before["Annulée"] == "non":
        return Gesture.MEETING_CANCELLED
    return Gesture.REPORTED if meeting.report_back and not before["Retour du mandataire"] else Gesture.MEETING_WRITTEN
