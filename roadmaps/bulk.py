"""What may be done to many actions at once, each gesture a class: its effect in words, action by action, then itself.

A gesture writes with as many statements for forty actions as for one. It works on actions given by `chosen`, whose
horizon, objective, organisations and terms are loaded.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from django.db.models import Model, Prefetch

from people.models import Organisation
from publishing.versions import new_uid
from roadmaps.forms.names import Organisations
from roadmaps.models import Action, ActionActor, Edition, Indicator, Objective
from roadmaps.models.terms import Term
from roadmaps.outline import in_tree_order
from ui.typography import plural

LEAD = ActionActor.Role.LEAD
NOTHING = {"horizon": "sans horizon", "priority": "sans priorité"}
TERMS = {"levers": "levier", "themes": "thématique"}


def chosen(edition: Edition, uids: Iterable[str]) -> list[Action]:
    """Give the actions of these uids that are in an edition, in the order of the document, ready for any gesture."""
    objectives = in_tree_order(Objective.objects.filter(edition=edition).defer("text"))
    order = {objective.pk: rank for rank, objective in enumerate(objectives)}
    actors = Prefetch("actors", ActionActor.objects.select_related("organisation"))
    found = Action.objects.filter(edition=edition, uid__in=list(uids)).select_related("horizon", "objective")
    actions = list(found.defer("description").prefetch_related(actors, *TERMS))
    return sorted(actions, key=lambda action: (order[action.objective_id], action.position, action.pk))


class Gesture:
    """Something done to many actions."""

    label: str
    deletes: ClassVar[bool] = False

    def effect(self, action: Action) -> str:
        """Say what it changes in an action: « Court terme → Moyen terme »; nothing where it is so already."""
        raise NotImplementedError

    def already(self) -> str:
        """Say how it is with the actions that it does not change."""
        raise NotImplementedError

    def apply(self, actions: list[Action]) -> None:
        """Do it, to actions that it changes, in an edition that is held."""
        raise NotImplementedError


@dataclass
class SetField(Gesture):
    """Give a field one value."""

    label: str
    name: str
    value: Any
    words: str

    def effect(self, action: Action) -> str:
        return "" if getattr(action, self.name) == self.value else f"{self.before(action)} → {self.words}"

    def before(self, action: Action) -> str:
        value = getattr(action, self.name)
        if isinstance(value, bool):
            return "oui" if value else "non"
        return str(dict(Action.Priority.choices).get(value, value)) if value else NOTHING[self.name]

    def already(self) -> str:
        return f"déjà « {self.words} »"

    def apply(self, actions: list[Action]) -> None:
        keys = [action.pk for action in actions]
        Action.objects.filter(pk__in=keys).update(**{self.name: self.value})


@dataclass
class SetLead(Gesture):
    """Make an organisation the pilot, in the place of those that are or with them; a new name creates it."""

    organisation: Organisation
    replaces: bool
    label: str = "Pilote"

    def effect(self, action: Action) -> str:
        names = [actor.organisation.name for actor in action.actors.all() if actor.role == LEAD]
        wanted = [self.organisation.name]
        if names == wanted or (not self.replaces and wanted[0] in names):
            return ""
        if not names:
            return f"sans pilote → {wanted[0]}"
        return f"{', '.join(names)} → {', '.join(wanted if self.replaces else names + wanted)}"

    def already(self) -> str:
        return f"déjà pilotée par {self.organisation.name}"

    def apply(self, actions: list[Action]) -> None:
        if self.organisation.pk is None:
            Organisations().save([self.organisation])
        rows, gone = [], []
        for action in actions:
            former = [actor for actor in action.actors.all() if actor.role == LEAD]
            kept = [actor for actor in action.actors.all() if not (self.replaces and actor.role == LEAD)]
            gone += former if self.replaces else []
            # The pilot is said first, where it replaces; after the other organisations otherwise.
            one = ActionActor(edition=action.edition, action=action, organisation=self.organisation, role=LEAD,
                              uid=former[0].uid if self.replaces and former else new_uid())  # fmt: skip
            together = [one, *kept] if self.replaces else [*kept, one]
            for position, row in enumerate(together):
                row.position = position
            rows += together
        ActionActor.objects.filter(pk__in=[row.pk for row in gone]).delete()
        ActionActor.objects.bulk_update([row for row in rows if row.pk], ["position"])
        ActionActor.objects.bulk_create([row for row in rows if not row.pk])


@dataclass
class ChangeTerm(Gesture):
    """Add a word of a vocabulary, or take it away."""

    name: str  # of the relation: "levers", "themes"
    term: Term
    removes: bool = False

    @property
    def label(self) -> str:  # type: ignore[override]
        return f"{TERMS[self.name][0].upper()}{TERMS[self.name][1:]} « {self.term} »"

    def effect(self, action: Action) -> str:
        has = self.term in getattr(action, self.name).all()
        return ("" if not has else "retrait") if self.removes else ("" if has else "ajout")

    def already(self) -> str:
        return "déjà sans" if self.removes else "déjà là"

    def apply(self, actions: list[Action]) -> None:
        field = cast("Any", Action._meta.get_field(self.name))
        through = cast("type[Model]", field.remote_field.through)._default_manager
        source, target = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
        if self.removes:
            keys = [action.pk for action in actions]
            through.filter(**{f"{source}__in": keys, target: self.term.pk}).delete()
        else:
            through.bulk_create(through.model(**{source: one.pk, target: self.term.pk}) for one in actions)


@dataclass
class MoveUnder(Gesture):
    """Move actions under an objective, after those that it has, in the order in which they are."""

    objective: Objective
    label: str = "Objectif"

    def effect(self, action: Action) -> str:
        here = action.objective
        return "" if here == self.objective else f"de « {here} » vers « {self.objective} »"

    def already(self) -> str:
        return f"déjà dans « {self.objective} »"

    def apply(self, actions: list[Action]) -> None:
        keys = [action.pk for action in actions]
        Action.objects.filter(pk__in=keys).update(objective=self.objective)
        touched = {self.objective.pk, *(action.objective_id for action in actions)}
        arrived = {key: rank for rank, key in enumerate(keys)}
        renumber_in(touched, arrived)


@dataclass
class Delete(Gesture):
    """Delete actions with all that hangs on them; they can come back from the bin."""

    label: str = "Suppression"
    deletes: ClassVar[bool] = True

    def effect(self, action: Action) -> str:
        return "supprimée"

    def already(self) -> str:
        return ""

    def apply(self, actions: list[Action]) -> None:
        Action.objects.filter(pk__in=[action.pk for action in actions]).delete()
        renumber_in({action.objective_id for action in actions}, {})


def renumber_in(objectives: set[int], arrived: dict[int, int]) -> None:
    """Number again the actions of some objectives, those that have just arrived last, in two statements."""
    rows = Action.objects.filter(objective__in=objectives).only("pk", "position", "objective_id")
    together: dict[int, list[Action]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (arrived.get(row.pk, -1), row.position, row.pk)):
        together[row.objective_id].append(row)
    moved = []
    for group in together.values():
        for position, row in enumerate(group):
            if row.position != position:
                row.position = position
                moved.append(row)
    Action.objects.bulk_update(moved, ["position"])


@dataclass
class Effect:
    """What one gesture does to a selection, in words."""

    label: str
    parts: list[str]  # « Court terme → Moyen terme (8) », « déjà à Moyen terme (4) »

    @classmethod
    def of(cls, gesture: Gesture, actions: list[Action]) -> "Effect":
        counts: dict[str, int] = defaultdict(int)
        for action in actions:
            counts[gesture.effect(action) or gesture.already()] += 1
        unchanged = counts.pop(gesture.already(), 0)
        told = [*counts.items(), *([(gesture.already(), unchanged)] if unchanged else [])]
        parts = [f"{words} ({count})" for words, count in told]
        return cls(gesture.label, parts + (losses(actions) if gesture.deletes else []))


def losses(actions: list[Action]) -> list[str]:
    """Count what goes with deleted actions."""
    count = Indicator.objects.filter(action__in=[action.pk for action in actions]).count()
    return [f"avec {plural(count, 'indicateur', 'indicateurs')}"] if count else []
