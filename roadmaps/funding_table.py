"""The money of an action as a table: who gives what, year by year, with its totals."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from roadmaps.models import Funding
from roadmaps.sheets import figure
from ui.typography import euros

MOST_YEARS = 6  # columns that the width of a page holds; what comes later is summed in the last
NO_YEAR = "Sans année"

Row = dict[str, Any]


def money(amount: Decimal) -> str:
    """Write an amount of euros without its sign, which the caption gives."""
    return euros(amount).removesuffix("\u00a0€") if amount else "–"


def amount_of(row: Row) -> Decimal:
    return Decimal(str(row["amount"]))


@dataclass
class FundingLine:
    """What one funder gives, of one nature and in one state."""

    funder: str
    what: str
    cells: list[str]
    total: str


@dataclass
class FundingTable:
    """The fundings of an action: a column for each year, a line for each funder, totals where there are several."""

    years: list[str]
    lines: list[FundingLine]
    totals: list[FundingLine]

    @property
    def is_over_years(self) -> bool:
        """Whether a line has something to sum."""
        return len(self.years) > 1

    @classmethod
    def of(cls, rows: list[Row], *, has_spent: bool) -> "FundingTable | None":
        """Lay out the fundings of an action.

        Args:
            rows: as ``roadmaps.content`` gives them.
            has_spent: whether what was spent is told too.

        Returns:
            None where no money is told.
        """
        rows = [row for row in rows if has_spent or row["status"] != Funding.Status.SPENT]
        if not rows:
            return None
        columns = Columns(rows)
        groups: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
        for row in rows:
            groups[row["funder"] or "Financeur non précisé", row["nature"], row["status"]].append(row)
        lines = [columns.line(funder, described(some), some) for (funder, _, _), some in groups.items()]
        return cls(columns.names, lines, columns.totals(rows) if len(lines) > 1 else [])


@dataclass
class Columns:
    """The years of a table, those beyond the last column put together."""

    rows: list[Row]

    def __post_init__(self) -> None:
        years = sorted({row["year"] for row in self.rows if row["year"]})
        kept, later = years[:MOST_YEARS], years[MOST_YEARS:]
        self.of_year = {year: str(year) for year in kept}
        if later:
            last = f"{kept[-1]} et après"
            self.of_year |= dict.fromkeys([kept[-1], *later], last)
        self.names = [*dict.fromkeys(self.of_year.values())]
        if any(not row["year"] for row in self.rows):
            self.names.append(NO_YEAR)

    def line(self, funder: str, what: str, rows: list[Row]) -> FundingLine:
        """Sum rows of one unit in each column."""
        sums: dict[str, Decimal] = defaultdict(Decimal)
        for row in rows:
            sums[self.of_year.get(row["year"], NO_YEAR)] += amount_of(row)
        write = staff if is_staff(rows[0]) else money
        return FundingLine(
            funder, what, [write(sums[name]) for name in self.names], write(sum(sums.values(), Decimal(0)))
        )

    def totals(self, rows: list[Row]) -> list[FundingLine]:
        """Sum what is promised, what is spent and the people, each apart."""
        kinds: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            is_spent = row["status"] == Funding.Status.SPENT
            unit = "équivalents temps plein" if is_staff(row) else "euros"
            kinds[f"Total {'réalisé' if is_spent else 'prévu'}, {unit}"].append(row)
        return [self.line(name, "", some) for name, some in kinds.items()]


def is_staff(row: Row) -> bool:
    return bool(row["nature"] == Funding.Nature.STAFF)


def staff(amount: Decimal) -> str:
    return figure(amount, "ETP") if amount else "–"


def described(rows: list[Row]) -> str:
    """Say what a line is: "Fonctionnement, prévu (sous réserve du vote)"."""
    first = rows[0]
    words = f"{Funding.Nature(first['nature']).label}, {Funding.Status(first['status']).label.lower()}"
    notes = "\u00a0; ".join(dict.fromkeys(row["note"] for row in rows if row["note"]))
    return f"{words} ({notes})" if notes else words


def years_of(rows: Iterable[Row]) -> list[tuple[str, Decimal]]:
    """Sum, year by year, the euros that are promised."""
    sums: dict[int, Decimal] = defaultdict(Decimal)
    for row in rows:
        if row["year"] and not is_staff(row) and row["status"] != Funding.Status.SPENT:
            sums[row["year"]] += amount_of(row)
    return [(str(year), sums[year]) for year in sorted(sums)]
