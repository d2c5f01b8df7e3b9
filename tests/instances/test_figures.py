"""Parity and renewal, counted by hand for a few years."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from instances.figures import years
from instances.models import Mandate
from people.models import Person, Role
from tests.instances.factories import MandateFactory, SeatFactory
from tests.people.factories import PersonFactory, team_member

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 24)


def test_each_year_counts_who_sat_on_its_last_day_and_what_moved():
    ana, bo = PersonFactory(gender="woman"), PersonFactory(gender="man")
    seat = SeatFactory()
    MandateFactory(
        seat=seat, person=ana, starts_on=dt.date(2024, 2, 29), ended_on=dt.date(2025, 12, 31), end_reason="renewed"
    )
    MandateFactory(seat=seat, person=ana, starts_on=dt.date(2026, 1, 1))
    MandateFactory(person=bo, starts_on=None, ended_on=dt.date(2026, 6, 30), end_reason="resigned")
    MandateFactory(starts_on=dt.date(2026, 11, 24))
    MandateFactory(starts_on=dt.date(2026, 12, 25))
    found = {one.year: one for one in years(TODAY)}
    assert list(found) == [2026, 2025, 2024, 2023, 2022, 2021]
    told = {year: (one.women, one.men, one.unknown, one.share_of_women) for year, one in found.items()}
    assert told == {
        2026: (1, 0, 1, 100),
        2025: (1, 1, 0, 50),
        2024: (1, 1, 0, 50),
        2023: (0, 1, 0, 0),
        2022: (0, 1, 0, 0),
        2021: (0, 1, 0, 0),
    }
    moved = {year: (one.started, one.newcomers, one.renewed, one.ended) for year, one in found.items()}
    assert moved == {
        2026: (2, 1, 0, 1),
        2025: (0, 0, 1, 0),
        2024: (1, 1, 0, 0),
        2023: (0, 0, 0, 0),
        2022: (0, 0, 0, 0),
        2021: (0, 0, 0, 0),
    }
    assert [bar["width"] for bar in found[2025].bars] == [100, 100, 0]
    assert years(dt.date(1990, 1, 1))[0].share_of_women == 0


@pytest.mark.parametrize("count", [1, 3, 40])
def test_the_figures_cost_the_same_whatever_they_hold(client_for, count, django_assert_num_queries):
    staff = client_for(team_member(Role.READER))
    MandateFactory.create_batch(count)
    with django_assert_num_queries(5):
        staff.get(reverse("instance-figures"))


def test_the_gender_is_noted_with_the_mandate_and_never_shown(client, client_for):
    seat, known = SeatFactory(), PersonFactory(first_name="Ana", last_name="Roy")
    address = reverse("mandate-appoint", args=[seat.instance.slug, seat.pk])
    with time_machine.travel("2026-11-24T10:00:00+01:00", tick=False):
        sent = {"person": "Ana Roy", "quality": "elected", "gender": "woman", "starts_on": "2026-11-24"}
        client_for(team_member(Role.EDITOR)).post(address, sent)
        known.refresh_from_db()
        assert known.gender == Person.Gender.WOMAN
        for page in (
            seat.instance.get_absolute_url(),
            reverse("holder-detail", args=[known.pk]),
            "/instances/registre.json",
        ):
            assert "emme" not in client.get(page).content.decode()
    assert Mandate.objects.count() == 1
