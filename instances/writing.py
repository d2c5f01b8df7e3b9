"""How a sheet of the register is saved: in one transaction, never over what somebody else wrote."""

from django.db import transaction

from instances.findable import BODIES
from instances.models import Instance
from publishing.versions import StaleVersionError
from roadmaps.forms.sheet import SheetForm
from roadmaps.writing import Outcome, claim, reread


def save_sheet(form: SheetForm) -> Outcome:
    """Save a form, or make it ready to be shown again with the reason, all that was typed kept.

    Args:
        form: bound; its instance says which body it belongs to.
    """
    try:
        outcome = _save(form)
    except StaleVersionError:
        outcome = Outcome.STALE
        form.say_stale(type(form.instance)._default_manager.filter(pk=form.instance.pk).first())
    if outcome is not Outcome.SAVED:
        form.say_refused()
    return outcome


@transaction.atomic
def _save(form: SheetForm) -> Outcome:
    claim(form)
    reread(form.instance)
    if not form.is_valid():
        transaction.set_rollback(True)
        return Outcome.INVALID
    form.save()
    if isinstance(form.instance, Instance):
        BODIES.refresh(form.instance.pk)
    return Outcome.SAVED
