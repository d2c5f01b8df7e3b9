"""Know at once that what everyone may read has changed, whatever changed it: a form, an import, a line of SQL.

The tables whose rows public pages show are watched by triggers of the database, which count up the one row of
`PublicState` in the transaction that changes them. On PostgreSQL they do so at its very end and once, so that two
transactions never wait for each other in turn. Triggers are put back after each migration: SQLite loses those of a
table that it remakes.
"""

from collections.abc import Mapping

from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from publishing.models import PublicState

TABLE = PublicState._meta.db_table
COUNT = (
    f"INSERT INTO {TABLE} (id, version) VALUES (1, 1) "  # noqa: S608 a name of ours
    f"ON CONFLICT (id) DO UPDATE SET version = {TABLE}.version + 1;"
)
# Several rows changed by one transaction count once: each count would wait behind all the former ones.
COUNT_ONCE = f"""
CREATE OR REPLACE FUNCTION publishing_count_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('publishing.counted', true) IS DISTINCT FROM pg_current_xact_id()::text THEN
        {COUNT}
        PERFORM set_config('publishing.counted', pg_current_xact_id()::text, true);
    END IF;
    RETURN NULL;
END $$;
"""
ROWS = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}


def version() -> int:
    """Give the number of changes so far: one short query, without the ORM’s own cost, for it is asked all the time.

    It is the first query of most requests, and tells by itself whether the connection still holds: the check that
    Django would make before it, another query, is left out.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.connection is None or connection.in_atomic_block:
        return asked(connection)
    connection.health_check_done = True
    try:
        return asked(connection)
    except (OperationalError, InterfaceError):  # the server has restarted since the last request
        connection.close()
        return asked(connection)


def asked(connection: BaseDatabaseWrapper) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT version FROM {TABLE}")  # noqa: S608 a name of ours
        row = cursor.fetchone()
    return row[0] if row else 0


def watch(shown: Mapping[type[Model], str], using: str = DEFAULT_DB_ALIAS) -> None:
    """Have the database count the changes of some tables; said again, it changes nothing.

    Args:
        shown: by model, the condition on which a row is public, where ``{row}`` stands for it; "" if it always is.
            The tables of its own many-to-many relations are watched with it.
        using: the database.
    """
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(COUNT_ONCE)
        for model, condition in shown.items():
            for table in tables_of(model):
                is_own = table == model._meta.db_table
                for event in ROWS:
                    for statement in trigger(connection, table, event, condition if is_own else ""):
                        cursor.execute(statement)


def tables_of(model: type[Model]) -> list[str]:
    """Give the table of a model, and those that tie its rows to others."""
    ties = [field.remote_field.through._meta.db_table for field in model._meta.local_many_to_many]
    return [model._meta.db_table, *ties]


def trigger(connection: BaseDatabaseWrapper, table: str, event: str, condition: str) -> list[str]:
    """Write what makes one event of one table count."""
    name = f"{table}_{event.lower()}_counts"
    shown = " OR ".join(f"({condition.format(row=row)})" for row in ROWS[event]) if condition else ""
    when = f"FOR EACH ROW {f'WHEN ({shown})' if shown else ''}"
    if connection.vendor == "postgresql":
        deferred = f"AFTER {event} ON {table} DEFERRABLE INITIALLY DEFERRED"
        counts = "EXECUTE FUNCTION publishing_count_change()"
        return [
            f"DROP TRIGGER IF EXISTS {name} ON {table}",
            f"CREATE CONSTRAINT TRIGGER {name} {deferred} {when} {counts}",
        ]
    return [
        f"DROP TRIGGER IF EXISTS {name}",
        f"CREATE TRIGGER {name} AFTER {event} ON {table} {when} BEGIN {COUNT} END",
    ]
