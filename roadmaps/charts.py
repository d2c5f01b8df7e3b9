"""The figures that the booklet draws: each drawing comes with its words, prepared once."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from ui.charts import Bars
from ui.typography import number

ROUND = Decimal("94.25")  # once around a ring whose radius is 15


def counted(uid: str, caption: str, name: str, counts: Iterable[tuple[str, int]]) -> Bars:
    """Draw counts of actions."""
    values = [(label, Decimal(count), number(count)) for label, count in counts]
    return Bars.of(uid, caption, (name, "Actions"), values)


def share(row: dict[str, Any]) -> str:
    """Give the length of a percentage along the ring that draws it; nothing where the figure is no share."""
    if row["unit"] != "%":
        return ""
    value = Decimal(row["value"].replace("\u202f", "").replace(",", ".").replace("\u2212", "-"))
    return f"{value * ROUND / 100:.2f}" if 0 <= value <= 100 else ""  # noqa: PLR2004
