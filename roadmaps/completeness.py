"""What an edition in preparation still lacks: short marks in its outline, and a checklist before it is published."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from roadmaps.models import (
    Action,
    ActionActor,
    Annex,
    Content,
    Edition,
    Horizon,
    Indicator,
    KeyFigure,
    Objective,
    Section,
)
from ui.typography import plural

# Who answers for an action, whatever the word.
LEADS = (ActionActor.Role.LEAD, ActionActor.Role.CARRIER)
HAS_LEAD = Exists(ActionActor.objects.filter(action=OuterRef("pk"), role__in=LEADS))


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
    def missing(self) -> list[str]:
        lacks = {
            "sans horizon ni date": not (self.action.horizon_id or self.action.ends_on or self.action.starts_on),
            "sans pilote": not self.action.has_lead,  # type: ignore[attr-defined]  # annotated by with_lead
            "sans résumé ni description": not (self.action.summary or self.action.description),
        }
        return [words for words, is_lacking in lacks.items() if is_lacking]


def with_lead(actions: QuerySet[Action]) -> QuerySet[Action]:
    """Say of each action whether somebody answers for it (``has_lead``)."""
    return actions.annotate(has_lead=HAS_LEAD)


def tree(edition: Edition) -> list[Branch]:
    """Give the objectives of an edition from the first level, each with its actions, in two queries."""
    children: dict[int | None, list[Objective]] = defaultdict(list)
    for objective in Objective.objects.filter(edition=edition).defer("text"):
        children[objective.parent_id].append(objective)
    actions: dict[int, list[Action]] = defaultdict(list)
    for action in with_lead(Action.objects.filter(edition=edition)):
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


@dataclass
class Checklist:
    """What publishing an edition should wait for: what keeps it from going online, and what a reader would miss."""

    blocking: list[str]
    advised: list[str]


def checklist(edition: Edition) -> Checklist:
    """Look through a draft, in a constant number of queries."""
    actions = Action.objects.filter(edition=edition)
    counts = {
        model: model._default_manager.filter(edition=edition).count() for model in (Section, Objective, KeyFigure)
    }
    blocking = [] if counts[Section] or counts[Objective] else ["Écrivez au moins une section ou un objectif."]
    lacks = {
        "La période n’est pas dite.": not edition.period,
        "L’ambition de la feuille de route n’est pas écrite.": not edition.roadmap.ambition,
        "Aucune section : le lecteur n’a ni contexte ni gouvernance.": not counts[Section],
        "Aucun objectif.": not counts[Objective],
        "Aucun chiffre clé.": not counts[KeyFigure],
    }
    marks = {
        "sans horizon ni date": actions.filter(horizon=None, starts_on=None, ends_on=None).count(),
        "sans pilote ni porteur": actions.filter(~HAS_LEAD).count(),
        "sans résumé ni description": actions.filter(summary="", description="").count(),
        "sans indicateur": actions.annotate(n=Count("indicators")).filter(n=0, objective__indicators=None).count(),
    }
    empty = Objective.objects.filter(edition=edition, actions=None, children=None).count()
    advised = [words for words, is_lacking in lacks.items() if is_lacking]
    advised += [f"{plural(count, 'action', 'actions')} {words}." for words, count in marks.items() if count]
    if empty:
        advised.append(f"{plural(empty, 'objectif', 'objectifs')} sans rien dessous.")
    return Checklist(blocking, advised)


def part_counts(edition: Edition) -> dict[str, int]:
    """Count what each part of an edition holds, by the name of its model, in one query."""
    parts = (Section, Horizon, KeyFigure, Objective, Action, Indicator, Annex)
    counts = {f"{model._meta.model_name}_count": _counted(model) for model in parts}
    counted: Mapping[str, Any] = Edition.objects.filter(pk=edition.pk).values(**counts).get()
    return {name.removesuffix("_count"): count for name, count in counted.items()}


def _counted(model: type[Content]) -> Coalesce:
    rows = model._default_manager.filter(edition=OuterRef("pk")).order_by().values("edition")
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)
