"""The order of what an edition holds, and where an objective hangs.

Positions are dense among siblings: 0, 1, 2… Each verb is called in the transaction that holds the edition.
"""

from collections.abc import Iterable

from django.db.models import F, QuerySet

from roadmaps.models import Action, ActionActor, Content, Funding, Indicator, Measure, Objective, Step
from roadmaps.models.edition import MAX_LEVELS

# Among what a row is ordered; by default, all the rows of its kind in the edition.
SCOPES = {
    Objective: ("edition", "parent"),
    Action: ("objective",),
    ActionActor: ("action",),
    Funding: ("action",),
    Step: ("action",),
    Measure: ("indicator",),
}


def siblings(row: Content) -> QuerySet:
    """Give the rows among which ``row`` is ordered, in order, itself included once saved."""
    scope = SCOPES.get(type(row), ("edition",))
    return type(row)._default_manager.filter(**{f"{name}_id": getattr(row, f"{name}_id") for name in scope})


def next_position(row: Content) -> int:
    """Give the place after the last of its siblings."""
    last = siblings(row).exclude(pk=row.pk).order_by("-position").values_list("position", flat=True).first()
    return 0 if last is None else last + 1


def renumber(rows: list[Content]) -> None:
    """Number rows 0, 1, 2… as they come."""
    moved = []
    for position, row in enumerate(rows):
        if row.position != position:
            row.position = position
            moved.append(row)
    if moved:
        type(moved[0])._default_manager.bulk_update(moved, ["position"])


def move(row: Content, step: int) -> bool:
    """Move a row among its siblings, -1 for up and 1 for down; False where it is at the end already."""
    rows = list(siblings(row))
    here = rows.index(row)
    there = here + step
    possible = 0 <= there < len(rows)
    if possible:
        rows.insert(there, rows.pop(here))
    renumber(rows)
    return possible


def close_gap(row: Content) -> None:
    """Number again the siblings that a row has left, or is leaving."""
    renumber(list(siblings(row).exclude(pk=row.pk)))


def hang(row: Content, under: Objective | None) -> None:
    """Hang a row under an objective, or at the first level; what is of no such kind stays as it is."""
    if isinstance(row, Objective):
        row.place_under(under)
    elif under and isinstance(row, Action):
        row.objective = under


def make_room(row: Content) -> None:
    """Number again the siblings among which a row has come back at the place that it says."""
    others = list(siblings(row).exclude(pk=row.pk))
    others.insert(row.position, row)
    renumber(others)


def height(objective: Objective) -> int:
    """Count the levels that an objective takes with what hangs on it: 1, 2 or 3."""
    below = Objective.objects.filter(edition=objective.edition_id)
    if not objective.pk or not below.filter(parent=objective).exists():
        return 1
    return 3 if below.filter(parent__parent=objective).exists() else 2


def possible_parents(objective: Objective, levels: int) -> QuerySet[Objective]:
    """Give the objectives of its edition under which it may hang, what hangs on it following.

    Args:
        objective: saved or not; it never hangs under itself or its own.
        levels: how many the edition names.
    """
    deepest = min(levels, MAX_LEVELS) - height(objective)
    found = Objective.objects.filter(edition=objective.edition_id, depth__lte=deepest)
    if objective.pk:
        found = found.exclude(pk=objective.pk).exclude(parent=objective).exclude(parent__parent=objective)
    return found


def in_tree_order(objectives: Iterable[Objective]) -> list[Objective]:
    """Sort objectives as the document gives them: each before what hangs on it."""
    by_pk = {objective.pk: objective for objective in objectives}

    def path(objective: Objective) -> tuple[tuple[int, int], ...]:
        parent = by_pk.get(objective.parent_id or 0)
        return (*(path(parent) if parent else ()), (objective.position, objective.pk))

    return sorted(by_pk.values(), key=path)


def tell_action(*indicators: Content | None) -> None:
    """Raise the version of the actions whose sheets show some indicators: whoever has one open is told."""
    actions = {row.action_id for row in indicators if isinstance(row, Indicator) and row.action_id}
    if actions:
        Action.objects.filter(pk__in=actions).update(version=F("version") + 1)


def carry_descendants(objective: Objective) -> None:
    """Set the levels of all that hangs on an objective after it has moved."""
    below = Objective.objects.filter(edition=objective.edition_id)
    grandchildren = below.filter(parent__in=below.filter(parent=objective).values("pk"))
    below.filter(parent=objective).update(depth=objective.depth + 1, parent_depth=objective.depth)
    grandchildren.update(depth=objective.depth + 2, parent_depth=objective.depth + 1)
