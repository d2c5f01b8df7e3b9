from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.partial_date import PartialDate, PartialDateField, PartialDateFormField


@pytest.mark.parametrize(
    ("typed", "stored", "shown"),
    [
        ("2026", "2026", "2026"),
        ("05/2026", "2026-05", "mai 2026"),
        ("13/05/2026", "2026-05-13", "13\xa0mai 2026"),
        ("1er mai 2026", "2026-05-01", "1er\xa0mai 2026"),
        ("  Août   2020 ", "2020-08", "août 2020"),
        ("2026-05", "2026-05", "mai 2026"),
    ],
)
def test_a_date_is_read_as_people_write_it(typed: str, stored: str, shown: str) -> None:
    read = PartialDate.parse(typed)
    assert (read.iso, str(read)) == (stored, shown)


@pytest.mark.parametrize(
    "typed",
    ["31/02/2026", "13/2026", "00/2026", "13/00/2026", "00/05/2026", "2026-00", "floréal 2026", "26", "demain", "0999"],
)
def test_what_is_not_a_date_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 the message is Python’s
        PartialDate.parse(typed)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_what_is_shown_in_a_form_is_read_back(day: date) -> None:
    for known in (PartialDate(day.year), PartialDate(day.year, day.month), PartialDate(day.year, day.month, day.day)):
        assert PartialDateFormField().clean(PartialDateFormField().prepare_value(known)) == known
        assert PartialDateField().to_python(known.iso) == known
        assert PartialDate.parse(str(known)) == known
