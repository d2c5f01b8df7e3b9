"""Who came to a meeting: what the verb itself refuses, whatever page or script asks."""

import datetime as dt

import pytest
import zeal
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from instances.meetings import note_attendance, voices
from instances.models import Attendance, Meeting
from publishing.versions import StaleVersionError
from tests.instances.factories import AttendanceFactory, MandateFactory, MeetingFactory, SeatFactory

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 29)  # the clocks change that night


@pytest.fixture(autouse=True)
def several_people():
    """Each attendance is checked by itself."""
    with zeal.zeal_ignore():
        yield


@pytest.fixture
def held():
    return MandateFactory(starts_on=DAY, ended_on=DAY)


def refusal(meeting, *attendances):
    with pytest.raises(ValidationError) as caught:
        note_attendance(meeting, meeting.version, attendances)
    return " ".join(caught.value.messages).replace("\u00a0", " ")


@pytest.mark.parametrize("shift", [-1, 1])
def test_nobody_came_the_day_before_or_after_his_mandate(held, shift):
    meeting = MeetingFactory(instance=held.seat.instance, held_on=DAY + dt.timedelta(days=shift))
    came = Attendance(meeting=meeting, mandate=held, state="present")
    assert refusal(meeting, came) == f"{held} : {held} n’avait pas de mandat dans cette instance le jour de la séance."
    assert Attendance.objects.count() == 0


def test_whoever_sits_that_very_day_came(held):
    meeting = MeetingFactory(instance=held.seat.instance, held_on=DAY)
    note_attendance(meeting, 1, [Attendance(meeting=meeting, mandate=held, state="present")])
    assert Attendance.objects.get().mandate == held


def test_somebody_from_another_body_is_refused(held):
    meeting = MeetingFactory(held_on=DAY)
    came = Attendance(meeting=meeting, mandate=held, state="present")
    assert "n’est pas de l’instance qui se réunit" in refusal(meeting, came)


def test_an_alternate_stands_in_for_the_seat_that_he_supplies_and_no_other(held):
    body = held.seat.instance
    other = SeatFactory(instance=body)
    wrong = MandateFactory(seat=SeatFactory(instance=body, alternate_of=other), starts_on=DAY)
    right = MandateFactory(seat=SeatFactory(instance=body, alternate_of=held.seat), starts_on=DAY)
    meeting = MeetingFactory(instance=body, held_on=DAY)
    came = {
        one: Attendance(meeting=meeting, mandate=held, state="represented", alternate=one) for one in (wrong, right)
    }
    assert refusal(meeting, came[wrong]) == f"{held} : {wrong} ne supplée pas ce siège."
    meeting.refresh_from_db()
    note_attendance(meeting, meeting.version, [came[right]])
    assert Attendance.objects.get().alternate == right


@pytest.fixture
def pair(held):
    """A holder and an alternate of the same seat, and the meeting of that day."""
    alternate = MandateFactory(
        seat=SeatFactory(instance=held.seat.instance, alternate_of=held.seat), starts_on=DAY, ended_on=DAY
    )
    return held, alternate, MeetingFactory(instance=held.seat.instance, held_on=DAY)


@pytest.mark.parametrize(
    ("of_holder", "of_alternate", "heard"),
    [
        ("present", "present", 1),
        ("present", "late", 1),
        ("late", "late", 1),
        ("excused", "present", 1),
        (None, "late", 1),
        ("excused", "absent", 0),
        ("present", "excused", 1),
        ("represented", None, 1),
        ("represented", "late", 1),
    ],
)
def test_an_alternate_comes_beside_the_holder_and_the_seat_has_one_voice(pair, of_holder, of_alternate, heard):
    held, alternate, meeting = pair
    came = []
    if of_holder:
        stand_in = alternate if of_holder == "represented" else None
        came.append(Attendance(meeting=meeting, mandate=held, state=of_holder, alternate=stand_in))
    if of_alternate:
        hour = dt.time(10, 15) if of_alternate == "late" else None
        came.append(Attendance(meeting=meeting, mandate=alternate, state=of_alternate, arrived_at=hour))
    note_attendance(meeting, 1, came)
    assert Attendance.objects.count() == len(came)
    assert voices(Attendance.objects.select_related("mandate__seat__alternate_of")) == heard


@pytest.mark.parametrize("state", ["excused", "absent"])
def test_whoever_stood_in_did_not_stay_away(pair, state):
    held, alternate, meeting = pair
    stood_in = Attendance(meeting=meeting, mandate=held, state="represented", alternate=alternate)
    away = Attendance(meeting=meeting, mandate=alternate, state=state)
    said = refusal(meeting, stood_in, away)
    assert said.startswith(f"{alternate} : Suppléer et être noté·e « ")
    assert Attendance.objects.count() == 0


def test_only_deliberative_voices_are_counted(held):
    body = held.seat.instance
    guest = MandateFactory(seat=SeatFactory(instance=body, voice="consultative"), starts_on=DAY)
    meeting = MeetingFactory(instance=body, held_on=DAY)
    came = [Attendance(meeting=meeting, mandate=one, state="present") for one in (held, guest)]
    note_attendance(meeting, 1, came)
    assert voices(came) == 1


def test_nobody_is_noted_by_a_mandate_cancelled_meanwhile(held):
    meeting = MeetingFactory(instance=held.seat.instance, held_on=DAY)
    came = Attendance(meeting=meeting, mandate=held, state="present")
    type(held).objects.all().delete()
    with pytest.raises(StaleVersionError):
        note_attendance(meeting, 1, [came])


def test_one_refusal_keeps_what_was_noted_before(held):
    meeting = MeetingFactory(instance=held.seat.instance, held_on=DAY)
    noted = AttendanceFactory(meeting=meeting, mandate=held)
    late = Attendance(meeting=meeting, mandate=held, state="present", arrived_at=dt.time(10))
    assert "arrivée en cours de séance" in refusal(meeting, late)
    assert list(Attendance.objects.all()) == [noted]
    with pytest.raises(StaleVersionError):
        note_attendance(Meeting.objects.get(), 9, [])


def test_the_database_itself_refuses_what_contradicts_itself(held):
    meeting = MeetingFactory(instance=held.seat.instance, held_on=DAY)
    for wrong in ({"state": "represented"}, {"state": "present", "arrived_at": dt.time(9)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            AttendanceFactory(meeting=meeting, mandate=held, **wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        MeetingFactory(starts_at=dt.time(12), ends_at=dt.time(9))
