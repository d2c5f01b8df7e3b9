"""Copy or delete all the rows of an edition inside the database, whatever their number.

One statement a table: the rows never travel through Python, so a verb costs as many queries for four
hundred actions as for one. A row is matched to its copy by its uid, which stays.
"""
# ruff: noqa: S608 every name in these statements comes from a model, every value is a parameter

from typing import cast

from django.db import connection
from django.db.models import Field, ForeignKey, ManyToManyField, Model

quote = connection.ops.quote_name


def is_content(model: type[Model]) -> bool:
    """Say whether the rows of a model belong to an edition."""
    return {"edition", "uid"} <= {field.name for field in model._meta.fields}


def copy_rows(model: type[Model], source: int, target: int, **only: int) -> None:
    """Copy the rows of ``model`` from an edition to another, foreign keys and links following.

    Args:
        model: of rows that belong to an edition.
        source: primary key of the edition read.
        target: primary key of the edition written, where the rows pointed at are copied already.
        only: columns and the values they must have, to copy some of the rows.
    """
    fields = [field for field in model._meta.local_concrete_fields if not field.primary_key]
    values = [_copied_value(field) for field in fields]
    where = " AND ".join(f"s.{quote(column)} = %s" for column in ("edition_id", *only))
    sql = (
        f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(quote(str(field.column)) for field in fields)}) "
        f"SELECT {', '.join(values)} FROM {quote(model._meta.db_table)} s WHERE {where} ORDER BY s.id"
    )
    placeholders = sum(value.count("%s") for value in values)
    with connection.cursor() as cursor:
        cursor.execute(sql, [target] * placeholders + [source, *only.values()])


def copy_links(field: ManyToManyField, source: int, target: int) -> None:
    """Copy the rows of a many-to-many relation between editions."""
    through = cast("type[Model]", field.remote_field.through)
    table, own, other = (
        quote(name) for name in (through._meta.db_table, field.m2m_column_name(), field.m2m_reverse_name())
    )
    to = field.related_model
    value = _twin(to, f"t.{other}") if is_content(to) else f"t.{other}"
    rows = quote(field.model._meta.db_table)
    sql = (
        f"INSERT INTO {table} ({own}, {other}) SELECT n.id, {value} FROM {table} t "
        f"JOIN {rows} o ON o.id = t.{own} JOIN {rows} n ON n.uid = o.uid AND n.edition_id = %s WHERE o.edition_id = %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [target] * value.count("%s") + [target, source])


def delete_rows(model: type[Model], edition: int) -> None:
    """Delete the rows of ``model`` in an edition, with their links; the rows that point at them must be gone."""
    with connection.cursor() as cursor:
        for field in model._meta.local_many_to_many:
            through, own = cast("type[Model]", field.remote_field.through)._meta.db_table, field.m2m_column_name()
            cursor.execute(
                f"DELETE FROM {quote(through)} WHERE {quote(own)} IN "
                f"(SELECT id FROM {quote(model._meta.db_table)} WHERE edition_id = %s)",
                [edition],
            )
        cursor.execute(f"DELETE FROM {quote(model._meta.db_table)} WHERE edition_id = %s", [edition])


def _copied_value(field: Field) -> str:
    column = f"s.{quote(str(field.column))}"
    if field.name == "edition":
        return "%s"
    if field.name == "version":
        return "1"
    if isinstance(field, ForeignKey) and is_content(field.related_model):
        return _twin(field.related_model, column)
    return column


def _twin(model: type[Model], key: str) -> str:
    """The copy, in the edition written, of the row of ``model`` that ``key`` points at."""
    rows = quote(model._meta.db_table)
    return f"(SELECT n.id FROM {rows} o JOIN {rows} n ON n.uid = o.uid AND n.edition_id = %s WHERE o.id = {key})"
