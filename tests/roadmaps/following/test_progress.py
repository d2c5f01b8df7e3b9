"""What the calendar adds to a status: lateness, freshness, counts."""

import datetime as dt

import pytest

from roadmaps.models import Action, Horizon
from roadmaps.progress import Situation, tally, year_before
from ui.partial_date import PartialDate

ONGOING = {"status": "ongoing", "said_on": "2026-03-01", "weather": "", "text": "", "pk": 4, "batch": "b", "by": 7}


def situation(today="2026-11-24", ends_on=None, last_year=None, **said):
    action = Action(ends_on=PartialDate.parse(ends_on) if ends_on else None, horizon=Horizon(last_year=last_year))
    action.report = ONGOING | said if said else None
    return Situation.of(action, dt.date.fromisoformat(today))


DAYS = [
    ("2026-06-15", ["2026-06-14", "2026-06-15", "2026-06-16"]),
    ("2026-06", ["2026-06-29", "2026-06-30", "2026-07-01"]),
    ("2026", ["2026-12-30", "2026-12-31", "2027-01-01"]),
    ("2028-02", ["2028-02-28", "2028-02-29", "2028-03-01"]),
]


@pytest.mark.parametrize(("end", "days"), DAYS)
def test_an_action_is_late_the_day_after_the_last_day_of_its_end(end, days):
    assert [situation(day, ends_on=end, status="ongoing").is_late for day in days] == [False, False, True]


def test_without_an_end_the_last_year_of_the_horizon_decides():
    days = ["2027-12-30", "2027-12-31", "2028-01-01"]
    assert [situation(day, last_year=2027, status="ongoing").is_late for day in days] == [False, False, True]
    later = [situation(day, ends_on="2029", last_year=2027, status="ongoing").is_late for day in days]
    assert later == [False, False, False]
    assert [situation(day, status="ongoing").is_late for day in days] == [False, False, False]


def test_an_action_of_which_nothing_was_said_has_no_status_and_is_never_late():
    one = situation(ends_on="2020", last_year=2020)
    assert (one.status, one.is_said, one.is_late, one.freshness, one.told) == (
        "unsaid", False, False, "", "Sans point d’étape",
    )  # fmt: skip
    assert (one.badges.count("<svg"), "Sans point d’étape" in one.badges) == (1, True)


def test_only_what_is_neither_done_nor_dropped_is_late():
    late = {name: situation(ends_on="2025", status=name).is_late
            for name in ("planned", "ongoing", "done", "paused", "dropped")}  # fmt: skip
    assert late == {"planned": True, "ongoing": True, "done": False, "paused": True, "dropped": False}


def test_the_day_is_today_where_it_is_not_said(time_machine):
    action = Action(ends_on=PartialDate(2026, 6, 15))
    action.report = ONGOING
    found = []
    for day in ("2026-06-14", "2026-06-15", "2026-06-16"):
        time_machine.move_to(f"{day}T10:00:00+02:00")
        found.append(Situation.of(action).is_late)
    assert found == [False, False, True]


def test_what_was_said_a_year_ago_is_stale_the_day_after():
    days = ["2027-02-28", "2027-03-01", "2027-03-02"]
    assert [situation(day, said_on="2026-03-01").is_stale for day in days] == [False, False, True]
    assert [situation(day, said_on="2026-03-01").awaits_report for day in days] == [False, False, True]
    assert year_before(dt.date(2028, 2, 29)) == dt.date(2027, 2, 28)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, "Sans point d’étape"),
        ({"status": "ongoing"}, "En cours, dit le 1er\xa0mars 2026"),
        ({"status": "ongoing", "ends_on": "2025"}, "En cours, en retard, dit le 1er\xa0mars 2026"),
        ({"said_on": "2025-11-23"}, "En cours, dit le 23\xa0novembre 2025, pas mis à jour depuis plus d’un an"),
        ({"status": "done", "said_on": "2020-11-23"}, "Réalisée, dit le 23\xa0novembre 2020"),
    ],
)
def test_it_says_where_it_stands(said, told):
    assert situation(**said).told == told


def test_what_is_over_awaits_nothing_and_silence_awaits_a_report():
    assert [situation(status=name, said_on="2020-01-01").awaits_report for name in ("done", "dropped")] == [False] * 2
    assert situation().awaits_report


def test_actions_are_counted_in_words():
    assert tally([]) == "0\xa0action"
    assert tally([situation(status="done")]) == "1\xa0action\xa0: 1\xa0réalisée"
    many = [situation(status=name) for name in ["planned"] * 3 + ["done"] * 3 + ["ongoing"] * 5 + ["dropped"] * 2]
    assert tally([*many, situation(status="ongoing", ends_on="2025")]) == (
        "14\xa0actions\xa0: 3\xa0réalisées, 6\xa0en cours, 3\xa0à lancer, 2\xa0abandonnées\xa0; 1\xa0en retard"
    )
    silent = [situation(ends_on="2020") for _ in range(5)]
    assert tally([*silent, situation(status="ongoing")]) == "6\xa0actions\xa0: 1\xa0en cours, 5\xa0sans point d’étape"


def test_a_status_has_a_word_and_a_shape():
    badges = situation(status="ongoing", ends_on="2025").badges
    assert (badges.count("<svg"), "En cours" in badges, "En retard" in badges) == (2, True, True)
