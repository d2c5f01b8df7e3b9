"""What a snapshot says, field by field, as a reader would say it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, cast

from django.apps import apps
from django.db.models import CharField, FileField, Model, TextField, Value
from django.utils.safestring import SafeString

from roadmaps.models import (
    Action,
    ActionActor,
    Content,
    Edition,
    Funding,
    Horizon,
    Indicator,
    Measure,
    Objective,
    RoadmapActor,
    Step,
)
from roadmaps.models.terms import EssFamily, Lever, SustainableGoal, Term, Theme
from roadmaps.sheets import dated, figure
from roadmaps.snapshots import BELONGINGS, Snapshot, name_of
from ui.differences import marked, marked_rich, replaced
from ui.partial_date import PartialDate, PartialDateField
from ui.rich_text import RichTextField
from ui.typography import euros

# The rows of a sheet that are told together, as one field.
TOGETHER = {
    ActionActor: "Organismes",
    Funding: "Financements",
    Step: "Étapes",
    Indicator: "Indicateurs",
    Measure: "Relevés",
    RoadmapActor: "Acteurs",
}
UNTOLD = {"uid", "position"}
GONE = "(supprimé)"
TERMS: tuple[type[Term], ...] = (Lever, Theme, EssFamily, SustainableGoal)
POINTED_AT: tuple[type[Content], ...] = (Horizon, Objective, Action)


@dataclass(frozen=True)
class Told:
    """What a field says, in words."""

    name: str
    label: str
    text: str
    is_rich: bool = False
    is_value: bool = False  # a figure, a date, a choice: it is replaced whole, not reworded


@dataclass(frozen=True)
class Change:
    """A field that no longer says the same, in words and marks."""

    name: str
    label: str
    marks: SafeString
    is_rich: bool


def change(old: Told | None, new: Told | None, *, under: int = 2, is_whole: bool = True) -> Change | None:
    """Mark what changed in a field; None if it says the same.

    Args:
        old: what it said, if it was there.
        new: what it says.
        under: level of the heading that it is shown under.
        is_whole: whether the paragraphs of a rich text that stay are shown too.
    """
    told = new or old
    before, after = old.text if old else "", new.text if new else ""
    if told is None or before == after:
        return None
    if told.is_rich:
        marks = marked_rich(before, after, under=under, is_whole=is_whole)
    else:
        marks = replaced(before, after) if told.is_value else marked(before, after)
    return Change(told.name, told.label, marks, told.is_rich)


def tell(model: type[Model], snapshot: Snapshot, titles: dict[str, str]) -> dict[str, Told]:
    """Say a sheet field by field.

    Args:
        model: of the sheet.
        snapshot: what it says; an empty one says nothing.
        titles: what the uids in it stand for.
    """
    (row,) = snapshot.get(name_of(model), [{}])
    told = {field.name: told_field(field, row.get(field.name), titles) for field in told_fields(model)}
    for part, label in TOGETHER.items():
        if part in BELONGINGS.get(model, {}):
            lines = [LINES[part](one) for one in snapshot.get(name_of(part), [])]
            told[name_of(part)] = Told(name_of(part), label, "\n".join(lines))
    return told


def told_fields(model: type[Model]) -> Iterable[Any]:
    """Give the fields of a sheet that mean something to its readers, in order."""
    for field in (*model._meta.local_concrete_fields, *model._meta.local_many_to_many):
        if field.name not in UNTOLD and field.editable and not field.primary_key:
            yield field


def told_field(field: Any, value: Any, titles: dict[str, str]) -> Told:
    label = str(field.verbose_name)
    is_text = isinstance(field, CharField | TextField) and not field.choices and not isinstance(field, PartialDateField)
    return Told(
        field.name,
        label[0].upper() + label[1:],
        in_words(field, value, titles),
        is_rich=isinstance(field, RichTextField),
        is_value=not is_text and not field.many_to_many,
    )


def in_words(field: Any, value: Any, titles: dict[str, str]) -> str:
    """Write the value of a field: a choice by its label, a date in French, a row of the edition by its title."""
    if isinstance(value, bool) or field.get_internal_type() == "BooleanField":
        return "oui" if value else "non"
    if value in (None, "", []):
        return ""
    to = field.related_model
    if isinstance(value, list):
        if issubclass(to, Content | Term):
            prefix = f"{name_of(to)}:" if issubclass(to, Term) else ""
            return ", ".join(titles.get(f"{prefix}{one}", GONE) for one in value)
        return ", ".join(map(str, to._default_manager.filter(pk__in=value)))
    if isinstance(to, type) and issubclass(to, Content):
        return titles.get(value, GONE)
    return simple(field, value)


def simple(field: Any, value: Any) -> str:
    """Write a value that points at no row of the edition."""
    if field.related_model and isinstance(value, int):
        return str(field.related_model._default_manager.filter(pk=value).first() or GONE)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, PartialDateField):
        return str(PartialDate.parse(value))
    if isinstance(field, FileField):
        return Path(value).name
    return figure(Decimal(value)) if field.get_internal_type() == "DecimalField" else str(value)


def actor_line(row: dict[str, Any]) -> str:
    return f"{ActionActor.Role(row['role']).label} : {row['organisation']}"


def roadmap_actor_line(row: dict[str, Any]) -> str:
    return f"{RoadmapActor.Role(row['role']).label} : {row['organisation']}"


def funding_line(row: dict[str, Any]) -> str:
    is_staff = row["nature"] == Funding.Nature.STAFF
    amount = figure(Decimal(row["amount"]), "ETP") if is_staff else euros(Decimal(row["amount"]))
    words = (row["year"], row["funder"], Funding.Nature(row["nature"]).label, Funding.Status(row["status"]).label,
             row["note"])  # fmt: skip
    return " · ".join(str(word) for word in (amount, *words) if word)


def step_line(row: dict[str, Any]) -> str:
    due = f"échéance {PartialDate.parse(row['due_on'])}" if row["due_on"] else ""
    done = f"faite {PartialDate.parse(row['done_on']).told}" if row["done_on"] else ""
    return ", ".join(text for text in (row["title"], due, done) if text)


def indicator_line(row: dict[str, Any]) -> str:
    baseline = dated(figure(row["baseline"] and Decimal(row["baseline"]), row["unit"]), row["baseline_year"])
    target = dated(figure(row["target"] and Decimal(row["target"]), row["unit"]), row["target_year"])
    ends = " → ".join(text for text in (baseline, target) if text)
    return f"{row['label']} : {ends}" if ends else row["label"]


def measure_line(row: dict[str, Any]) -> str:
    on = PartialDate.parse(row["measured_on"]) if row["measured_on"] else None
    told = dated(figure(Decimal(row["value"])), on)
    return " · ".join(text for text in (told, row["note"], row["source"]) if text)


LINES = {
    ActionActor: actor_line,
    Funding: funding_line,
    Step: step_line,
    Indicator: indicator_line,
    Measure: measure_line,
    RoadmapActor: roadmap_actor_line,
}


def vocabulary() -> dict[str, str]:
    """Give the words of the vocabularies, by name of model and code: « lever:foncier »."""
    of_all = [model._default_manager.order_by().values_list(Value(name_of(model)), "code", "label") for model in TERMS]
    return {f"{name}:{code}": label for name, code, label in of_all[0].union(*of_all[1:], all=True)}


def titles_in(edition: Edition) -> dict[str, str]:
    """Give what each uid that a sheet may point at stands for."""
    return vocabulary() | {
        row.uid: str(row) for model in POINTED_AT for row in model._default_manager.filter(edition=edition)
    }


@cache
def model_of(kind: str) -> type[Model]:
    """Give the model of a sheet from the kind that a revision keeps."""
    return cast("type[Model]", apps.get_model("roadmaps", kind))
