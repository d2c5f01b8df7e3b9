"""How what was deleted or rewritten comes back: a branch from the bin, a gesture taken back, an older text.

Each verb is one transaction, does all that it is asked or nothing, and is kept in the history in its turn.
"""

from collections import defaultdict
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from people.models import User
from publishing.versions import new_uid
from roadmaps.editions import EditionClosedError, hold
from roadmaps.history import owners, remember, uid_of
from roadmaps.models import Edition, Indicator, Revision, Roadmap
from roadmaps.outline import close_gap, make_room, tell_action
from roadmaps.rewriting import MissingError, TooDeepError, Writer
from roadmaps.snapshots import BELONGINGS, Snapshot, branch, name_of, of_sheet, sheet, sheets
from roadmaps.words import model_of

Gesture = Revision.Gesture
CHANGED_SINCE = "Cette page a changé depuis : ouvrez son historique pour y reprendre ce que vous voulez."
COMES_FIRST = "Ce dont elle dépend a été supprimé : rétablissez-le d’abord ({})."
TOO_DEEP = (
    "L’objectif auquel se rattache «\u00a0{}\u00a0» est descendu dans le plan, et il n’y a plus de niveau "
    "au-dessous\u00a0: remontez-le d’abord."
)


class CannotComeBackError(Exception):
    """What was asked back cannot be put back as it was; the message says why, and the way out."""


@transaction.atomic
def restore(revision: Revision, by: User) -> Revision:
    """Put back what was deleted, where it was, with all that went with it.

    Args:
        revision: a deletion in an edition in preparation.
        by: who asks.

    Raises:
        EditionClosedError: the edition is published.
        CannotComeBackError: it is back already, or what it depends on is gone.
    """
    edition = held(revision)
    taken = Revision.objects.filter(pk=revision.pk, undone_at__isnull=True).update(undone_at=timezone.now())
    if not taken:
        raise CannotComeBackError(CHANGED_SINCE)
    write(edition, revision.before or {})
    row = row_of(revision, edition)
    make_room(row)
    tell_action(row)
    return remember(row, by, Gesture.RESTORED, after=branch(row)) or revision


@transaction.atomic
def undo(batch: str, roadmap: Roadmap, by: User) -> list[Revision]:
    """Take back a gesture, whatever the number of sheets it touched: all of it, or nothing.

    Raises:
        EditionClosedError: the edition is published.
        CannotComeBackError: a sheet has changed since, or what it depends on is gone.
    """
    gesture = Revision.objects.filter(roadmap=roadmap, batch=batch, undone_at=None).exclude(edition=None)
    revisions = list(gesture.select_related("edition__roadmap"))
    if not revisions:
        raise CannotComeBackError(CHANGED_SINCE)
    require_unchanged(revisions)
    undoing = new_uid()
    for revision in revisions:
        if revision.gesture == Gesture.DELETED:
            restore(revision, by)
            continue
        take_back(revision, by, undoing)
    Revision.objects.filter(pk__in=[revision.pk for revision in revisions]).update(undone_at=timezone.now())
    return revisions


def require_unchanged(revisions: list[Revision]) -> None:
    """See that each sheet still says what a gesture left, before any is put back: one may point at another.

    Raises:
        CannotComeBackError: one has changed since.
    """
    latest = {(revision.kind, revision.uid): revision for revision in reversed(revisions)}
    kinds: dict[type[Model], list[Revision]] = defaultdict(list)
    for revision in latest.values():
        if revision.gesture != Gesture.DELETED:
            kinds[model_of(revision.kind)].append(revision)
    for model, of_kind in kinds.items():
        edition = held(of_kind[0])
        said = by_uid(model, edition, [revision.uid for revision in of_kind])
        for revision in of_kind:
            left = of_sheet(revision.after or {}, model)
            if without_place(said.get(revision.uid, {})) != without_place(left):
                raise CannotComeBackError(CHANGED_SINCE)


def by_uid(model: type[Model], edition: Edition, uids: list[str]) -> dict[str, Snapshot]:
    """Take some sheets of one kind in an edition, by uid."""
    if model is Edition:
        return {uid_of(edition): sheet(edition)}
    keys = dict(model._default_manager.filter(edition=edition, uid__in=uids).values_list("pk", "uid"))
    return {keys[pk]: said for pk, said in sheets(model, list(keys)).items()}


def take_back(revision: Revision, by: User, batch: str) -> None:
    """Put one sheet back to what it said before a revision."""
    edition = held(revision)
    row = row_of(revision, edition)
    if revision.before is None:
        close_gap(row)
        tell_action(row)
        before = branch(row)
        row.delete()
        remember(row, by, Gesture.DELETED, before=before, batch=batch)
    else:
        put_back(row, revision.before, by, batch=batch)


@transaction.atomic
def put_back_from(revision: Revision, side: str, by: User, field: str = "") -> Revision | None:
    """Make a sheet say again what a revision keeps of it.

    Args:
        revision: of a sheet that is still there.
        side: "before" or "after" the gesture.
        by: who asks.
        field: name of the only field that comes back, or of a kind of rows told together; all of them by default.

    Returns:
        The revision that this makes, or None where nothing changes.

    Raises:
        EditionClosedError: the edition is published.
        CannotComeBackError: the sheet is gone, or what it depends on is.
    """
    edition = held(revision)
    row = row_of(revision, edition)
    snapshot = getattr(revision, side) or revision.state
    return put_back(row, of_sheet(snapshot, type(row)), by, fields={field} if field else None)


def put_back(
    row: Any, snapshot: Snapshot, by: User, *, batch: str = "", fields: set[str] | None = None
) -> Revision | None:
    """Make a sheet say again what a snapshot says, wholly or for some of its fields; the edition is held.

    Raises:
        CannotComeBackError: what it depends on is gone.
    """
    now = sheet(row)
    if fields is not None:
        snapshot = merged(now, snapshot, type(row), fields)
    edition = owners(row)[1]
    if edition is None:
        raise CannotComeBackError(CHANGED_SINCE)
    if isinstance(row, Edition):
        Writer(row).write_fields(row, snapshot[name_of(Edition)][0])
    else:
        close_gap(row)
        tell_action(row)
        clear_belongings(row, snapshot)
        write(edition, snapshot)
        make_room(type(row)._default_manager.filter(pk=row.pk).first())
    row.refresh_from_db(fields=[field.name for field in row._meta.concrete_fields if not field.is_relation])
    return remember(row, by, Gesture.RESTORED, before=now, after=sheet(row), batch=batch)


def merged(now: Snapshot, old: Snapshot, model: type[Model], fields: set[str]) -> Snapshot:
    """Take some fields of an old snapshot, and the rest of the present one."""
    (row,), (old_row,) = now[name_of(model)], old.get(name_of(model), [{}])
    chosen = {name: value for name, value in old_row.items() if name in fields}
    rows = {name_of(part): (old if name_of(part) in fields else now).get(name_of(part), []) for part in
            BELONGINGS.get(model, {})}  # fmt: skip
    return {name_of(model): [row | chosen], **rows}


def clear_belongings(row: Model, snapshot: Snapshot) -> None:
    """Delete the rows of a sheet that are to be written again, or that it did not have."""
    for part, path in reversed(BELONGINGS.get(type(row), {}).items()):
        rows = part._default_manager.filter(**{path: row})
        if part is Indicator:  # its readings are told with it, and it keeps its key
            rows = rows.exclude(uid__in=[one["uid"] for one in snapshot.get(name_of(part), [])])
        part._default_manager.filter(pk__in=list(rows.values_list("pk", flat=True))).delete()


def write(edition: Edition, snapshot: Snapshot) -> None:
    try:
        Writer(edition).write(snapshot)
    except MissingError as missing:
        raise CannotComeBackError(COMES_FIRST.format(missing)) from None
    except TooDeepError as objective:
        raise CannotComeBackError(TOO_DEEP.format(objective)) from None


def held(revision: Revision) -> Edition:
    """Hold the edition of a revision for the transaction that writes.

    Raises:
        EditionClosedError: it is published, or the revision belongs to none.
    """
    if revision.edition is None:
        raise EditionClosedError
    hold(revision.edition)
    return revision.edition


def address(revision: Revision, edition: Edition) -> dict[str, object]:
    """Say which row a revision is about."""
    return {"pk": edition.pk} if revision.kind == name_of(Edition) else {"edition": edition, "uid": revision.uid}


def row_of(revision: Revision, edition: Edition) -> Any:
    """Give the row that a revision is about.

    Raises:
        CannotComeBackError: it is gone.
    """
    row: Any = model_of(revision.kind)._default_manager.filter(**address(revision, edition)).first()
    if row is None:
        raise CannotComeBackError(CHANGED_SINCE)
    row.edition = edition
    return row


def without_place(snapshot: Snapshot) -> Snapshot:
    """Leave ranks aside: a neighbour that moves changes them."""
    return {
        name: [{key: value for key, value in row.items() if key != "position"} for row in rows]
        for name, rows in snapshot.items()
    }
