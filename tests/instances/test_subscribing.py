"""Calendars read back by another library, and feeds: what changes changes there, what is cancelled says so."""

import datetime as dt

import pytest
import time_machine
import vobject
from django.urls import reverse
from lxml import etree

from instances.models import Meeting
from tests.instances.factories import InstanceFactory, MandateFactory, MeetingFactory
from tests.people.factories import PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def today():
    with time_machine.travel("2026-11-24T10:00:00+01:00", tick=False):
        yield


def read(client, address):
    """Fetch a calendar, and give its events once another library has found it sound."""
    answer = client.get(address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert max(len(line) for line in answer.content.split(b"\r\n")) <= 75
    found = vobject.readOne(answer.content.decode())
    assert found.validate(raiseException=True)
    return found.contents.get("vevent", [])


def test_a_meeting_is_told_with_its_hours_place_agenda_and_address(client):
    body = InstanceFactory(name="Conseil, comité ; et bureau", acronym="")
    meeting = MeetingFactory(instance=body, title="Plénière", starts_at=dt.time(9, 30), ends_at=dt.time(12),
                             place="Hôtel de Région, Nantes", agenda="1. Budget\n2. Avis ; vœux",
                             link="https://visio.example/")  # fmt: skip
    (event,) = read(client, reverse("instance-calendar", args=[body.slug]))
    assert event.summary.value.replace("\u00a0", " ") == "Conseil, comité ; et bureau : Plénière"
    assert event.dtstart.value.isoformat() == "2026-12-10T09:30:00+01:00"
    assert event.dtend.value.isoformat() == "2026-12-10T12:00:00+01:00"
    assert (event.location.value, event.description.value) == ("Hôtel de Région, Nantes", "1. Budget\n2. Avis ; vœux")
    assert event.url.value == f"http://testserver/instances/{body.slug}/#seance-{meeting.uid}"
    assert event.status.value == "CONFIRMED"
    assert b"visio" not in client.get(reverse("instance-calendar", args=[body.slug])).content


@pytest.mark.parametrize(
    ("day", "offset"),
    [("2027-03-27", 1), ("2027-03-28", 2), ("2027-03-29", 2), ("2027-10-30", 2), ("2027-10-31", 1), ("2028-02-29", 1)],
)
def test_the_hour_on_the_wall_is_kept_when_the_clocks_change(client, day, offset):
    meeting = MeetingFactory(held_on=dt.date.fromisoformat(day), starts_at=dt.time(10), ends_at=None)
    (event,) = read(client, reverse("instance-calendar", args=[meeting.instance.slug]))
    assert event.dtstart.value.isoformat() == f"{day}T10:00:00+0{offset}:00"
    assert event.dtend.value - event.dtstart.value == dt.timedelta(hours=2)


def test_a_meeting_whose_hours_are_not_known_takes_the_day(client):
    MeetingFactory()
    (event,) = read(client, "/instances/agenda.ics")
    assert (event.dtstart.value, event.dtend.value) == (dt.date(2026, 12, 10), dt.date(2026, 12, 11))


def test_what_is_moved_then_cancelled_is_the_same_meeting(client):
    meeting = MeetingFactory()
    (before,) = read(client, "/instances/agenda.ics")
    meeting.claim(1)
    meeting.held_on, meeting.is_cancelled = dt.date(2026, 12, 17), True
    meeting.save()
    (after,) = read(client, "/instances/agenda.ics")
    assert after.uid.value == before.uid.value
    assert (before.sequence.value, after.sequence.value) == ("1", "2")
    assert (after.status.value, after.summary.value[:9]) == ("CANCELLED", "Annulée –")


def test_a_renamed_body_keeps_its_address_and_its_meetings_their_identifiers(client):
    meeting = MeetingFactory(instance__name="Ancien nom", instance__slug="ancien-nom")
    body, address = meeting.instance, reverse("instance-calendar", args=["ancien-nom"])
    (before,) = read(client, address)
    body.name = "Nouveau nom"
    body.save()
    (after,) = read(client, address)
    assert (after.uid.value, after.url.value) == (before.uid.value, before.url.value)
    assert after.summary.value.replace("\u00a0", " ") == "Nouveau nom : Séance"
    assert "Nouveau nom" in client.get("/instances/ancien-nom/").text


def test_a_cancelled_meeting_stays_cancelled_in_every_calendar_for_a_year(client):
    held = MandateFactory()
    for day in (dt.date(2025, 11, 24), dt.date(2026, 12, 1)):
        MeetingFactory(instance=held.seat.instance, held_on=day, is_cancelled=True)
    addresses = ["/instances/agenda.ics", reverse("instance-calendar", args=[held.seat.instance.slug]),
                 reverse("holder-calendar", args=[held.person_id])]  # fmt: skip
    assert [[one.status.value for one in read(client, address)] for address in addresses] == [["CANCELLED"] * 2] * 3


@pytest.mark.parametrize(("day", "utc"), [("2027-03-27", 9), ("2027-03-28", 8), ("2027-10-30", 8), ("2027-10-31", 9)])
def test_an_agenda_that_only_knows_the_rules_sent_finds_the_same_instant(client, day, utc):
    MeetingFactory(held_on=dt.date.fromisoformat(day), starts_at=dt.time(10))
    found = vobject.readOne(client.get("/instances/agenda.ics").content.decode())
    rules = found.vtimezone.gettzinfo()
    wall = found.vevent.dtstart.value.replace(tzinfo=rules)
    assert wall.astimezone(dt.UTC).hour == utc


def test_a_person_follows_the_meetings_of_his_mandates_on_the_days_when_he_sits(client):
    person = PersonFactory()
    body = MandateFactory(person=person, ended_on=dt.date(2026, 12, 31)).seat.instance
    MeetingFactory(instance=body)
    MeetingFactory(instance=body, held_on=dt.date(2027, 1, 1))
    MeetingFactory()
    MeetingFactory(instance=body, is_public=False)
    events = read(client, reverse("holder-calendar", args=[person.pk]))
    assert [event.dtstart.value for event in events] == [dt.date(2026, 12, 10)]


def test_an_agenda_without_meeting_is_still_a_calendar(client):
    MeetingFactory(instance__is_public=False)
    MeetingFactory(held_on=dt.date(2025, 11, 23))
    assert read(client, "/instances/agenda.ics") == []


@pytest.mark.parametrize("count", [1, 3, 40])
def test_a_calendar_and_a_feed_cost_the_same_whatever_they_hold(client, count, django_assert_num_queries):
    for _ in range(count):
        MeetingFactory(instance=MandateFactory().seat.instance)
    for address in ("/instances/agenda.ics", "/instances/agenda.atom", "/instances/mandats.atom"):
        with django_assert_num_queries(1):
            client.get(address)


def entries(client, address):
    answer = client.get(address)
    assert answer["Content-Type"].startswith("application/atom+xml")
    return list(etree.fromstring(answer.content).iter(f"{ATOM}entry"))


def test_the_feed_of_meetings_tells_those_to_come(client):
    body = InstanceFactory(name="CESER")
    MeetingFactory(instance=body, held_on=dt.date(2026, 11, 23))
    meeting = MeetingFactory(instance=body, is_cancelled=True, report_back="<p>Secret</p>")
    MeetingFactory(is_public=False)
    (entry,) = entries(client, "/instances/agenda.atom")
    assert entry.findtext(f"{ATOM}title").replace("\u00a0", " ") == "Annulée – CESER : Séance, le 10 décembre 2026"
    assert entry.find(f"{ATOM}link").get("href") == f"http://testserver{meeting.get_absolute_url()}"
    assert Meeting.objects.count() == 3


def test_the_feed_of_holders_tells_who_was_appointed(client):
    held = MandateFactory(person__first_name="Ana", person__last_name="Roy", seat__instance__name="CESER")
    MandateFactory(ended_on=dt.date(2025, 1, 1))
    MandateFactory(seat__instance__is_public=False)
    (entry,) = entries(client, "/instances/mandats.atom")
    assert entry.findtext(f"{ATOM}title").replace("\u00a0", " ") == "Ana Roy : CESER"
    page = client.get(held.seat.instance.get_absolute_url()).text
    assert f'id="mandat-{held.pk}"' in page


@pytest.mark.parametrize("address", ["/instances/agenda.atom", "/instances/mandats.atom"])
def test_a_feed_is_atom_whose_entries_keep_their_identifiers(client, address):
    held = MandateFactory(seat__instance__name="Avant")
    MeetingFactory(instance=held.seat.instance)

    def identifiers():
        feed = etree.fromstring(client.get(address).content)
        for one in (feed, *feed.iter(f"{ATOM}entry")):
            names = ("id", "title", "updated")
            assert [len(one.findall(f"{ATOM}{name}")) for name in names] == [1, 1, 1]
            assert dt.datetime.fromisoformat(one.findtext(f"{ATOM}updated")).utcoffset() is not None
        assert [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"] == [
            f"http://testserver{address}"
        ]
        return [one.findtext(f"{ATOM}id") for one in feed.iter(f"{ATOM}entry")]

    before = identifiers()
    held.seat.instance.name = "Après"
    held.seat.instance.save()
    assert (len(before), identifiers()) == (1, before)


def test_each_page_says_how_to_subscribe(client):
    held = MandateFactory()
    MeetingFactory(instance=held.seat.instance)
    for page, calendar in {
        "/instances/agenda/": "/instances/agenda.ics",
        held.seat.instance.get_absolute_url(): reverse("instance-calendar", args=[held.seat.instance.slug]),
        reverse("holder-detail", args=[held.person_id]): reverse("holder-calendar", args=[held.person_id]),
    }.items():
        assert f"http://testserver{calendar}" in client.get(page).text
