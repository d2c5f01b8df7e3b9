"""What an edition in preparation holds, in brief: its tree and the titles of all the rest, read once for a page.

The pane beside a sheet and the choices that the sheet offers are the same rows: three queries serve both.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import F, IntegerField, Value
from django.db.models.functions import Cast

from roadmaps.completeness import Branch, Leaf, all_branches, all_leaves, tree
from roadmaps.models import Action, Annex, Content, Edition, Horizon, Indicator, KeyFigure, Objective, Section

KEPT = "_plan"  # attribute of the edition that keeps what was read
# The rest of an edition, and the column that says what each row is called.
TITLES: dict[type[Content], str] = {
    Section: "title", KeyFigure: "label", Horizon: "label", Indicator: "label", Annex: "title",
}  # fmt: skip
YEARS = ("first_year", "last_year")


@dataclass
class Plan:
    """The tree of an edition, and the rest by kind: of each row only its title is loaded, and a horizon’s years."""

    branches: list[Branch]
    rest: dict[type[Content], list[Any]]

    @cached_property
    def objectives(self) -> list[Objective]:
        return [branch.objective for branch in all_branches(self.branches)]

    @cached_property
    def leaves(self) -> list[Leaf]:
        return list(all_leaves(self.branches))

    @cached_property
    def actions(self) -> list[Action]:
        return [leaf.action for leaf in self.leaves]


def plan_of(edition: Edition) -> Plan:
    """Give the plan of an edition, read in three queries and kept on the edition object."""
    if not hasattr(edition, KEPT):
        setattr(edition, KEPT, Plan(tree(edition), rest_of(edition)))
    plan: Plan = getattr(edition, KEPT)
    return plan


def rest_of(edition: Edition) -> dict[type[Content], list[Any]]:
    """Read the titles of what an edition holds beside its tree, in one query."""
    models = list(TITLES)
    first, *others = (titles(model, rank, edition) for rank, model in enumerate(models))
    found: dict[type[Content], list[Any]] = {model: [] for model in models}
    for rank, position, pk, uid, title, *years in sorted(first.union(*others, all=True), key=lambda row: row[:3]):
        model = models[rank]
        names = ["id", "uid", "position", TITLES[model], *(YEARS if model is Horizon else ())]
        found[model].append(model.from_db(None, names, [pk, uid, position, title, *years][: len(names)]))
    return found


def titles(model: type[Content], rank: int, edition: Edition) -> Any:
    """Ask for the titles of one kind of rows, in the columns that all kinds share."""
    years = [F(name) if model is Horizon else Cast(Value(None), IntegerField()) for name in YEARS]
    rows = model._default_manager.filter(edition=edition).order_by()
    return rows.values_list(Value(rank), "position", "pk", "uid", TITLES[model], *years)
