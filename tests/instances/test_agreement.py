"""The same seats are counted everywhere: the list, the picture, the facets, the export, the vacancies, the board."""

import csv
import datetime as dt
import io
from collections import Counter

import pytest
import time_machine
from django.urls import reverse

from instances.models import Seat
from instances.standing import Standing
from people.models import Role
from tests.instances.factories import InstanceFactory, MandateFactory, SeatFactory
from tests.people.factories import team_member

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 24)
EXPECTED = {Standing.HELD: 9, Standing.ENDING: 6, Standing.CARRIED: 3, Standing.VACANT: 8, Standing.CLOSED: 4}


def build():
    """Enter thirty bodies, by turns at each standing, some of them with an alternate."""
    for rank in range(30):
        body = InstanceFactory(level=("national", "regional", "local")[rank % 3], warning=(3, 6, 9, 12)[rank % 4])
        standing = [one for one, count in EXPECTED.items() for _ in range(count)][rank]
        seat = SeatFactory(instance=body, closed_on=TODAY if standing == Standing.CLOSED else None)
        terms = {Standing.HELD: dt.date(2028, 2, 29), Standing.ENDING: TODAY, Standing.CARRIED: dt.date(2026, 11, 23)}
        if standing in terms:
            MandateFactory(seat=seat, term_on=terms[standing])
        if standing == Standing.VACANT:
            MandateFactory(seat=seat, ended_on=dt.date(2026, 11, 23))


def test_every_page_counts_the_same_seats(client, client_for):
    staff = client_for(team_member(Role.EDITOR))
    with time_machine.travel("2026-11-24T10:00:00+01:00", tick=False):
        build()
        assert Counter(Seat.objects.with_standing(TODAY).values_list("standing", flat=True)) == EXPECTED
        drawn = client.get("/instances/").context["picture"]
        assert (drawn["instances"], drawn["held"], drawn["vacant"]) == (30, 9 + 6 + 3, 8)
        for standing in (Standing.HELD, Standing.ENDING, Standing.CARRIED, Standing.VACANT):
            found = client.get("/instances/", {"siege": standing.value, "tri": "nom"})
            assert found.context["page"].paginator.count == EXPECTED[standing]
        text = client.get(reverse("instance-export", args=["csv"])).content.decode("utf-8-sig")
        told = Counter(line["État"] for line in csv.DictReader(io.StringIO(text)) if line["État"])
        assert told == {str(one.label): count for one, count in EXPECTED.items() if one != Standing.CLOSED}
        waiting = staff.get(reverse("seat-vacancies")).context["seats"]
        assert [seat.standing for seat in waiting] == ["carried"] * 3 + ["ending"] * 6 + ["vacant"] * 8
        board = staff.get(reverse("workspace-instance-list")).context
        assert next(one for one in board["reminders"] if one.key == "mandats").count == 17
        rest = staff.get(reverse("workspace-instance-list"), {"page": 2}).context
        rows = [*board["rows"], *rest["rows"]]
        assert Counter(row["seats"].replace("\u00a0", " ") for row in rows) == {
            "1 siège pourvu": 9,
            "1 siège à échéance proche": 6,
            "1 siège prolongé": 3,
            "1 siège vacant": 8,
            "Aucun siège enregistré": 4,
        }
