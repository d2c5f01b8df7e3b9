"""The one place where the two databases differ: how the rows that hold some tokens are found by an index.

SQLite has an FTS5 table beside the entries, filled by triggers; PostgreSQL a GIN index on the vector of their tokens.
Neither cuts nor ranks anything: tokens are made, and results ordered, by the portal.
"""

from collections.abc import Iterable

from django.db import connection

# In a query of the databases, "e" is the entry.
MATCHING = {
    "sqlite": (
        "finding_index i JOIN finding_entry e ON e.id = i.rowid",
        "i.finding_index MATCH %s",
    ),
    "postgresql": (
        "finding_entry e",
        "finding_vector(e.tokens) @@ %s::tsquery",
    ),
}
AND = {"sqlite": " AND ", "postgresql": " & "}
OR = {"sqlite": " OR ", "postgresql": " | "}


def quoted(token: str) -> str:
    """Give a token, made of letters, figures, "_" and "@" only, as an expression."""
    return f'"{token}"' if connection.vendor == "sqlite" else f"'{token}'"


def all_of(tokens: Iterable[str], one_of: Iterable[str] = ()) -> str:
    """Give the expression of rows that hold all the tokens, and one of some others if there are any.

    Args:
        tokens: one at least.
        one_of: such as the batches that are looked in.
    """
    parts = [quoted(token) for token in dict.fromkeys(tokens)]
    if others := [quoted(token) for token in one_of]:
        parts.append(f"({OR[connection.vendor].join(others)})")
    return AND[connection.vendor].join(parts)


def any_of(expressions: Iterable[str]) -> str:
    """Give the expression of rows that answer one of several."""
    return OR[connection.vendor].join(f"({expression})" for expression in expressions)


def rows_matching(columns: str) -> str:
    """Give the SELECT of the entries that match an expression, which is its one parameter."""
    source, condition = MATCHING[connection.vendor]
    return f"SELECT {columns} FROM {source} WHERE {condition}"  # noqa: S608 names of ours
