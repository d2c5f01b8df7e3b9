"""What was decided ahead stays manageable, what was mistaken is taken back, and no presence is ever lost on the way."""

import datetime as dt

import pytest
import time_machine
import zeal
from django.core.exceptions import ValidationError

from instances.bodies import close_seat, dissolve
from instances.mandates import Nomination, appoint, cancel, correct, end, fill, predecessor, renew, replace
from instances.models import Attendance, Mandate, Seat
from instances.reminders import all_reminders
from instances.standing import Standing
from people.models import Person
from publishing.versions import StaleVersionError
from tests.instances.factories import AttendanceFactory, MandateFactory, MeetingFactory, SeatFactory
from tests.people.factories import PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
DAY = dt.timedelta(days=1)
TODAY = dt.date(2026, 11, 24)
TERM = dt.date(2026, 12, 31)


@pytest.fixture
def today():
    with time_machine.travel("2026-11-24T10:00:00+01:00", tick=False), zeal.zeal_ignore():
        yield


@pytest.fixture
def running():
    """Bo Li sits until the end of the year; the seat is watched six months ahead."""
    bo = PersonFactory(first_name="Bo", last_name="Li")
    return MandateFactory(person=bo, starts_on=dt.date(2024, 1, 1), term_on=TERM)


def ana():
    return Person.objects.filter(last_name="Roy").first() or PersonFactory(first_name="Ana", last_name="Roy")


def refusal(gesture, *args, **kwargs):
    with pytest.raises(ValidationError) as caught:
        gesture(*args, **kwargs)
    return " ".join(caught.value.messages).replace("\u00a0", " ")


def periods(seat):
    found = Mandate.objects.filter(seat=seat).select_related("person").order_by("starts_on")
    return [(str(one), one.starts_on, one.ended_on, one.end_reason) for one in found]


def awaited(day):
    return [one.text.replace("\u00a0", " ") for group in all_reminders(day) for one in group.reminders
            if group.key == "mandats"]  # fmt: skip


def again(mandate):
    mandate.refresh_from_db()
    return mandate


# Decided ahead


def test_a_successor_appointed_ahead_silences_the_reminder_until_its_own_term(running):
    assert len(awaited(TODAY)) == 1
    renew(running, running.version, term_on=dt.date(2028, 2, 29))
    days = [TODAY, TERM - DAY, TERM, TERM + DAY, dt.date(2027, 8, 28)]
    assert [(awaited(day), again(running).seat.standing_on(day)) for day in days] == [([], Standing.HELD)] * 5
    later = [dt.date(2027, 8, 29), dt.date(2028, 2, 29), dt.date(2028, 3, 1)]
    expected = [Standing.ENDING, Standing.ENDING, Standing.CARRIED]
    assert [running.seat.standing_on(day) for day in later] == expected


def test_an_end_said_ahead_is_a_reminder_until_somebody_is_appointed(running):
    end(running, running.version, TERM - DAY, "resigned")
    seat = running.seat
    assert awaited(TODAY) == [f"{seat.instance}, {seat} : le mandat de Bo Li se termine le 30 décembre 2026"]
    assert awaited(TERM) == [f"{seat.instance}, {seat} : siège vacant"]
    appoint(seat, Nomination(ana(), dt.date(2027, 2, 1)))
    assert (awaited(TODAY), awaited(TERM), again(running).seat.standing_on(TERM)) == ([], [], Standing.VACANT)


def test_the_running_mandate_may_end_earlier_than_its_successor_starts(running):
    renew(running, running.version, term_on=dt.date(2029, 12, 31))
    end(again(running), running.version, TODAY, "resigned")
    assert periods(running.seat) == [
        ("Bo Li", dt.date(2024, 1, 1), TODAY, "resigned"),
        ("Bo Li", TERM + DAY, None, ""),
    ]
    seat = running.seat
    assert [seat.standing_on(day) for day in (TODAY, TODAY + DAY, TERM, TERM + DAY)] == [
        Standing.HELD, Standing.VACANT, Standing.VACANT, Standing.HELD,
    ]  # fmt: skip


def test_it_does_not_end_later_than_its_successor_starts(running):
    renew(running, running.version, term_on=dt.date(2029, 12, 31))
    said = refusal(end, again(running), running.version, TERM + DAY)
    assert said.startswith("Bo Li est déjà nommé·e sur ce siège à partir du 1er janvier 2027")
    assert again(running).ended_on == TERM


@pytest.mark.parametrize("shift", [0, 1])
def test_a_mandate_is_managed_until_its_last_day_and_no_longer(running, shift):
    end(running, running.version, TERM)
    with time_machine.travel(dt.datetime.combine(TERM + shift * DAY, dt.time(12)), tick=False):
        if shift:
            assert "est terminé depuis le 31 décembre 2026" in refusal(end, again(running), running.version, TERM)
        else:
            end(again(running), running.version, TERM - DAY)
    assert again(running).ended_on == (TERM if shift else TERM - DAY)


def test_whoever_replaces_the_running_holder_leaves_to_the_successor_already_appointed(running):
    renew(running, running.version, term_on=dt.date(2029, 12, 31))
    replace(again(running), running.version, Nomination(ana(), dt.date(2026, 12, 1)), "resigned")
    assert periods(running.seat) == [
        ("Bo Li", dt.date(2024, 1, 1), dt.date(2026, 11, 30), "resigned"),
        ("Ana Roy", dt.date(2026, 12, 1), TERM, "term"),
        ("Bo Li", TERM + DAY, None, ""),
    ]


def test_a_replacement_without_term_leaves_to_the_successor_too(running):
    running.term_on = None
    running.save()
    appoint_ahead = Nomination(ana(), dt.date(2027, 2, 1))
    end(running, running.version, dt.date(2027, 1, 31))
    appoint(running.seat, appoint_ahead)
    replace(again(running), running.version, Nomination(PersonFactory(last_name="Zo"), TODAY))
    assert [period[1:3] for period in periods(running.seat)][1] == (TODAY, dt.date(2027, 1, 31))


def test_nobody_is_renewed_over_a_successor_nor_appointed_past_him(running):
    renew(running, running.version, term_on=dt.date(2029, 12, 31))
    assert "est déjà nommé·e" in refusal(renew, again(running), running.version, term_on=None)
    said = refusal(replace, again(running), running.version, Nomination(ana(), TODAY, dt.date(2028, 1, 1)))
    assert "donnez une échéance qui précède" in said
    assert len(periods(running.seat)) == 2


def test_an_interim_on_a_vacant_seat_ends_before_whoever_comes_next():
    seat = MandateFactory(starts_on=dt.date(2027, 3, 1)).seat
    assert "est déjà nommé·e sur ce siège à partir du 1er mars 2027" in refusal(appoint, seat, Nomination(ana(), TODAY))
    appoint(seat, Nomination(ana(), TODAY, dt.date(2027, 2, 28)))
    assert periods(seat)[0] == ("Ana Roy", TODAY, dt.date(2027, 2, 28), "term")


def test_an_election_closes_what_was_to_end_later(running):
    end(running, running.version, TERM)
    fill([(running.seat, Nomination(ana(), dt.date(2026, 12, 1)))], closes_running=True)
    assert again(running).ended_on == dt.date(2026, 11, 30)


# Taken back


@pytest.mark.parametrize("starts_on", [TODAY - DAY, TODAY, TODAY + DAY, dt.date(2027, 9, 1)])
def test_an_appointment_is_cancelled_whether_or_not_it_has_started(starts_on):
    mandate = MandateFactory(starts_on=starts_on)
    cancel(mandate, mandate.version)
    assert Mandate.objects.count() == 0
    assert mandate.seat.standing_on(starts_on) == Standing.VACANT


@pytest.mark.parametrize("resumes", [True, False])
def test_cancelling_a_renewal_gives_the_seat_back_or_not(running, resumes):
    new = renew(running, running.version, term_on=dt.date(2029, 12, 31))
    assert predecessor(new) == running
    cancel(new, new.version, resumes=resumes)
    assert periods(running.seat) == [
        ("Bo Li", dt.date(2024, 1, 1), None if resumes else TERM, "" if resumes else "renewed")
    ]
    assert again(running).seat.standing_on(TERM + DAY) == (Standing.CARRIED if resumes else Standing.VACANT)


def test_what_is_over_is_cancelled_without_giving_anything_back(running):
    end(running, running.version, TODAY - DAY)
    later = MandateFactory(seat=running.seat, starts_on=TODAY)
    first = MandateFactory(seat=running.seat, starts_on=dt.date(2020, 1, 1), ended_on=dt.date(2023, 12, 31))
    assert (predecessor(again(running)), predecessor(later)) == (None, running)
    cancel(first, first.version)
    assert [period[1] for period in periods(running.seat)] == [dt.date(2024, 1, 1), TODAY]


def test_a_mandate_that_was_exercised_is_not_cancelled():
    held = MandateFactory(person__first_name="Bo", person__last_name="Li")
    alternate = MandateFactory(seat=SeatFactory(instance=held.seat.instance, alternate_of=held.seat))
    meeting = MeetingFactory(instance=held.seat.instance, held_on=dt.date(2026, 3, 1))
    AttendanceFactory(meeting=meeting, mandate=held, state="represented", alternate=alternate)
    for mandate in (held, alternate):
        said = refusal(cancel, mandate, mandate.version)
        assert f"La présence de {mandate.person} est notée aux séances des jours suivants : 1er mars 2026." in said
    assert Mandate.objects.count() == 2


def test_of_two_people_one_cancels_and_the_other_is_told():
    mandate = MandateFactory()
    same = Mandate.objects.get()
    cancel(mandate, mandate.version)
    for gesture, args in ((cancel, ()), (end, (TODAY,)), (correct, ())):
        with pytest.raises(StaleVersionError):
            gesture(same, 1, *args)


def test_a_correction_changes_the_person_and_her_presences_follow(running):
    meeting = MeetingFactory(instance=running.seat.instance, held_on=dt.date(2026, 3, 1))
    AttendanceFactory(meeting=meeting, mandate=running)
    running.person, running.act = Person(first_name="Ana", last_name="Roy"), "Arrêté 12"
    correct(running, running.version)
    assert (str(again(running)), running.act) == ("Ana Roy", "Arrêté 12")
    assert str(Attendance.objects.select_related("mandate__person").get().mandate) == "Ana Roy"


def test_a_seat_and_a_body_end_once_what_was_to_come_is_cancelled(running):
    new = renew(running, running.version, term_on=None)
    seat, body = running.seat, running.seat.instance
    for gesture in (lambda: close_seat(seat, 1, TERM + DAY), lambda: dissolve(body, 1, TERM + DAY)):
        assert "annulez d’abord cette nomination" in refusal(gesture)
    cancel(new, new.version, resumes=True)
    seat.refresh_from_db()
    close_seat(seat, 1, TERM + DAY)
    assert periods(seat) == [("Bo Li", dt.date(2024, 1, 1), TERM, "body")]


# No presence is lost

LEAP = dt.date(2028, 2, 29)


@pytest.mark.parametrize("met_on", [dt.date(2026, 3, 29), dt.date(2026, 10, 25), dt.date(2024, 2, 29)])
@pytest.mark.parametrize("shift", [-1, 0, 1])
def test_an_end_before_a_presence_is_refused_with_the_days(running, met_on, shift):
    meeting = MeetingFactory(instance=running.seat.instance, held_on=met_on)  # the clocks change, or a leap day
    AttendanceFactory(meeting=meeting, mandate=running, state="excused")
    if shift < 0:
        said = refusal(end, running, running.version, met_on + shift * DAY)
        assert f"hors de ces dates : {met_on.day} " in said
        assert again(running).ended_on is None
    else:
        end(running, running.version, met_on + shift * DAY)
        assert again(running).ended_on == met_on + shift * DAY
    assert Attendance.objects.count() == 1


def test_no_gesture_leaves_a_presence_without_mandate(running):
    body = running.seat.instance
    for day in (dt.date(2026, 3, 1), dt.date(2026, 10, 1)):
        AttendanceFactory(meeting=MeetingFactory(instance=body, held_on=day), mandate=running)
    early = dt.date(2026, 2, 1)
    told = "notée aux séances des jours suivants, hors de ces dates : 1er mars 2026, 1er octobre 2026. Choisissez"
    gestures = [
        lambda one: replace(one, one.version, Nomination(ana(), early)),
        lambda one: renew(one, one.version, term_on=None, starts_on=early),
        lambda one: fill([(one.seat, Nomination(ana(), early))], closes_running=True),
        lambda one: close_seat(one.seat, one.seat.version, early),
    ]
    for gesture in gestures:
        assert told in refusal(gesture, again(running))
    one = again(running)
    one.starts_on = dt.date(2026, 6, 1)
    assert "hors de ces dates : 1er mars 2026." in refusal(correct, one, one.version)
    dissolve(body, body.version, dt.date(2026, 11, 1))
    assert (again(running).ended_on, Attendance.objects.count()) == (dt.date(2026, 10, 31), 2)
    assert Seat.objects.get().closed_on == dt.date(2026, 11, 1)


def test_an_alternate_who_stood_in_keeps_his_mandate_that_day(running):
    body = running.seat.instance
    alternate = MandateFactory(seat=SeatFactory(instance=body, alternate_of=running.seat))
    meeting = MeetingFactory(instance=body, held_on=dt.date(2026, 3, 1))
    AttendanceFactory(meeting=meeting, mandate=running, state="represented", alternate=alternate)
    assert "hors de ces dates" in refusal(end, alternate, alternate.version, dt.date(2026, 2, 28))
    meeting.held_on = dt.date(2023, 12, 31)
    assert "n’avait pas de mandat" in refusal(meeting.full_clean)
    end(again(alternate), alternate.version, dt.date(2026, 3, 1))
    meeting.held_on = dt.date(2026, 3, 2)
    assert f"{alternate.person} n’avait pas de mandat" in refusal(meeting.full_clean)
