"""What hangs on a page from another floor: read by its words and its address, in one query, whatever it is.

A QuerySet gives its rows as links (``as_links``), by columns that are texts: name of the address, its slug, title,
note, date as ``PartialDate`` stores it, and what of the page each is about.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse

from ui.partial_date import PartialDate

NOTHING = Value("", CharField())


@dataclass(frozen=True)
class Link:
    """A way to something that is tied to what a page shows."""

    title: str
    url: str
    note: str
    about: str  # which part of the page


def as_links(rows: QuerySet[Any], name: str, slug: str, title: str, **others: Any) -> QuerySet[Any]:
    """Give rows as links.

    Args:
        rows: of any model.
        name: of their address, which takes their slug.
        slug: the name of that column.
        title: the name of that column.
        others: the names or expressions of ``note``, ``dated`` and ``about``; empty by default.
    """
    columns = [others.get(key, NOTHING) for key in ("note", "dated", "about")]
    texts = [Coalesce(Cast(column, CharField()), NOTHING) for column in columns]
    return rows.order_by().values_list(Value(name), slug, title, *texts)


def links(**kinds: QuerySet[Any]) -> dict[str, list[Link]]:
    """Read several kinds of rows given by ``as_links``, in one query.

    Returns:
        The links of each kind: those that have a date, the latest first, then by title.
    """
    first, *others = (rows.annotate(kind=Value(kind)) for kind, rows in kinds.items())
    rows = sorted(first.union(*others, all=True), key=lambda row: row[2].casefold())
    found: dict[str, list[Link]] = {kind: [] for kind in kinds}
    for name, slug, title, note, dated, about, kind in sorted(rows, key=lambda row: row[4], reverse=True):
        words = ", ".join(filter(None, (note, told(dated))))
        found[kind].append(Link(title, reverse(name, args=[slug]), words, about))
    return found


def told(dated: str) -> str:
    return str(PartialDate.parse(dated)) if dated else ""
