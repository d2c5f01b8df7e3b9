"""Who changed what and when: each gesture leaves a revision, in the transaction that does it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from editorial.models import Revision, Written
from editorial.models.written import RevisionQuerySet
from people.models import User
from roadmaps.history import at
from roadmaps.words import Change, Told, change

Gesture = Revision.Gesture
State = dict[str, Any]  # what something says, kept as JSON: by field, and what its restoration needs
VERBS = {
    Gesture.CREATED: "a créé",
    Gesture.WRITTEN: "a modifié",
    Gesture.MOVED: "a déplacé",
    Gesture.PUBLISHED: "a publié",
    Gesture.WITHDRAWN: "a retiré du site",
    Gesture.DELETED: "a supprimé",
    Gesture.RESTORED: "a rétabli",
}


class Said(NamedTuple):
    """How a field of a state is told."""

    label: str
    is_rich: bool = False
    is_value: bool = False  # a figure, a date, a choice: it is replaced whole, not reworded
    tell: Callable[[Any], str] = str


Fields = Mapping[str, Said]


def remember(
    row: Written, by: User | None, gesture: str, *, before: State | None = None, after: State | None
) -> Revision | None:
    """Keep what a gesture did to something written.

    Args:
        row: its title is kept as it is now.
        by: who did it.
        gesture: one of `Revision.Gesture`.
        before: what it said; None where it was not there.
        after: what it says; None where it is no longer there.

    Returns:
        The revision, or None where nothing changed.
    """
    if before == after:
        return None
    return row.revisions._default_manager.create(
        uid=row.uid, by=by, gesture=gesture, title=str(row), before=before, after=after
    )


def who_saved(row: Written) -> str:
    """Say who did something last to it and when: « Claire Martin, à 14 h 32, »; nothing where nobody knows."""
    latest = RevisionQuerySet(row.revisions).about(row).select_related("by").first()
    return f"{latest.by}, à {at(latest.at)}," if latest and latest.by else ""


@dataclass
class Entry:
    """A line of the history, and what it changed."""

    revision: Revision
    who: str
    what: str
    fields: list[str]  # the labels of what differs; for what began or ended, none
    changes: list[Change] = field(default_factory=list)

    @classmethod
    def of(cls, revision: Revision, fields: Fields, *, with_marks: bool = False) -> "Entry":
        """Tell a revision; marking its words takes a while, and is done where they are shown."""
        who = str(revision.by) if revision.by else "Quelqu’un"
        what = f"{VERBS[Gesture(revision.gesture)]} « {revision.title} »"
        before, after = revision.before, revision.after
        marks = changes(before, after, fields) if with_marks else []
        return cls(revision, who, what, differing(before, after, fields), marks)


def differing(before: State | None, after: State | None, fields: Fields) -> list[str]:
    if before is None or after is None:
        return []
    return [said.label.lower() for name, said in fields.items() if before.get(name) != after.get(name)]


def changes(before: State | None, after: State | None, fields: Fields) -> list[Change]:
    """Mark what differs between two states."""
    old, new = told(before, fields), told(after, fields)
    found = [change(old.get(name), new.get(name), under=3) for name in fields]
    return [one for one in found if one]


def told(state: State | None, fields: Fields) -> dict[str, Told]:
    return {
        name: Told(name, said.label, said.tell(state[name]), said.is_rich, said.is_value)
        for name, said in fields.items()
        if state and name in state
    }
