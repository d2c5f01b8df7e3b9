"""The actions that the CRESS keeps as models, and how they go into a roadmap.

A model keeps what travels from one territory to another: what the action is, for whom, by what means, its steps, what
tells that it succeeds. It names nobody: organisations, money, dates, figures and internal notes are of one territory
only, and what is inserted by inattention would be published in the name of another.
"""

from typing import Any

from django.db import transaction

from people.models import User
from publishing.versions import StaleVersionError, new_uid
from roadmaps.copies import remember_created
from roadmaps.editions import hold
from roadmaps.models import Action, Indicator, ModelAction, Objective, Step
from roadmaps.outline import next_position
from roadmaps.rewriting import Writer
from roadmaps.snapshots import Snapshot, name_of, sheet, with_new_uids
from territories.names import fold

# Of each kind of row, the fields that travel.
TRAVELLING: dict[type[Action | Step | Indicator], tuple[str, ...]] = {
    Action: (
        "title", "summary", "description", "is_recurring", "priority", "answers_economic_need", "answers_social_need",
        "answers_environmental_need", "levers", "themes", "families", "goals", "audience", "means", "deliverables",
    ),
    Step: ("action", "title", "position"),
    Indicator: ("action", "label", "unit", "position"),
}  # fmt: skip
ORIGIN = "D’après « {} », édition {}."


def travelling(snapshot: Snapshot) -> Snapshot:
    """Keep, of an action, what serves elsewhere."""
    return {
        name_of(model): [{name: row[name] for name in ("uid", *fields)} for row in snapshot[name_of(model)]]
        for model, fields in TRAVELLING.items()
        if snapshot.get(name_of(model))
    }


def keep(action: Action, by: User) -> ModelAction:
    """Keep an action as a model; the action stays as it is."""
    edition = action.edition
    longest = ModelAction._meta.get_field("note").max_length
    note = ORIGIN.format(edition.roadmap, edition.number)[:longest]
    return ModelAction.objects.create(title=action.title, note=note, content=travelling(sheet(action)), kept_by=by)


@transaction.atomic
def insert(model: ModelAction, objective: Objective, by: User) -> tuple[Action, str]:
    """Write a model as the last action of an objective.

    Args:
        model: of the library.
        objective: of an edition in preparation.
        by: who inserts it.

    Returns:
        The action, and the batch that undoes it.

    Raises:
        EditionClosedError: the edition is published.
        StaleVersionError: the objective is gone.
    """
    edition = objective.edition
    hold(edition)
    if not Objective.objects.filter(pk=objective.pk).exists():
        raise StaleVersionError
    snapshot = with_new_uids(model.content, new_uid)
    (first,) = snapshot[name_of(Action)]
    first |= {"title": model.title, "objective": objective.uid}
    first["position"] = next_position(Action(edition=edition, objective=objective))
    for row in snapshot.get(name_of(Indicator), []):
        row["objective"] = None
    Writer(edition).write(snapshot)
    action = Action.objects.get(edition=edition, uid=first["uid"])
    action.edition = edition
    return action, remember_created(edition, snapshot, by)


def found(query: str) -> list[ModelAction]:
    """Give the models of which each word of a query starts a word of the title, the note or the summary."""
    words = [f" {word}" for word in fold(query).split()]
    return [
        model for model in ModelAction.objects.select_related("kept_by") if all(word in read(model) for word in words)
    ]


def read(model: ModelAction) -> str:
    return f" {fold(f'{model.title} {model.note} {summary(model)}')}"


def summary(model: ModelAction) -> str:
    """Give the few words that say what a model is about."""
    return str(said(model).get("summary", ""))


def said(model: ModelAction) -> dict[str, Any]:
    """Give what a model says of the action itself."""
    return (model.content.get(name_of(Action)) or [{}])[0]


def content(model: ModelAction) -> Snapshot:
    """Give all that a model says, what it leaves to the next territory being empty."""
    return {
        name_of(part): [
            dict.fromkeys(field.name for field in part._meta.local_concrete_fields) | row
            for row in model.content.get(name_of(part), [])
        ]
        for part in TRAVELLING
    }
