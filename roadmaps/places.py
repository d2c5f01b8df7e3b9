"""Where an objective or an action may go in the outline of its edition, and how it goes there with all that is its own.

A place is said by what surrounds it, never by a rank: the objective that it is under, and the sibling that it follows.
It means the same whatever others moved meanwhile; if what it names is gone, nothing moves.
"""

import copy
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.text import Truncator

from people.models import User
from publishing.versions import StaleVersionError
from roadmaps.editions import hold
from roadmaps.history import remember
from roadmaps.models import Action, Edition, Objective, Revision
from roadmaps.outline import carry_descendants, close_gap, hang, in_tree_order, possible_parents, renumber, siblings
from roadmaps.snapshots import sheet

Row = Objective | Action
LONGEST = 80  # characters of a title in a list of places
SHORT = 40  # where the title is said a second time


@dataclass(frozen=True)
class Place:
    """Under which objective (None: the first level), and after which of its siblings (the uid; none: first)."""

    under: Objective | None
    after: str = ""

    def __str__(self) -> str:
        return f"{self.under.uid if self.under else ''}.{self.after}"


class PlaceGoneError(Exception):
    """What the place names was deleted or has moved: nothing was done."""


@dataclass
class Offer:
    """The places under one objective."""

    label: str
    places: list[tuple[str, str]]  # what a form sends, and its words


def offers(row: Row, edition: Edition) -> list[Offer]:
    """Give every place where a row may go, in the order of the document, in a constant number of queries."""
    names = edition.level_names
    parents: list[Objective | None] = [*in_tree_order(parents_for(row, edition))]
    if isinstance(row, Objective):
        parents.insert(0, None)
    others: list[Any] = list(type(row)._default_manager.filter(edition=edition).exclude(pk=row.pk))
    return [
        Offer(
            label=f"{'— ' * (one.depth - 1)}{Truncator(one).chars(LONGEST)}" if one else f"Premier niveau ({names[0]})",
            places=[
                (
                    str(Place(one)),
                    f"En premier dans « {Truncator(one).chars(SHORT)} »" if one else "En premier, tout en haut",
                ),
                *(
                    (str(Place(one, other.uid)), f"Après « {Truncator(other).chars(LONGEST)} »")
                    for other in others
                    if above(other) == (one.pk if one else None)
                ),
            ],
        )
        for one in parents
    ]


def parents_for(row: Row, edition: Edition) -> "list[Objective]":
    """Give the objectives that a row may go under, what hangs on it fitting in the levels of the edition."""
    if isinstance(row, Action):
        return list(Objective.objects.filter(edition=edition))
    return list(possible_parents(row, len(edition.level_names)))


def above(row: Row) -> int | None:
    """Give the key of the objective that a row is under."""
    return row.objective_id if isinstance(row, Action) else row.parent_id


def present_place(row: Row) -> Place:
    """Say where a row is."""
    before = siblings(row).filter(position__lt=row.position).last()
    under = row.objective if isinstance(row, Action) else row.parent
    return Place(under, before.uid if before else "")


def read_place(text: str, edition: Edition) -> Place:
    """Read a place as a form sends it.

    Raises:
        PlaceGoneError: the objective that it names is not in the edition.
    """
    uid, _, after = text.partition(".")
    under = Objective.objects.filter(edition=edition, uid=uid).first() if uid else None
    if uid and under is None:
        raise PlaceGoneError
    return Place(under, after)


@transaction.atomic
def move_to(row: Row, where: str, by: User | None, batch: str = "") -> Revision | None:
    """Move a row, with all that hangs on it, to a place of the edition.

    Args:
        row: of an edition.
        where: the place, as `Place` writes it.
        by: who moves it, for the history.
        batch: shared by what one gesture moves.

    Returns:
        The revision, or None where it was there already.

    Raises:
        EditionClosedError: the edition is published.
        StaleVersionError: the row is gone.
        PlaceGoneError: the place is gone, or the row no longer fits there.
    """
    edition = row.edition
    hold(edition)
    place = read_place(where, edition)
    current = type(row)._default_manager.filter(pk=row.pk).first()
    if current is None:
        raise StaleVersionError
    current.edition = edition
    before = sheet(current)
    put(current, place, parents_for(current, edition))
    return remember(current, by, Revision.Gesture.MOVED, before=before, after=sheet(current), batch=batch)


def put(row: Row, place: Place, parents: list[Objective]) -> None:
    """Hang a row at a place among those that it may go under, and number its old and new siblings again."""
    if place.under is None and isinstance(row, Action):
        raise PlaceGoneError
    if place.under is not None and place.under not in parents:
        raise PlaceGoneError
    former = copy.copy(row)
    hang(row, place.under)
    others = list(siblings(row).exclude(pk=row.pk))
    rank = next((n for n, other in enumerate(others, 1) if other.uid == place.after), None) if place.after else 0
    if rank is None:
        raise PlaceGoneError
    if above(former) != above(row):
        # Whoever has its page open reads where it hangs: saving that page would put it back.
        row.version += 1
        row.save()
        close_gap(former)
    if isinstance(row, Objective):
        carry_descendants(row)
    others.insert(rank, row)
    renumber(others)
