"""Who changed what in the register and when: each gesture leaves a revision, in the transaction that does it.

A revision keeps words and not rows, for nothing is brought back from it: it reads the same once a person or an
organisation has another name. Of the internal texts it keeps only that they changed.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db.models import FileField, Model
from django.utils.html import escape

from instances.models import Attendance, Document, Instance, Mandate, Meeting, Revision, Seat
from people.models import User
from roadmaps.chronicle import who
from roadmaps.words import Change, Told, change
from ui.typography import day, hour

Gesture = Revision.Gesture
Said = dict[str, str]  # what a row says, by label of its fields

UNTOLD = {
    "id", "version", "instance", "slug", "sort", "search", "uid", "created_at", "modified_at", "added_at", "added_by",
    "removed_at", "seat", "roadmaps",
}  # fmt: skip
INTERNAL = {"Note interne", "Compte rendu", "Retour du mandataire"}
HIDDEN = "texte interne, non gardé ici"
SHORT = 80  # characters up to which a text is replaced whole, rather than marked word by word


def said(row: Model, *, with_ties: bool = True) -> Said:
    """Say a row of the register field by field, as its readers would, with the several things that it is tied to."""
    fields = (*row._meta.local_concrete_fields, *(row._meta.local_many_to_many if with_ties else ()))
    return {label_of(field): in_words(row, field) for field in fields if field.name not in UNTOLD}


def label_of(field: Any) -> str:
    label = str(field.verbose_name)
    return label[0].upper() + label[1:]


def in_words(row: Model, field: Any) -> str:
    """Write what a field of a row holds: a choice by its label, a day in French, other rows by their names."""
    value = getattr(row, field.name)
    if field.many_to_many:
        return ", ".join(map(str, value.all()))
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    if isinstance(field, FileField):
        return Path(value.name or "").name
    writers: dict[type, Any] = {bool: lambda yes: "oui" if yes else "non", dt.date: day, dt.time: hour}
    return writers.get(type(value), str)(value) if value is not None else ""


def said_attendance(attendances: Iterable[Attendance]) -> Said:
    """Say who came to a meeting, by person and seat."""
    return {f"{one.mandate.person}, {one.mandate.seat}": one.told for one in attendances}


def title_of(row: Model) -> str:
    """Name what a gesture was done to, as it stands after the verb."""
    match row:
        case Instance() | Seat() | Document():
            return f"« {row} »"
        case Mandate():
            return f"{row.person}, siège « {row.seat} »"
        case Meeting():
            return f"« {row.title} » du {day(row.held_on)}"
    raise TypeError(type(row))


def remember(
    row: Any, by: User | None, gesture: str, *, before: Said | None = None, after: Said | None = None, title: str = ""
) -> Revision | None:
    """Keep what a gesture did to a row.

    Args:
        row: a body, or a row of one.
        by: who did it.
        gesture: one of `Revision.Gesture`.
        before: what it said; None where it was not there.
        after: what it says; None where it is no longer there.
        title: what it was done to, where it is not the row itself.

    Returns:
        The revision, or None where nothing changed.
    """
    old, new = before or {}, after or {}
    changes = [
        [label, "", ""] if label in INTERNAL else [label, old.get(label, ""), new.get(label, "")]
        for label in dict.fromkeys([*new, *old])
        if old.get(label, "") != new.get(label, "")
    ]
    if not changes:
        return None
    body = row if isinstance(row, Instance) else row.seat.instance if isinstance(row, Mandate) else row.instance
    return Revision.objects.create(
        instance=body, by=by, gesture=gesture, title=(title or title_of(row))[:400], changes=changes
    )


@dataclass
class Entry:
    """A line of the history, and what it changed."""

    revision: Revision
    who: str
    changes: list[Change]

    @classmethod
    def of(cls, revision: Revision) -> "Entry":
        return cls(revision, who(revision.by), [told_change(*one) for one in revision.changes])


def told_change(label: str, before: str, after: str) -> Change:
    """Mark what differs in a field."""
    is_value = max(len(before), len(after)) <= SHORT
    old, new = (Told(label, label, text, is_value=is_value) for text in (before, after))
    return change(old, new) or Change(label, label, escape(HIDDEN), is_rich=False)
