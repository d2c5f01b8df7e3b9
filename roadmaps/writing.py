"""How one page of a roadmap is saved or deleted: in one transaction, never over what somebody else wrote.

Two things protect what is written: the version that the writer read (nobody’s text is lost), and the state of the
edition (what is published no longer changes). A refusal writes nothing, and the form keeps all that was typed.
"""

import enum

from django.db import transaction
from django.db.models import Q

from people.models import User
from publishing.versions import StaleVersionError, Versioned
from roadmaps.editions import EditionClosedError, hold, publish
from roadmaps.findable import carrier_keys, refresh_roadmap
from roadmaps.forms.edition import PublicationForm
from roadmaps.forms.names import forget_slips
from roadmaps.forms.sheet import SheetForm
from roadmaps.history import open_revision, remember, who_saved
from roadmaps.listing import describe
from roadmaps.models import Action, Content, Edition, Horizon, Indicator, Objective, Revision, Roadmap
from roadmaps.outline import carry_descendants, close_gap, move, next_position, siblings, tell_action
from roadmaps.snapshots import branch, name_of, sheet, texts_of
from ui.typography import plural

Gesture = Revision.Gesture


class Outcome(enum.Enum):
    """What became of a page that was sent."""

    SAVED = enum.auto()
    INVALID = enum.auto()
    STALE = enum.auto()
    CLOSED = enum.auto()


def save_sheet(
    form: SheetForm, edition: Edition | None = None, *, by: User | None = None, is_typing: bool = False
) -> Outcome:
    """Save a form and its rows, or make the form ready to be shown again with the reason.

    Args:
        form: bound; its instance says what it belongs to.
        edition: the one written in; none for what belongs to the roadmap itself.
        by: who writes, for the history.
        is_typing: the page saves by itself what is being typed.
    """
    outcome = _save(form, edition, by, is_typing=is_typing)
    if outcome is Outcome.STALE:
        stored = type(form.instance)._default_manager.filter(pk=form.instance.pk).first()
        form.say_stale(stored, who_saved(form.instance))
    if outcome is not Outcome.SAVED:
        form.say_refused()
    return outcome


@transaction.atomic
def save_and_publish(form: PublicationForm, edition: Edition, by: User) -> Outcome:
    """Publish what the form completes, or neither save nor publish."""
    outcome = save_sheet(form, edition, by=by)
    if outcome is Outcome.SAVED:
        publish(edition, by)
    return outcome


def _save(form: SheetForm, edition: Edition | None, by: User | None, *, is_typing: bool) -> Outcome:
    try:
        with transaction.atomic():
            if edition:
                hold(edition)
                reread(edition)
            is_new = form.instance.pk is None
            gathering = None if is_new else open_revision(form.instance, by)
            before = None if is_new or gathering else sheet(form.instance)
            claim(form)
            reread(form.instance)
            if not form.is_valid():
                transaction.set_rollback(True)
                return Outcome.INVALID
            former = type(form.instance)._default_manager.filter(pk=form.instance.pk).first()
            place(form.instance, former)
            former_carriers = carrier_keys(former) if isinstance(former, Roadmap) else set()
            form.save()
            if gathering:
                forget_slips(form.changed_forms, texts_of(gathering.before or {}))
            follow(form.instance, former, former_carriers)
            gesture, after = Gesture.CREATED if is_new else Gesture.WRITTEN, sheet(form.instance)
            remember(form.instance, by, gesture, before=before, after=after, is_typing=is_typing, into=gathering)
    except StaleVersionError:
        return Outcome.STALE
    except EditionClosedError as refusal:
        form.add_error(None, str(refusal))
        return Outcome.CLOSED
    return Outcome.SAVED


def follow(row: Versioned, former: Versioned | None, former_carriers: set[int]) -> None:
    """Carry to other rows what has just been written in one: what hangs from it, the public lists, the search.

    Args:
        row: as it is stored now.
        former: as it was, if it was.
        former_carriers: keys of the collectivités that carried it, for a roadmap.
    """
    if isinstance(row, Content):
        tell_action(row, former if isinstance(former, Content) else None)
    if isinstance(row, Objective):
        carry_descendants(row)
    if isinstance(row, Roadmap):
        describe(row)
        refresh_roadmap(row, former_carriers)


def claim(form: SheetForm) -> None:
    """Take the right to write over the version that was read, or to create what was not there.

    Raises:
        StaleVersionError: it changed since, or is gone.
    """
    if form.instance.pk:
        form.instance.claim(form.claimed_version)
    elif form.claimed_version:
        raise StaleVersionError


def reread(row: Versioned) -> None:
    """Take what a row has become since it was read, such as its place, before it is written whole.

    What it belongs to stays the object that it is: nothing moves from one edition to another.
    """
    if row.pk:
        row.refresh_from_db(fields=[field.name for field in row._meta.concrete_fields if not field.is_relation])


def place(row: object, former: Content | None) -> None:
    """Put a new row, or one that comes from elsewhere, after its new siblings."""
    if isinstance(row, Content) and (former is None or not siblings(row).filter(pk=row.pk).exists()):
        row.position = next_position(row)
        if former:
            close_gap(former)


@transaction.atomic
def delete_row(row: Versioned, version: int, by: User | None = None, batch: str = "") -> Revision | None:
    """Delete a row with all that hangs on it; in an edition, close the gap. It can come back from the bin.

    Args:
        row: of an edition, or a step of the démarche.
        version: the one that was read when the deletion was decided.
        by: who deletes it, for the history.
        batch: shared by what one gesture deletes.

    Raises:
        EditionClosedError: the edition is published.
        StaleVersionError: somebody saved the row since, or deleted it.
    """
    if isinstance(row, Content):
        hold(row.edition)
    row.claim(version)
    if isinstance(row, Content):
        close_gap(row)
    revision = remember(row, by, Gesture.DELETED, before=branch(row), batch=batch)
    tell_action(row if isinstance(row, Content) else None)
    row.delete()
    return revision


@transaction.atomic
def move_row(row: Content, step: int, by: User | None = None) -> bool:
    """Move a row of an edition among its siblings, such as they are now (see `roadmaps.outline.move`).

    Raises:
        EditionClosedError: the edition is published.
        StaleVersionError: the row is gone.
    """
    hold(row.edition)
    current = type(row)._default_manager.filter(pk=row.pk).first()
    if current is None:
        raise StaleVersionError
    before = sheet(current)
    moved = move(current, step)
    if moved:
        current = type(row)._default_manager.get(pk=row.pk)
        current.edition = row.edition
        name = name_of(type(current))
        after = before | {name: [before[name][0] | {"position": current.position}]}  # the rest has not moved
        remember(current, by, Gesture.MOVED, before=before, after=after)
    return moved


def what_goes_with(row: Versioned) -> list[str]:
    """Count, in words, what deleting a row takes away or changes."""
    if isinstance(row, Horizon):
        count = row.actions.count()
        return [f"{plural(count, 'action perd son horizon', 'actions perdent leur horizon')}"] if count else []
    if not isinstance(row, Objective | Action):
        return []
    below, actions = Objective.objects.none(), Action.objects.filter(pk=row.pk)
    if isinstance(row, Objective):
        below = Objective.objects.filter(Q(parent=row) | Q(parent__parent=row))
        actions = Action.objects.filter(Q(objective=row) | Q(objective__in=below.values("pk")))
    of_objectives = Q(objective__in=below.values("pk")) | Q(objective=row if isinstance(row, Objective) else None)
    indicators = Indicator.objects.filter(edition=row.edition_id).filter(
        (of_objectives & Q(action=None)) | Q(action__in=actions.values("pk"))
    )
    counts = {
        ("objectif", "objectifs"): below.count(),
        ("action", "actions"): actions.count() if isinstance(row, Objective) else 0,
        ("indicateur", "indicateurs"): indicators.count(),
    }
    return [plural(count, *words) for words, count in counts.items() if count]
