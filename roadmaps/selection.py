"""How gestures over many actions are done: as they were previewed or not at all, and undone at once."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from people.models import User
from publishing.versions import StaleVersionError, is_uid, new_uid
from roadmaps.bulk import Gesture, MoveUnder, chosen
from roadmaps.editions import hold
from roadmaps.history import remember_all
from roadmaps.models import Action, Edition, Objective, Revision
from roadmaps.snapshots import sheets

LONGEST = 9  # figures of a version


@dataclass(frozen=True)
class Picked:
    """An action as it was read when the effect was previewed."""

    uid: str
    version: int

    @classmethod
    def read(cls, text: str) -> "Picked":
        """Read what `__str__` writes; what it did not write picks nothing that exists."""
        uid, _, version = text.partition(".")
        return cls(uid if is_uid(uid) else "", int(version) if version.isdecimal() and len(version) < LONGEST else 0)

    def __str__(self) -> str:
        return f"{self.uid}.{self.version}"


@transaction.atomic
def apply(gestures: list[Gesture], picked: Iterable[Picked], edition: Edition, by: User) -> list[Revision]:
    """Do all the gestures to all the actions picked, in a constant number of queries, and keep what they did.

    Args:
        gestures: in the order in which they are done.
        picked: the actions, each with the version whose effect was previewed.
        edition: the one written in.
        by: who does it.

    Returns:
        The revisions of the actions that changed, of one batch.

    Raises:
        EditionClosedError: the edition is published.
        StaleVersionError: an action has changed since or is gone, or the objective that they go to is; nothing is done.
    """
    hold(edition)
    versions = {one.uid: one.version for one in picked}
    actions = chosen(edition, versions)
    if {action.uid: action.version for action in actions} != versions or not all(map(is_there, gestures)):
        raise StaleVersionError
    before = sheets(Action, [action.pk for action in actions])
    for action in actions:
        action.edition = edition
    for gesture in gestures:
        changed = [action for action in actions if gesture.effect(action)]
        if changed:
            gesture.apply(changed)
    touched = [action for action in actions if any(gesture.effect(action) for gesture in gestures)]
    Action.objects.filter(pk__in=[action.pk for action in touched]).update(version=F("version") + 1)
    after = sheets(Action, [action.pk for action in actions])
    told = Revision.Gesture.DELETED if any(gesture.deletes for gesture in gestures) else Revision.Gesture.WRITTEN
    # Undone from the last to the first, each finds above it what was above it.
    pairs = [(action, before[action.pk], after.get(action.pk)) for action in reversed(actions)]
    return remember_all(pairs, by, told, new_uid())


def is_there(gesture: Gesture) -> bool:
    """Say whether what a gesture leads to is still in the edition."""
    return not isinstance(gesture, MoveUnder) or Objective.objects.filter(pk=gesture.objective.pk).exists()
