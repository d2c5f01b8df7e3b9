"""What a sheet says, as plain values that outlive it: the stuff of history, of the bin, of copies and comparisons.

A snapshot gives, by name of model, the rows that are written together: an action with its actors, fundings, steps
and indicators. It names what it points at by what lasts: the uid of a row of the edition, the name of an
organisation or person, the code of a term; so it can be written again in another edition, or much later.
"""

from collections.abc import Callable, Iterable
from decimal import Decimal
from itertools import chain
from typing import Any, cast

from django.db.models import CharField, Field, ForeignKey, ManyToManyField, Model, QuerySet, Value
from django.db.models.functions import Cast

from people.models import Organisation, Person
from roadmaps.forms.names import Organisations, Persons, Register
from roadmaps.models import (
    CONTENT_MODELS,
    Action,
    ActionActor,
    Content,
    Edition,
    Funding,
    Horizon,
    Indicator,
    Measure,
    Objective,
    Roadmap,
    RoadmapActor,
    Step,
)
from roadmaps.models.terms import Term
from ui.partial_date import PartialDate

Snapshot = dict[str, list[dict[str, Any]]]

# The rows that a sheet is made of beside its own, each found by the path that leads back to it.
BELONGINGS: dict[type[Model], dict[type[Model], str]] = {
    Action: {
        ActionActor: "action", Funding: "action", Step: "action", Indicator: "action", Measure: "indicator__action",
    },
    Indicator: {Measure: "indicator"},
    Roadmap: {RoadmapActor: "roadmap"},
}  # fmt: skip
REGISTERS: dict[type[Model], type[Register]] = {Organisation: Organisations, Person: Persons}
OWNER = "of"  # whose a row is, while several editions are taken at once
BY_KEY = {"co_carriers"}  # relations whose targets have no lasting name
LOST = "horizon_of"  # the actions that pointed at a deleted horizon
# What is no part of what a sheet says.
OWN_FIELDS = {
    "id", "edition", "version", "roadmap", "slug", "number", "created_at", "modified_at", "published_at",
    "published_by", "depth", "parent_depth",
}  # fmt: skip


def name_of(model: type[Model]) -> str:
    """Give the name of a model in a snapshot: "action"."""
    return str(model._meta.model_name)


def sheet(row: Model) -> Snapshot:
    """Take a sheet as it is stored: its row and those that are written with it.

    Args:
        row: of an edition, or an edition, a roadmap or a step of its démarche; saved.
    """
    return sheets(type(row), [row.pk]).get(row.pk, {})


def sheets(model: type[Model], keys: list[int]) -> dict[int, Snapshot]:
    """Take many sheets of one kind, by primary key, in as many queries as for one.

    Args:
        model: of the rows.
        keys: theirs; those that are gone have no snapshot.
    """
    found: dict[int, Snapshot] = {
        values.pop(OWNER): {name_of(model): [values]}
        for values in taken(model._base_manager.filter(pk__in=keys), by="id")
    }
    for part, path in BELONGINGS.get(model, {}).items():
        for values in taken(part._default_manager.filter(**{f"{path}__in": keys}), by=f"{path}_id"):
            found[values.pop(OWNER)].setdefault(name_of(part), []).append(values)
    return found


def of_sheet(snapshot: Snapshot, model: type[Model]) -> Snapshot:
    """Keep, of a snapshot, what belongs to the sheet itself."""
    names = {name_of(model), *(name_of(part) for part in BELONGINGS.get(model, {}))}
    return {name: rows for name, rows in snapshot.items() if name in names}


def texts_of(snapshot: Snapshot) -> set[str]:
    """Give all the texts of a snapshot, among which the names that it says."""
    return {value for rows in snapshot.values() for row in rows for value in row.values() if isinstance(value, str)}


def branch(row: Model) -> Snapshot:
    """Take a row with all that its deletion would take away or unlink."""
    if isinstance(row, Objective):
        ids = {row.pk}
        for _ in range(2):
            ids |= set(Objective.objects.filter(parent__in=ids).values_list("pk", flat=True))
        actions = Action.objects.filter(objective__in=ids).values("pk")
        found: list[QuerySet] = [
            Objective.objects.filter(pk__in=ids).order_by("depth", "position"),
            Action.objects.filter(objective__in=ids),
            *(part.objects.filter(action__in=actions) for part in (ActionActor, Funding, Step)),
            Indicator.objects.filter(objective__in=ids) | Indicator.objects.filter(action__in=actions),
            Measure.objects.filter(indicator__objective__in=ids)
            | Measure.objects.filter(indicator__action__in=actions),
        ]
        return {name_of(rows.model): values for rows in found if (values := taken(rows))}
    snapshot = sheet(row)
    if isinstance(row, Horizon):
        snapshot[LOST] = [{"uid": uid} for uid in row.actions.values_list("uid", flat=True)]
    return snapshot


def whole(edition: Edition) -> Snapshot:
    """Take all that an edition says."""
    return wholes(edition)[edition.pk]


def wholes(*editions: Edition) -> dict[int, Snapshot]:
    """Take all that some editions say, by primary key, in as many queries however much it is."""
    keys = [edition.pk for edition in editions]
    found: dict[int, Snapshot] = {key: {} for key in keys}
    for values in taken(Edition.objects.filter(pk__in=keys), by="id"):
        found[values.pop(OWNER)][name_of(Edition)] = [values]
    for model in CONTENT_MODELS:
        for values in taken(model._default_manager.filter(edition__in=keys), by="edition_id"):
            found[values.pop(OWNER)].setdefault(name_of(model), []).append(values)
    return found


def taken(rows: QuerySet, by: str = "") -> list[dict[str, Any]]:
    """Take rows of one kind, in order: one query, and one for what they are tied to.

    Args:
        rows: of one model.
        by: a column that tells whose each row is, given beside its values under `OWNER`.
    """
    model = cast("type[Model]", rows.model)
    fields = [field for field in model._meta.local_concrete_fields if field.name not in OWN_FIELDS]
    paths = {field.name: paths_of(field) for field in fields}
    ties = tied(model, rows)
    found = []
    for row in rows.values("pk", *chain(*paths.values()), *([by] if by else [])):
        values = {name: plain(*(row[path] for path in read)) for name, read in paths.items()}
        values |= {name: ties.get((name, row["pk"]), []) for name in relation_names(model)}
        found.append(values | ({OWNER: row[by]} if by else {}))
    return found


def relation_names(model: type[Model]) -> list[str]:
    return [field.name for field in model._meta.local_many_to_many]


def paths_of(field: Field) -> list[str]:
    """Give the columns that say the value of a field in a snapshot; those of a name make it together."""
    if isinstance(field, ForeignKey) and field.related_model in REGISTERS:
        return [f"{field.name}__{column}" for column in REGISTERS[field.related_model].name_fields]
    if isinstance(field, ForeignKey) and issubclass(field.related_model, Content):
        return [f"{field.name}__uid"]
    return [field.attname]


def plain(*values: Any) -> Any:
    """Write a value as JSON has it; the parts of a name as one."""
    if len(values) > 1:
        return " ".join(part for part in values if part) or None
    value = values[0]
    if isinstance(value, PartialDate):
        return value.iso
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return value


def tied(model: type[Model], rows: QuerySet) -> dict[tuple[str, int], list[Any]]:
    """Give what each row is tied to, by name of the relation and primary key, as a snapshot names it: one query."""
    queries = [ties_of(field, rows) for field in model._meta.local_many_to_many]
    found: dict[tuple[str, int], list[Any]] = {}
    if queries:
        for name, row, value in sorted(queries[0].union(*queries[1:], all=True)):
            found.setdefault((name, row), []).append(int(value) if value.isdecimal() and name in BY_KEY else value)
    return found


def ties_of(field: ManyToManyField, rows: QuerySet) -> QuerySet:
    to = field.related_model
    key = "code" if issubclass(to, Term) else "uid" if issubclass(to, Content) else "pk"
    source, target = field.m2m_field_name(), f"{field.m2m_reverse_field_name()}__{key}"
    through = cast("type[Model]", field.remote_field.through)._default_manager
    ties = through.filter(**{f"{source}__in": rows.order_by().values("pk")}).order_by()
    value = Cast(target, CharField())
    return ties.values_list(Value(field.name, CharField()), f"{source}_id", value)


def with_new_uids(snapshot: Snapshot, new_uid: Callable[[], str]) -> Snapshot:
    """Give a copy whose rows are other rows: each has a uid of its own, and what points inside follows."""
    uids = {row["uid"]: new_uid() for rows in snapshot.values() for row in rows if "uid" in row}

    def renamed(value: Any) -> Any:
        if isinstance(value, list):
            return [renamed(one) for one in value]
        return uids.get(value, value) if isinstance(value, str) else value

    return {
        name: [
            {key: renamed(value) if key in LINKS or key == "uid" else value for key, value in row.items()}
            for row in rows
        ]
        for name, rows in snapshot.items()
    }


def link_names() -> Iterable[str]:
    for model in CONTENT_MODELS:
        for field in (*model._meta.local_concrete_fields, *model._meta.local_many_to_many):
            if isinstance(field.related_model, type) and issubclass(field.related_model, Content):
                yield field.name


LINKS = frozenset(link_names())
