from typing import Any

from roadmaps.funding_table import FundingTable, years_of


def row(year: int | None, amount: float, funder: str = "Région", **fields: Any) -> dict[str, Any]:
    """Give a funding as ``roadmaps.content`` does."""
    return {
        "year": year,
        "amount": amount,
        "funder": funder,
        "nature": "operating",
        "status": "planned",
        "note": "",
    } | fields


def lines(table: FundingTable | None) -> list[tuple[Any, ...]]:
    assert table
    return [(line.funder, line.what, *line.cells, line.total) for line in (*table.lines, *table.totals)]


def test_a_column_a_year_a_line_a_funder_and_totals() -> None:
    rows = [row(2027, 500.5), row(2026, 1000), row(2026, 2000, "État", note="à confirmer")]
    table = FundingTable.of(rows, has_spent=True)
    assert table
    assert table.years == ["2026", "2027"]
    assert lines(table) == [
        ("Région", "Fonctionnement, prévu", "1\u202f000", "500,50", "1\u202f500,50"),
        ("État", "Fonctionnement, prévu (à confirmer)", "2\u202f000", "–", "2\u202f000"),
        ("Total prévu, euros", "", "3\u202f000", "500,50", "3\u202f500,50"),
    ]


def test_people_and_what_is_spent_are_summed_apart() -> None:
    rows = [row(2026, 0.5, nature="staff"), row(2026, 900, status="spent"), row(None, 100, None)]
    assert lines(FundingTable.of(rows, has_spent=True)) == [
        ("Région", "Équivalents temps plein, prévu", "0,5\xa0ETP", "–", "0,5\xa0ETP"),
        ("Région", "Fonctionnement, réalisé", "900", "–", "900"),
        ("Financeur non précisé", "Fonctionnement, prévu", "–", "100", "100"),
        ("Total prévu, équivalents temps plein", "", "0,5\xa0ETP", "–", "0,5\xa0ETP"),
        ("Total réalisé, euros", "", "900", "–", "900"),
        ("Total prévu, euros", "", "–", "100", "100"),
    ]


def test_what_is_spent_is_left_out_on_demand() -> None:
    rows = [row(2026, 900, status="spent")]
    assert FundingTable.of(rows, has_spent=False) is None
    assert FundingTable.of([], has_spent=True) is None


def test_years_beyond_the_width_of_a_page_are_put_together() -> None:
    table = FundingTable.of([row(year, 10) for year in range(2026, 2035)], has_spent=True)
    assert table
    assert table.years == ["2026", "2027", "2028", "2029", "2030", "2031 et après"]
    assert table.lines[0].cells == ["10", "10", "10", "10", "10", "40"]


def test_what_stands_alone_is_not_summed() -> None:
    table = FundingTable.of([row(2026, 10)], has_spent=True)
    assert table
    assert (table.is_over_years, table.totals) == (False, [])


def test_a_year_sums_the_euros_that_are_promised() -> None:
    rows = [row(2027, 5), row(2026, 1), row(2026, 2), row(2026, 4, status="spent"), row(2026, 1, nature="staff")]
    assert [(year, int(amount)) for year, amount in years_of([*rows, row(None, 9)])] == [("2026", 3), ("2027", 5)]
