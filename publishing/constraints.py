"""Rules that span two rows, which Django’s own constraints cannot state on both databases.

"The horizon of an action belongs to the action’s own edition": no check constraint can say it, a key on
(edition, horizon) can, and both databases then enforce it. "Nobody holds a seat while somebody else does": an
exclusion of periods.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import BaseConstraint, Model, Q, UniqueConstraint
from django.db.utils import DEFAULT_DB_ALIAS


class ReferenceConstraint(BaseConstraint):
    """The row that ``fields`` name together must exist in the model of ``through``, under ``to_fields``.

    Args:
        fields: names of the fields on the constrained model; one of them is a foreign key to ``through``.
        through: name of the foreign key whose target must also agree on the other columns.
        to_fields: names of the fields on that target, in the same order; they must be unique together.
    """

    def __init__(self, *, fields: list[str], through: str, to_fields: list[str], name: str, **kwargs: Any) -> None:
        self.fields, self.through, self.to_fields = fields, through, to_fields
        super().__init__(name=name, **kwargs)

    def constraint_sql(self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor) -> str:
        quote = schema_editor.quote_name
        target = model._meta.get_field(self.through).related_model

        def columns(of: type[Model], names: list[str]) -> str:
            return ", ".join(quote(of._meta.get_field(name).column) for name in names)

        return (
            f"CONSTRAINT {quote(self.name)} FOREIGN KEY ({columns(model, self.fields)}) "
            f"REFERENCES {quote(target._meta.db_table)} ({columns(target, self.to_fields)}) "
            "DEFERRABLE INITIALLY DEFERRED"
        )

    def create_sql(self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor) -> str:
        table = schema_editor.quote_name(model._meta.db_table)
        return f"ALTER TABLE {table} ADD {self.constraint_sql(model, schema_editor)}"

    def remove_sql(self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor) -> str:
        quote = schema_editor.quote_name
        return f"ALTER TABLE {quote(model._meta.db_table)} DROP CONSTRAINT {quote(self.name)}"

    def validate(
        self, model: type[Model], instance: Model, exclude: set[str] | None = None, using: str = DEFAULT_DB_ALIAS
    ) -> None:
        """Refuse an instance whose target is not there, as the database would.

        Raises:
            ValidationError: with the constraint’s French message, on the field ``through``.
        """
        if exclude and (set(self.fields) & set(exclude)):
            return
        values = [getattr(instance, model._meta.get_field(name).attname) for name in self.fields]
        if None in values:
            return
        target = model._meta.get_field(self.through).related_model
        if not target._base_manager.using(using).filter(**dict(zip(self.to_fields, values, strict=True))).exists():
            raise ValidationError({self.through: self.get_violation_error_message()}, code=self.violation_error_code)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ReferenceConstraint) and self.deconstruct() == other.deconstruct()

    __hash__ = BaseConstraint.__hash__

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        return path, args, kwargs | {"fields": self.fields, "through": self.through, "to_fields": self.to_fields}


class PeriodsApartConstraint(BaseConstraint):
    """No two rows of one thing share a day: PostgreSQL refuses them itself, on SQLite the verb that writes does.

    A period without start, or without end, has no bound on that side. On SQLite writers come one after the other
    (docs/decisions/0003), so that what a verb has checked stays true until it has written.

    Args:
        of: name of the foreign key to the thing.
        starts: name of the field of the first day, which may be empty.
        ends: name of the field of the last day, which may be empty.
    """

    def __init__(self, *, of: str, starts: str, ends: str, name: str, **kwargs: Any) -> None:
        self.of, self.starts, self.ends = of, starts, ends
        super().__init__(name=name, **kwargs)

    def constraint_sql(self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor) -> str | None:
        if schema_editor.connection.vendor != "postgresql":
            return None
        of, starts, ends = (
            schema_editor.quote_name(model._meta.get_field(name).column) for name in (self.of, self.starts, self.ends)
        )
        # A key is compared as a range of one number: no extension is needed.
        return (
            f"CONSTRAINT {schema_editor.quote_name(self.name)} EXCLUDE USING gist "
            f"(int8range({of}, {of}, '[]') WITH &&, daterange({starts}, {ends}, '[]') WITH &&)"
        )

    def create_sql(self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor) -> str | None:
        sql = self.constraint_sql(model, schema_editor)
        return sql and f"ALTER TABLE {schema_editor.quote_name(model._meta.db_table)} ADD {sql}"

    def remove_sql(self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor) -> str | None:
        quote = schema_editor.quote_name
        if schema_editor.connection.vendor != "postgresql":
            return None
        return f"ALTER TABLE {quote(model._meta.db_table)} DROP CONSTRAINT {quote(self.name)}"

    def validate(
        self, model: type[Model], instance: Model, exclude: set[str] | None = None, using: str = DEFAULT_DB_ALIAS
    ) -> None:
        """Refuse a row that shares a day with another one of the same thing.

        Raises:
            ValidationError: with the constraint’s French message.
        """
        of, starts, ends = (
            getattr(instance, model._meta.get_field(f).attname) for f in (self.of, self.starts, self.ends)
        )
        if of is None or (exclude and {self.starts, self.ends} & exclude):
            return
        others = model._base_manager.using(using).filter(**{self.of: of}).exclude(pk=instance.pk)
        if ends:
            others = others.filter(Q(**{f"{self.starts}__isnull": True}) | Q(**{f"{self.starts}__lte": ends}))
        if starts:
            others = others.filter(Q(**{f"{self.ends}__isnull": True}) | Q(**{f"{self.ends}__gte": starts}))
        if others.exists():
            raise ValidationError(self.get_violation_error_message(), code=self.violation_error_code)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PeriodsApartConstraint) and self.deconstruct() == other.deconstruct()

    __hash__ = BaseConstraint.__hash__

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        return path, args, kwargs | {"of": self.of, "starts": self.starts, "ends": self.ends}


def same_edition(field: str, message: str) -> ReferenceConstraint:
    """The row that ``field`` points at belongs to the same edition as the row that points."""
    return ReferenceConstraint(
        fields=["edition", field],
        through=field,
        to_fields=["edition", "id"],
        name=f"%(app_label)s_%(class)s_{field}_of_its_edition",
        violation_error_message=message,
    )


def once_per_edition() -> list[UniqueConstraint]:
    """What every row of an edition’s content obeys: one row per uid, and a key that others can point at."""
    return [
        UniqueConstraint(fields=["edition", "uid"], name="%(app_label)s_%(class)s_uid_once_per_edition"),
        UniqueConstraint(fields=["edition", "id"], name="%(app_label)s_%(class)s_key_with_edition"),
    ]
