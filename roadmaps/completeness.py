"""What an edition in preparation holds and still lacks: its outline with short marks, and how far it is."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Count, F, OuterRef, Subquery, Sum, When
from django.db.models.functions import Coalesce

from roadmaps.criteria import INCOMPLETE, Criterion, lacks, weighed
from roadmaps.models import Action, Annex, Content, Edition, Horizon, Indicator, KeyFigure, Objective, Section
from roadmaps.models.progress import latest_report
from ui.typography import number, plural


@dataclass
class Branch:
    """An objective in the tree of its edition, with what hangs on it."""

    objective: Objective
    number: str
    level: str  # the name of its level
    next_level: str  # the name of the level under it; none at the last
    children: list["Branch"] = field(default_factory=list)
    actions: list["Leaf"] = field(default_factory=list)
    is_first: bool = False
    is_last: bool = False

    @property
    def missing(self) -> list[str]:
        return [] if self.children or self.actions else ["rien dessous"]


@dataclass
class Leaf:
    """An action in the tree of its edition."""

    action: Action
    number: str
    is_first: bool
    is_last: bool

    @property
    def lacks(self) -> list[Criterion]:
        """What it needs to be complete."""
        return lacks(self.action)

    @property
    def is_incomplete(self) -> bool:
        return bool(self.lacks)

    @property
    def missing(self) -> list[str]:
        """The marks of the outline."""
        return [one.mark for one in self.lacks if one.is_short]


def tree(edition: Edition) -> list[Branch]:
    """Give the objectives of an edition from the first level, each with its actions, in two queries."""
    children: dict[int | None, list[Objective]] = defaultdict(list)
    for objective in Objective.objects.filter(edition=edition).defer("text"):
        children[objective.parent_id].append(objective)
    actions: dict[int, list[Action]] = defaultdict(list)
    rows = weighed(Action.objects.filter(edition=edition)).annotate(reported=latest_report(F("status")))
    for action in rows.defer("description", "internal_note"):
        actions[action.objective_id].append(action)

    names = [*edition.level_names, "", "", ""]

    def branches(parent: int | None, prefix: str) -> list[Branch]:
        together = children[parent]
        return [
            Branch(
                objective=one,
                number=f"{prefix}{rank}",
                level=names[one.depth - 1],
                next_level=names[one.depth],
                children=branches(one.pk, f"{prefix}{rank}."),
                actions=leaves(actions[one.pk], f"{prefix}{rank}."),
                is_first=rank == 1,
                is_last=rank == len(together),
            )
            for rank, one in enumerate(together, 1)
        ]

    return branches(None, "")


def leaves(actions: list[Action], prefix: str) -> list[Leaf]:
    """Number the actions of an objective."""
    return [Leaf(one, f"{prefix}{rank}", rank == 1, rank == len(actions)) for rank, one in enumerate(actions, 1)]


@dataclass(frozen=True)
class Progress:
    """How far an edition is: its complete actions, out of all."""

    complete: int = 0
    total: int = 0

    def __str__(self) -> str:
        if not self.total:
            return "Aucune action"
        return f"{plural(self.complete, 'action complète', 'actions complètes')} sur {number(self.total)}"


def progress(branches: list[Branch]) -> Progress:
    """Count what a tree shows, without a query."""
    leaves = list(all_leaves(branches))
    return Progress(sum(not leaf.is_incomplete for leaf in leaves), len(leaves))


def progress_of(editions: Iterable[Edition]) -> dict[int, Progress]:
    """Count the complete actions of several editions, in one query."""
    actions = weighed(Action.objects.filter(edition__in=[edition.pk for edition in editions]))
    complete = Case(When(INCOMPLETE, then=0), default=1)
    rows = actions.annotate(is_complete=complete).order_by().values("edition")
    counts = rows.annotate(complete=Sum("is_complete"), total=Count("pk")).values_list("edition", "complete", "total")
    found = {edition: Progress(complete, total) for edition, complete, total in counts}
    return {edition.pk: found.get(edition.pk, Progress()) for edition in editions}


def all_branches(branches: list[Branch]) -> Iterator[Branch]:
    """Give the objectives of a tree, each before what hangs on it."""
    for branch in branches:
        yield branch
        yield from all_branches(branch.children)


def all_leaves(branches: list[Branch]) -> Iterator[Leaf]:
    """Give the actions of a tree, in its order."""
    for branch in all_branches(branches):
        yield from branch.actions


def part_counts(edition: Edition) -> dict[str, int]:
    """Count what each part of an edition holds, by the name of its model, in one query."""
    parts = (Section, Horizon, KeyFigure, Objective, Action, Indicator, Annex)
    counts = {f"{model._meta.model_name}_count": _counted(model) for model in parts}
    counted: Mapping[str, Any] = Edition.objects.filter(pk=edition.pk).values(**counts).get()
    return {name.removesuffix("_count"): count for name, count in counted.items()}


def _counted(model: type[Content]) -> Coalesce:
    rows = model._default_manager.filter(edition=OuterRef("pk")).order_by().values("edition")
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)
