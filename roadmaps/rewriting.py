"""Write snapshots again in an edition: what comes back from the history, what is copied, what a library gives."""

from typing import Any, cast

from django.db.models import Field, ManyToManyField, Model

from roadmaps.models import CONTENT_MODELS, Action, Content, Edition, Horizon, Objective
from roadmaps.outline import carry_descendants, height
from roadmaps.snapshots import LOST, OWN_FIELDS, REGISTERS, Snapshot, name_of


class Writer:
    """Writes snapshots in an edition: rows that are there are written over, the others are created.

    Args:
        edition: the one written in, already held.
    """

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.registers = {model: register() for model, register in REGISTERS.items()}
        self.rows: dict[type[Model], dict[str, Any]] = {}  # those of the edition by uid, of the kinds written

    def write(self, snapshot: Snapshot) -> None:
        """Write all the rows of a snapshot, each after those it points at, then tie them together.

        Raises:
            MissingError: what a row hangs on is not in the edition.
            TooDeepError: it would go below the levels that the edition names.
        """
        written = {model: snapshot[name_of(model)] for model in CONTENT_MODELS if snapshot.get(name_of(model))}
        for model, rows in written.items():
            for values in parents_first(rows) if model is Objective else rows:
                self.write_row(model, values)
        for model, rows in written.items():
            for field in model._meta.local_many_to_many:
                self.tie(field, rows)
        if lost := snapshot.get(LOST):
            (horizon,) = snapshot[name_of(Horizon)]
            lost_actions = Action.objects.filter(edition=self.edition, uid__in=[row["uid"] for row in lost])
            lost_actions.filter(horizon=None).update(horizon=self.known(Horizon)[horizon["uid"]])

    def known(self, model: type[Model]) -> dict[str, Any]:
        """Give the rows of a kind that the edition has, by uid; read once."""
        if model not in self.rows:
            rows: Any = model._default_manager.filter(edition=self.edition)
            self.rows[model] = {row.uid: row for row in rows}
        return self.rows[model]

    def write_row(self, model: type[Content], values: dict[str, Any]) -> None:
        row = self.known(model).get(values["uid"]) or model(edition=self.edition, uid=values["uid"])
        self.fill(row, values)
        if isinstance(row, Objective):
            row.place_under(self.known(Objective).get(values.get("parent") or ""))
            if row.depth + height(row) > len(self.edition.level_names) + 1:
                raise TooDeepError(row)
        is_there = row.pk is not None
        row.version += is_there
        row.save()
        if isinstance(row, Objective) and is_there:
            carry_descendants(row)
        self.known(model)[row.uid] = row

    def write_fields(self, row: Model, values: dict[str, Any]) -> None:
        """Write over a row that is there, such as the edition itself."""
        self.fill(row, values)
        row.version += 1  # type: ignore[attr-defined]  # every sheet is Versioned
        row.save()

    def fill(self, row: Model, values: dict[str, Any]) -> None:
        for field in type(row)._meta.local_concrete_fields:
            if field.name in values and field.name not in OWN_FIELDS:
                setattr(row, field.attname, self.value(field, values[field.name]))

    def tie(self, field: ManyToManyField, rows: list[dict[str, Any]]) -> None:
        """Set a relation to many for all the rows written; what is no longer there is left out."""
        to: Any = field.related_model
        is_content = issubclass(to, Content)
        targets = self.known(to) if is_content else {term.code: term for term in to._default_manager.all()}
        owners = self.known(field.model)
        pairs = {
            (owners[row["uid"]].pk, targets[name].pk)
            for row in rows
            for name in row.get(field.name, [])
            if name in targets
        }
        through = cast("type[Model]", field.remote_field.through)._default_manager
        source, target = field.m2m_field_name(), field.m2m_reverse_field_name()
        keys = [owners[row["uid"]].pk for row in rows]
        through.filter(**{f"{source}__in": keys}).delete()
        if field.remote_field.symmetrical:
            through.filter(**{f"{target}__in": keys}).delete()
            pairs |= {(two, one) for one, two in pairs}
        through.bulk_create(through.model(**{f"{source}_id": one, f"{target}_id": two}) for one, two in sorted(pairs))

    def value(self, field: Field, value: Any) -> Any:
        to = field.related_model
        if value in (None, ""):
            return None if field.null else value
        if to in REGISTERS:
            return self.named(to, value)
        if isinstance(to, type) and issubclass(to, Content):
            if value not in self.known(to) and (not field.null or field.name == "parent"):
                raise MissingError(to)
            return getattr(self.known(to).get(value), "pk", None)
        return field.to_python(value)

    def named(self, model: type[Model], name: str) -> int:
        """Give the organisation or person of that name, created again if nobody has it any more."""
        thing = self.registers[model].named(name)
        if thing.pk is None:
            self.registers[model].save([thing])
        return thing.pk


def parents_first(objectives: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Sort objectives so that each comes after the one it hangs on."""
    by_uid = {row["uid"]: row for row in objectives}

    def depth(row: dict[str, Any]) -> int:
        parent = by_uid.get(row["parent"] or "")
        return 1 + depth(parent) if parent else 0

    return sorted(objectives, key=depth)


class MissingError(Exception):
    """What a row hangs on is no longer in the edition: an action’s objective, an objective’s parent."""

    def __init__(self, model: type[Model]) -> None:
        super().__init__(model._meta.verbose_name)


class TooDeepError(Exception):
    """What a row hangs on has gone down since: there is no level left for it."""
