"""A body is entered, dissolved, replaced or split; its seats know their place."""

import datetime as dt

import pytest
import time_machine
import zeal
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from instances.bodies import add_seat, close_seat, dissolve, register, revive, verify
from instances.mandates import Nomination, appoint, correct
from instances.models import Instance, Mandate, Meeting, Seat
from instances.rules import may_read_instance
from instances.standing import Standing
from people.models import Role
from people.organisations import merge, references
from publishing.versions import StaleVersionError
from tests.instances.factories import InstanceFactory, MandateFactory, MeetingFactory, SeatFactory
from tests.people.factories import OrganisationFactory, PersonFactory, UserFactory, member, team_member
from tests.territories.factories import CollectiviteFactory

pytestmark = pytest.mark.django_db
JULY_1 = dt.date(2024, 7, 1)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def several_gestures():
    """A life is made of several gestures, which each look things up again."""
    with zeal.zeal_ignore():
        yield


def test_a_body_takes_its_acronym_as_address_and_never_a_page_of_the_portal():
    slugs = [register(Instance(name=name, acronym=acronym, level="regional", kind="board")).slug
             for name, acronym in (("Conseil économique", "CESER"), ("Autre", "CESER"), ("Agenda", ""))]  # fmt: skip
    assert slugs == ["ceser", "ceser-2", "agenda-2"]


def test_a_body_that_is_replaced_closes_its_seats_the_day_before():
    old, new = InstanceFactory(name="CDIAE"), InstanceFactory(name="Commission inclusion")
    mandate = MandateFactory(seat__instance=old, starts_on=dt.date(2020, 1, 1))
    dissolve(old, old.version, JULY_1, [new])
    mandate.refresh_from_db()
    assert (mandate.ended_on, mandate.end_reason) == (JULY_1 - DAY, "body")
    assert [Seat.objects.open(day).count() for day in (JULY_1 - DAY, JULY_1, JULY_1 + DAY)] == [1, 0, 0]
    current = [list(Instance.objects.current(day).order_by("pk")) for day in (JULY_1 - DAY, JULY_1)]
    assert current == [[old, new], [new]]
    assert (list(old.successors.all()), list(new.predecessors.all())) == ([new], [old])


def test_a_body_that_is_split_has_several_successors():
    old, north, south = InstanceFactory.create_batch(3)
    dissolve(old, old.version, JULY_1, [north, south])
    assert set(old.successors.all()) == {north, south}


def test_a_body_is_not_dissolved_twice_nor_over_what_comes_later():
    body = InstanceFactory()
    meeting = MeetingFactory(instance=body, held_on=JULY_1)
    with pytest.raises(ValidationError, match="Une séance est prévue"):
        dissolve(body, body.version, JULY_1)
    meeting.delete()
    body.refresh_from_db()
    mandate = MandateFactory(seat__instance=body, starts_on=JULY_1)
    with pytest.raises(ValidationError, match="annulez d’abord cette nomination"):
        dissolve(body, body.version, JULY_1)
    mandate.delete()
    body.refresh_from_db()
    with pytest.raises(ValidationError, match="elle-même"):
        dissolve(body, body.version, JULY_1, [body])
    body.refresh_from_db()
    dissolve(body, body.version, JULY_1)
    with pytest.raises(ValidationError, match="déjà enregistrée, le 1er"):
        dissolve(body, body.version, JULY_1)
    assert Instance.objects.get().dissolved_on == JULY_1


def said(refused):
    return " ".join(refused.value.messages).replace("\u00a0", " ")


def around_the_end(days):
    """Look from the day before a body ends, the day, and the day after."""
    for day in days:
        with time_machine.travel(dt.datetime.combine(day, dt.time(12)), tick=False):
            yield day


def test_a_body_that_is_no_more_takes_no_seat_and_says_where_to_go_on():
    body, new = InstanceFactory(), InstanceFactory(name="Commission inclusion")
    dissolve(body, 1, JULY_1, [new])
    for day in around_the_end([JULY_1 - DAY, JULY_1, JULY_1 + DAY]):
        seat = Seat(instance=Instance.objects.get(pk=body.pk), label=f"Siège vu le {day}")
        if day < JULY_1:
            assert add_seat(seat).closed_on == JULY_1  # it closes with its body
            continue
        with pytest.raises(ValidationError) as refused:
            add_seat(seat)
        assert said(refused) == (
            "Cette instance n’existe plus depuis le 1er juillet 2024, remplacée par « Commission inclusion ». "
            "On n’y ajoute plus de siège."
        )
    assert Seat.objects.count() == 1
    kept = Seat.objects.get()
    kept.label = "Mieux écrit"
    kept.full_clean()  # what was there is still corrected


def test_a_mandate_in_a_body_that_is_to_end_stops_the_day_before_whoever_is_appointed():
    seat = SeatFactory()
    end = dt.date(2027, 1, 1)
    with time_machine.travel("2026-11-24T10:00:00+01:00", tick=False):
        dissolve(seat.instance, 1, end)
        mandate = appoint(seat, Nomination(PersonFactory(), dt.date(2026, 12, 1), dt.date(2029, 1, 1)))
        assert (mandate.ended_on, mandate.end_reason) == (end - DAY, "body")
        with pytest.raises(ValidationError, match="au plus tard la veille"):
            appoint(SeatFactory(closed_on=end), Nomination(PersonFactory(), end))
        mandate.ended_on = None
        with pytest.raises(ValidationError, match="n’existe plus à partir du 1"):
            correct(mandate, mandate.version)
    assert [Mandate.objects.in_force(day).count() for day in (end - DAY, end)] == [1, 0]
    seat.refresh_from_db()
    assert [seat.standing_on(day) for day in (end - DAY, end)] == [Standing.ENDING, Standing.CLOSED]


@pytest.mark.parametrize(("shift", "is_cancelled", "is_right"), [(-1, False, True), (0, False, False), (0, True, True)])
def test_a_body_meets_until_the_day_before_its_end(shift, is_cancelled, is_right):
    body = InstanceFactory()
    dissolve(body, 1, JULY_1, [InstanceFactory(name="Commission inclusion")])
    meeting = Meeting(instance=body, held_on=JULY_1 + shift * DAY, is_cancelled=is_cancelled)
    if is_right:
        meeting.full_clean()
        return
    with pytest.raises(ValidationError) as refused:
        meeting.full_clean()
    assert said(refused) == (
        "Cette instance n’existe plus depuis le 1er juillet 2024, remplacée par « Commission inclusion ». "
        "Une séance s’y tient la veille au plus tard."
    )


def test_the_end_of_a_body_is_taken_back_with_all_that_ended_with_it():
    body, new = InstanceFactory(), InstanceFactory()
    leaves = MandateFactory(seat__instance=body, starts_on=dt.date(2020, 1, 1))
    gone = MandateFactory(seat__instance=body, starts_on=dt.date(2020, 1, 1), ended_on=JULY_1 - DAY, end_reason="term")
    closed = SeatFactory(instance=body, closed_on=dt.date(2021, 1, 1))
    later = SeatFactory(instance=body, closed_on=dt.date(2025, 1, 1))
    dissolve(body, 1, JULY_1, [new])
    later.refresh_from_db()
    assert later.closed_on == JULY_1
    revive(Instance.objects.get(pk=body.pk), 2)
    for mandate in (leaves, gone):
        mandate.refresh_from_db()
    assert (leaves.ended_on, leaves.end_reason, gone.ended_on) == (None, "", JULY_1 - DAY)
    assert list(Seat.objects.filter(closed_on=None).order_by("pk")) == [leaves.seat, gone.seat, later]
    closed.refresh_from_db()
    assert closed.closed_on == dt.date(2021, 1, 1)
    body.refresh_from_db()
    assert (body.dissolved_on, list(body.successors.all()), list(new.predecessors.all())) == (None, [], [])
    with pytest.raises(ValidationError, match="n’est pas enregistrée"):
        revive(body, body.version)


def test_two_people_do_not_dissolve_over_each_other():
    body = InstanceFactory()
    verify(Instance.objects.get())
    with pytest.raises(StaleVersionError):
        dissolve(body, body.version, JULY_1)


def test_a_closed_seat_takes_its_alternates_along():
    seat = MandateFactory(starts_on=dt.date(2020, 1, 1)).seat
    alternate = MandateFactory(
        seat=SeatFactory(instance=seat.instance, alternate_of=seat), starts_on=dt.date(2020, 1, 1)
    ).seat
    close_seat(seat, seat.version, JULY_1)
    assert set(Seat.objects.values_list("closed_on", flat=True)) == {JULY_1}
    assert Mandate.objects.in_force(JULY_1).count() == 0
    closed = Seat.objects.get(pk=alternate.pk)
    assert closed.closed_on == JULY_1
    with pytest.raises(ValidationError, match="déjà enregistrée"):
        close_seat(closed, closed.version, JULY_1)


def test_an_alternate_supplies_a_full_seat_of_the_same_body():
    seat = SeatFactory()
    alternate = SeatFactory(instance=seat.instance, alternate_of=seat)
    with pytest.raises(ValidationError, match="suppléant"):
        Seat(instance=seat.instance, label="x", alternate_of=alternate).full_clean()
    with pytest.raises(ValidationError, match="autre instance"):
        Seat(instance=InstanceFactory(), label="x", alternate_of=seat).full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        SeatFactory(alternate_of=seat)
        connection.check_constraints()


def test_two_seats_of_a_body_are_told_apart_by_their_label():
    seat = SeatFactory(label="CRESS")
    with pytest.raises(ValidationError, match="porte déjà cet intitulé"):
        Seat(instance=seat.instance, label="CRESS").full_clean()
    close_seat(seat, seat.version, JULY_1)
    Seat(instance=seat.instance, label="CRESS").full_clean()


def test_a_group_has_no_group_of_its_own():
    group = InstanceFactory(parent=InstanceFactory())
    with pytest.raises(ValidationError, match="sous-groupe"):
        Instance(name="x", level="regional", kind="group", parent=group).full_clean(exclude=["slug", "search", "sort"])


@pytest.mark.parametrize("query", ["comite emploi", "ÉMPLOI", "cre", "insertion"])
def test_a_body_is_found_by_name_acronym_and_mission(query):
    wanted = InstanceFactory(name="Comité régional pour l’emploi", acronym="CRE", mission="Formation et insertion.")
    InstanceFactory(name="Conseil de développement")
    assert list(Instance.objects.matching(query)) == [wanted]


def test_a_body_covers_the_collectivites_within_its_territory():
    departement = CollectiviteFactory(as_departement=True)
    commune = CollectiviteFactory(commune=True, departement=departement)
    body, _ = InstanceFactory(), InstanceFactory()
    body.territories.add(departement)
    assert list(Instance.objects.covering(commune)) == [body]
    assert list(Instance.objects.covering(departement)) == [body]


def test_both_faces_of_the_law_agree_for_every_role():
    bodies = [InstanceFactory(), InstanceFactory(is_public=False)]
    collectivite = CollectiviteFactory()
    users = [AnonymousUser(), UserFactory(), member(collectivite), *(team_member(role) for role in Role)]
    for user in users:
        assert set(Instance.objects.visible_to(user)) == {body for body in bodies if may_read_instance(user, body)}


def test_merging_two_organisations_keeps_what_they_organise():
    kept, double = OrganisationFactory(name="Préfecture"), OrganisationFactory(name="Préfecture de région")
    both, one = InstanceFactory(), InstanceFactory()
    both.organisers.set([kept, double])
    one.organisers.set([double])
    assert references([double])[double.pk] == ["2\u00a0instances"]
    merge(kept, [double])
    assert [list(body.organisers.all()) for body in (both, one)] == [[kept], [kept]]
