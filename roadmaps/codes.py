"""The codes that the document prints, numbered again when a writer asks for it, and only then.

A code is a text of its own (« 3.1 », « Action 14 »): a row that moves keeps it, because others quote it. Renumbering
gives each row, in the order of the document, the code that a pattern draws.
"""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from people.models import User
from publishing.versions import StaleVersionError, new_uid
from roadmaps.editions import hold
from roadmaps.history import remember_all
from roadmaps.models import Action, Edition, Objective, Revision
from roadmaps.outline import in_tree_order
from roadmaps.snapshots import sheets

KEPT, NESTED, THROUGH, NONE = "gardes", "rangs", "suite", "aucun"
PREFIX = "Action "


@dataclass(frozen=True)
class Pattern:
    """How codes are drawn, for objectives and for actions."""

    objectives: str = NESTED  # KEPT, NESTED (1, 1.1, 1.1.1) or NONE
    actions: str = NESTED  # or THROUGH: the prefix, then a number through the whole document
    prefix: str = PREFIX


@dataclass(frozen=True)
class Recoding:
    """A row, and the code that it would have."""

    row: Objective | Action
    depth: int
    old: str
    new: str

    @property
    def changes(self) -> bool:
        return self.old != self.new


def recodings(edition: Edition, pattern: Pattern) -> list[Recoding]:
    """Give every objective and action in the order of the document, with the code that the pattern draws for it."""
    actions: dict[int, list[Action]] = defaultdict(list)
    for action in Action.objects.filter(edition=edition).defer("description"):
        actions[action.objective_id].append(action)
    ranks: Counter[int | None] = Counter()
    numbers: dict[int | None, str] = {None: ""}
    found, count = [], 0
    for one in in_tree_order(Objective.objects.filter(edition=edition).defer("text")):
        ranks[one.parent_id] += 1
        numbers[one.pk] = f"{numbers[one.parent_id]}.{ranks[one.parent_id]}".lstrip(".")
        new = {KEPT: one.code, NESTED: numbers[one.pk], NONE: ""}[pattern.objectives]
        found.append(Recoding(one, one.depth, one.code, new))
        # An objective’s own actions come before the objectives under it, as in the document: those number on.
        for action in actions[one.pk]:
            count += 1
            ranks[one.pk] += pattern.actions == NESTED
            drawn = {KEPT: action.code, NESTED: f"{numbers[one.pk]}.{ranks[one.pk]}", NONE: "",
                     THROUGH: f"{pattern.prefix}{count}"}  # fmt: skip
            found.append(Recoding(action, one.depth + 1, action.code, drawn[pattern.actions]))
    return found


def fingerprint(rows: Iterable[Recoding]) -> str:
    """Sum up what a preview shows, so that what is applied is what was read."""
    told = "\n".join(f"{one.row.uid} {one.old} → {one.new}" for one in rows)
    return hashlib.sha256(told.encode()).hexdigest()


def usual_prefix(edition: Edition) -> str:
    """Give what most codes of actions start with, before their number: « Action », « A »."""
    codes = Action.objects.filter(edition=edition).exclude(code="").values_list("code", flat=True)
    prefixes = Counter(found[1] for code in codes if (found := re.fullmatch(r"(\D{1,10})[\d.]+", code)))
    return prefixes.most_common(1)[0][0] if prefixes else PREFIX


@transaction.atomic
def renumber_codes(edition: Edition, pattern: Pattern, read: str, by: User) -> str:
    """Give each row the code that a pattern draws, in a constant number of queries.

    Args:
        edition: the one written in.
        pattern: how codes are drawn.
        read: the fingerprint of the preview.
        by: who asks.

    Returns:
        The batch that undoes it; nothing where no code changes.

    Raises:
        EditionClosedError: the edition is published.
        StaleVersionError: the outline is no longer the one of the preview; no code changes.
    """
    hold(edition)
    rows = recodings(edition, pattern)
    if fingerprint(rows) != read:
        raise StaleVersionError
    batch = new_uid()
    for model in (Objective, Action):
        write_codes(model, [one for one in rows if one.changes and isinstance(one.row, model)], edition, by, batch)
    return batch if any(one.changes for one in rows) else ""


def write_codes(model: type[Objective | Action], rows: list[Recoding], edition: Edition, by: User, batch: str) -> None:
    keys = [one.row.pk for one in rows]
    before = sheets(model, keys)
    for one in rows:
        one.row.code, one.row.version, one.row.edition = one.new, one.row.version + 1, edition
    written: list[Any] = [one.row for one in rows]
    model._default_manager.bulk_update(written, ["code", "version"])
    after = sheets(model, keys)
    changes = [(one.row, before[one.row.pk], after[one.row.pk]) for one in rows]
    remember_all(changes, by, Revision.Gesture.WRITTEN, batch)
