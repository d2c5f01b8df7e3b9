"""Figures that are drawn: a drawing never goes without its table."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Bars:
    """A table whose figures are also drawn, the largest filling its width."""

    uid: str
    caption: str
    heads: tuple[str, str]
    rows: list[dict[str, Any]]

    @classmethod
    def of(cls, uid: str, caption: str, heads: tuple[str, str], values: list[tuple[str, Decimal, str]]) -> "Bars":
        """Draw ``values``: label, figure, and the figure as one reads it."""
        largest = max((value for _, value, _ in values), default=Decimal(0)) or Decimal(1)
        rows = [
            {"label": label, "shown": shown, "width": f"{value / largest * 100:.1f}"} for label, value, shown in values
        ]
        return cls(uid, caption, heads, rows)
