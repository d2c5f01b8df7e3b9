"""Where a seat stands: the day before, the day and the day after each change, said the same by both faces."""

import datetime as dt

import pytest
import time_machine
import zeal
from django.utils import timezone

from instances.models import Seat
from instances.standing import WARNINGS, Standing, months_after, years_after
from tests.instances.factories import InstanceFactory, MandateFactory, SeatFactory

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
HELD, ENDING, CARRIED, VACANT, CLOSED = Standing


def stands(seat: Seat, day: dt.date) -> Standing:
    """Give what the query says, once it is what the object says."""
    with zeal.zeal_ignore():  # one seat is looked at on many days
        asked = Seat.objects.with_standing(day).get(pk=seat.pk).standing
        told = Seat.objects.select_related("instance").prefetch_related("mandates").get(pk=seat.pk).standing_on(day)
    assert asked == told
    return told


def around(seat: Seat, day: dt.date) -> list[Standing]:
    return [stands(seat, day - DAY), stands(seat, day), stands(seat, day + DAY)]


def test_a_seat_is_vacant_until_the_first_day_of_a_mandate():
    mandate = MandateFactory(starts_on=dt.date(2025, 3, 1))
    assert around(mandate.seat, dt.date(2025, 3, 1)) == [VACANT, HELD, HELD]


def test_a_mandate_whose_start_is_unknown_has_always_run():
    mandate = MandateFactory(starts_on=None)
    assert stands(mandate.seat, dt.date(1990, 1, 1)) == HELD


def test_the_last_day_of_a_mandate_is_still_held_and_its_end_is_near():
    mandate = MandateFactory(ended_on=dt.date(2025, 3, 1))
    assert around(mandate.seat, dt.date(2025, 3, 1)) == [ENDING, ENDING, VACANT]


@pytest.mark.parametrize("term_on", [dt.date(2025, 3, 1), dt.date(2025, 1, 31), dt.date(2027, 3, 1), None])
def test_nobody_is_looked_for_once_somebody_is_appointed_to_follow(term_on):
    mandate = MandateFactory(term_on=term_on, ended_on=dt.date(2025, 3, 1))
    MandateFactory(seat=mandate.seat, starts_on=dt.date(2025, 3, 2), term_on=dt.date(2028, 2, 29))
    assert around(mandate.seat, dt.date(2025, 3, 1)) == [HELD, HELD, HELD]
    assert around(mandate.seat, dt.date(2028, 2, 29)) == [ENDING, ENDING, CARRIED]


def test_a_seat_whose_next_holder_comes_later_is_vacant_in_between():
    mandate = MandateFactory(ended_on=dt.date(2028, 2, 28))
    MandateFactory(seat=mandate.seat, starts_on=dt.date(2028, 3, 1))
    assert around(mandate.seat, dt.date(2028, 2, 29)) == [HELD, VACANT, HELD]


def test_an_early_end_is_told_before_the_term_that_was_planned():
    mandate = MandateFactory(term_on=dt.date(2030, 1, 1), ended_on=dt.date(2028, 2, 29))
    assert [stands(mandate.seat, day) for day in (dt.date(2027, 8, 28), dt.date(2027, 8, 29))] == [HELD, ENDING]
    assert around(mandate.seat, dt.date(2028, 2, 29)) == [ENDING, ENDING, VACANT]


def test_a_term_that_is_past_is_carried_over_until_somebody_is_appointed():
    mandate = MandateFactory(term_on=dt.date(2026, 6, 30))
    assert around(mandate.seat, dt.date(2026, 6, 30)) == [ENDING, ENDING, CARRIED]
    assert stands(mandate.seat, dt.date(2036, 6, 30)) == CARRIED


@pytest.mark.parametrize(
    ("months", "first"), [(3, "2026-03-31"), (6, "2025-12-31"), (9, "2025-09-30"), (12, "2025-06-30")]
)
def test_a_term_is_near_from_the_warning_of_its_body(months, first):
    mandate = MandateFactory(seat__instance__warning=months, term_on=dt.date(2026, 6, 30))
    # The first day from which that many months lead to the term, or past it.
    day = next(
        d
        for d in (dt.date.fromisoformat(first) + n * DAY for n in range(-3, 4))
        if months_after(d, months) >= mandate.term_on
    )
    assert around(mandate.seat, day) == [HELD, ENDING, ENDING]


def test_a_closed_seat_is_neither_held_nor_vacant():
    seat = SeatFactory(closed_on=dt.date(2024, 7, 1))
    assert around(seat, dt.date(2024, 7, 1)) == [VACANT, CLOSED, CLOSED]


def test_a_term_of_29_february_is_over_on_1_march():
    mandate = MandateFactory(term_on=dt.date(2028, 2, 29))
    assert around(mandate.seat, dt.date(2028, 2, 29)) == [ENDING, ENDING, CARRIED]
    assert [stands(mandate.seat, day) for day in (dt.date(2027, 8, 28), dt.date(2027, 8, 29))] == [HELD, ENDING]


def test_months_and_years_end_where_the_calendar_does():
    assert [months_after(dt.date(2027, 8, 31), 6), months_after(dt.date(2026, 8, 31), 6)] == [
        dt.date(2028, 2, 29),
        dt.date(2027, 2, 28),
    ]
    assert [years_after(dt.date(2028, 2, 29), 1), years_after(dt.date(2024, 2, 29), 4)] == [
        dt.date(2029, 2, 28),
        dt.date(2028, 2, 29),
    ]


@pytest.mark.parametrize(
    ("instant", "expected"),
    [
        ("2026-03-28T22:59:00Z", ENDING),  # 23:59 in Paris, the day of the term; the clocks change that night
        ("2026-03-28T23:00:00Z", CARRIED),
        ("2026-10-24T21:59:00Z", ENDING),
        ("2026-10-24T22:00:00Z", CARRIED),
    ],
)
def test_a_day_changes_at_midnight_in_paris_even_when_the_clocks_do(instant, expected):
    term = dt.date.fromisoformat(instant[:10])
    mandate = MandateFactory(starts_on=dt.date(2020, 1, 1), term_on=term)
    with time_machine.travel(instant, tick=False):
        assert stands(mandate.seat, timezone.localdate()) == expected


def test_both_faces_agree_on_every_day_of_two_years():
    body = InstanceFactory(warning=9)
    seat = SeatFactory(instance=body, closed_on=dt.date(2027, 11, 1))
    MandateFactory(
        seat=seat, starts_on=dt.date(2026, 2, 1), term_on=dt.date(2026, 12, 31), ended_on=dt.date(2027, 2, 15)
    )
    MandateFactory(
        seat=seat, starts_on=dt.date(2027, 3, 1), term_on=dt.date(2027, 8, 31), ended_on=dt.date(2027, 10, 31)
    )
    days = [dt.date(2026, 1, 1) + n * DAY for n in range(0, 730, 7)]
    seen = [stands(seat, day) for day in days]
    assert list(dict.fromkeys(seen)) == [VACANT, HELD, ENDING, CARRIED, CLOSED]
    assert set(WARNINGS) == {3, 6, 9, 12}
