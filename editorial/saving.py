"""What saving has in common, whatever is written."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import IntegrityError, transaction

from editorial.history import who_saved
from people.models import User
from publishing.versions import StaleVersionError
from roadmaps.forms.sheet import SheetForm
from roadmaps.writing import Outcome


def save_or_tell(form: SheetForm, by: User, save: Callable[[Any, User], Outcome], taken: str) -> Outcome:
    """Save a form in a transaction, or make it ready to be shown again with the reason.

    Args:
        form: bound.
        by: who writes, for the history.
        save: does it, and raises StaleVersionError where somebody else wrote meanwhile.
        taken: what is said where the address, the only thing that two rows may not share, was taken at that moment.
    """
    try:
        with transaction.atomic():
            outcome = save(form, by)
    except StaleVersionError:
        stored = type(form.instance)._default_manager.filter(pk=form.instance.pk).first()
        form.say_stale(stored, who_saved(stored) if stored else "")
        outcome = Outcome.STALE
    except IntegrityError:
        form.add_error("slug" if "slug" in form.fields else None, taken)
        outcome = Outcome.INVALID
    if outcome is not Outcome.SAVED:
        form.say_refused()
    return outcome


def free_slug(slug: str, taken: Iterable[str]) -> str:
    """Give the end of an address that nothing has: "contact", then "contact-2"."""
    known = set(taken)
    return next(one for one in (slug, *(f"{slug[:76]}-{n}" for n in range(2, len(known) + 3))) if one not in known)
