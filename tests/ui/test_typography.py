import datetime as dt
from decimal import Decimal

import pytest

from ui.typography import day, euros, file_size, hour, number, percent, plural


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (999, "999"),
        (1_234.5, "1\u202f234,5"),
        (153_100, "153\u202f100"),
        (2_700_000, "2\u202f700\u202f000"),
        (Decimal("12.50"), "12,50"),
        (-1_500, "\u22121\u202f500"),
    ],
)
def test_a_figure_has_narrow_spaces_a_comma_and_a_true_minus(value, written):
    assert number(value) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (2_700_000, "2\u202f700\u202f000\u00a0€"),
        (Decimal("450000.00"), "450\u202f000\u00a0€"),
        (8_500.5, "8\u202f500,50\u00a0€"),
        (Decimal("0.125"), "0,12\u00a0€"),
    ],
)
def test_money_is_whole_or_to_the_cent(value, written):
    assert euros(value) == written


@pytest.mark.parametrize(
    ("count", "written"),
    [
        (0, "0\u00a0action"),
        (1, "1\u00a0action"),
        (1.5, "1,5\u00a0action"),
        (2, "2\u00a0actions"),
        (1_200, "1\u202f200\u00a0actions"),
    ],
)
def test_the_french_plural_starts_at_two(count, written):
    assert plural(count, "action", "actions") == written


def test_a_share_keeps_its_sign_on_its_line():
    assert percent(9.5) == "9,5\u00a0%"


@pytest.mark.parametrize(
    ("count", "written"),
    [(12, "1\u00a0ko"), (84_300, "84\u00a0ko"), (1_240_000, "1,2\u00a0Mo"), (2_500_000_000, "2\u202f500,0\u00a0Mo")],
)
def test_a_file_is_weighed_in_the_unit_that_reads_best(count, written):
    assert file_size(count) == written


def test_days_and_hours_are_written_as_they_are_said():
    assert [day(dt.date(2026, 7, 1)), day(dt.date(2024, 2, 29))] == ["1er\u00a0juillet 2026", "29\u00a0février 2024"]
    assert [hour(dt.time(9, 5)), hour(dt.time(13))] == ["9\u00a0h\u00a005", "13\u00a0h"]
