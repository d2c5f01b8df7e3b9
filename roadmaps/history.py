"""Who changed what and when: each gesture in a roadmap leaves a revision (`restoration.py` says how things come back).

What is typed is saved as it goes: those saves gather in one revision, until the writer presses « Enregistrer », goes
away for a while, or somebody else writes in the same sheet.
"""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Model
from django.utils import timezone
from django.utils.formats import date_format

from people.models import User
from publishing.versions import new_uid
from roadmaps.models import Edition, Revision, Roadmap
from roadmaps.snapshots import Snapshot, name_of

Gesture = Revision.Gesture
GATHERING = dt.timedelta(minutes=30)  # after such a silence, what is typed is another revision


def uid_of(row: Model) -> str:
    return str(getattr(row, "uid", row.pk))


def owners(row: Model) -> tuple[Roadmap, Edition | None]:
    """Give the roadmap that a sheet belongs to, and its edition if it is in one."""
    if isinstance(row, Roadmap):
        return row, None
    if isinstance(row, Edition):
        return row.roadmap, row
    edition = getattr(row, "edition", None)
    return (edition.roadmap, edition) if edition else (row.roadmap, None)  # type: ignore[attr-defined]


def remember(
    row: Model,
    by: User | None,
    gesture: str,
    *,
    before: Snapshot | None = None,
    after: Snapshot | None = None,
    batch: str = "",
    is_typing: bool = False,
    into: Revision | None = None,
) -> Revision | None:
    """Keep what a gesture did to a sheet, in the transaction that does it.

    Args:
        row: the sheet; its title is kept as it is now.
        by: who did it.
        gesture: one of `Revision.Gesture`.
        before: what it said; None where it was not there.
        after: what it says; None where it is no longer there.
        batch: shared by what one gesture did to several sheets.
        is_typing: the save was not asked for: what comes next goes into the same revision.
        into: the `open_revision` in which it gathers, which knows what the sheet said before.

    Returns:
        The revision, or None where nothing changed.
    """
    if into:
        into.after, into.title, into.at, into.is_open = after, str(row)[:330], timezone.now(), is_typing
        into.save()
        return into
    if before == after:
        return None
    revision = revision_of(row, by, gesture, before=before, after=after, batch=batch or new_uid())
    revision.is_open = is_typing
    revision.save()
    return revision


def remember_all(
    changes: Iterable[tuple[Model, Snapshot | None, Snapshot | None]], by: User | None, gesture: str, batch: str
) -> list[Revision]:
    """Keep what one gesture did to many sheets, in one statement.

    Args:
        changes: each sheet, what it said before and what it says after; undone from the last to the first.
        by: who did it.
        gesture: one of `Revision.Gesture`.
        batch: by which it is undone at once.

    Returns:
        The revisions of the sheets that changed.
    """
    return Revision.objects.bulk_create(
        revision_of(row, by, gesture, before=before, after=after, batch=batch)
        for row, before, after in changes
        if before != after
    )


def revision_of(
    row: Model, by: User | None, gesture: str, *, before: Snapshot | None, after: Snapshot | None, batch: str
) -> Revision:
    """Make a revision, not saved yet."""
    roadmap, edition = owners(row)
    now = timezone.now()
    return Revision(
        roadmap=roadmap,
        edition=edition,
        gesture=gesture,
        batch=batch,
        kind=name_of(type(row)),
        uid=uid_of(row),
        title=str(row)[:330],
        before=before,
        after=after,
        by=by,
        began_at=now,
        at=now,
    )


def open_revision(row: Model, by: User | None) -> Revision | None:
    """Give the revision in which what this person types now gathers, if there is one."""
    roadmap, edition = owners(row)
    latest = Revision.objects.of_sheet(roadmap, name_of(type(row)), uid_of(row)).filter(edition=edition).first()
    is_same = latest and latest.is_open and by and latest.by_id == by.pk
    return latest if latest and is_same and timezone.now() - latest.at < GATHERING else None


def who_saved(row: Model) -> str:
    """Say who wrote last in a sheet and when: « Claire Martin, à 14 h 32, »; nothing where nobody knows."""
    roadmap, edition = owners(row)
    found = Revision.objects.of_sheet(roadmap, name_of(type(row)), uid_of(row)).filter(edition=edition)
    latest = found.select_related("by").first()
    return f"{latest.by}, à {at(latest.at)}," if latest and latest.by else ""


def at(instant: dt.datetime) -> str:
    """Say an hour: « 14 h 32 »."""
    return date_format(timezone.localtime(instant), "G\\ \\h\\ i")
