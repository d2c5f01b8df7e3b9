"""The life of a mandate, each gesture on its first and last day, and what is refused in words."""

import datetime as dt
import threading

import pytest
import zeal
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from instances.mandates import Nomination, appoint, correct, end, fill, renew, replace
from instances.models import Mandate, Seat
from instances.standing import Standing
from people.models import Person
from publishing.versions import StaleVersionError
from tests.instances.factories import MandateFactory, SeatFactory
from tests.people.factories import OrganisationFactory, PersonFactory

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
JUNE_30, JULY_1 = dt.date(2026, 6, 30), dt.date(2026, 7, 1)


@pytest.fixture(autouse=True)
def several_gestures():
    """A life is made of several gestures, which each look things up again."""
    with zeal.zeal_ignore():
        yield


def holders(seat, *days):
    found = [Mandate.objects.in_force(day).filter(seat=seat).select_related("person").first() for day in days]
    return [str(one.person) if one else None for one in found]


def around(day):
    return day - DAY, day, day + DAY


def refusal(gesture, *args, **kwargs):
    with pytest.raises(ValidationError) as caught:
        gesture(*args, **kwargs)
    return " ".join(caught.value.messages).replace("\u00a0", " ")


def test_somebody_is_appointed_to_a_vacant_seat():
    seat, person, ess = SeatFactory(), PersonFactory(first_name="Ana", last_name="Roy"), OrganisationFactory()
    appoint(seat, Nomination(person, JULY_1, dt.date(2029, 6, 30), {"on_behalf_of": ess, "act": "Arrêté 12"}))
    assert holders(seat, *around(JULY_1)) == [None, "Ana Roy", "Ana Roy"]
    assert (seat.mandates.get().on_behalf_of, seat.mandates.get().act) == (ess, "Arrêté 12")


def test_a_person_unknown_until_now_is_created_with_the_mandate_or_not_at_all():
    seat = SeatFactory()
    assert "avant le début" in refusal(appoint, seat, Nomination(Person(last_name="Roy"), JULY_1, JUNE_30))
    assert Person.objects.count() == 0
    appoint(seat, Nomination(Person(last_name="Roy"), JULY_1))
    assert holders(seat, JULY_1) == ["Roy"]


def test_whoever_is_carried_over_leaves_to_the_successor():
    former = MandateFactory(person__first_name="Bo", person__last_name="Li", term_on=dt.date(2025, 12, 31))
    assert former.seat.standing_on(JUNE_30) == Standing.CARRIED
    appoint(former.seat, Nomination(PersonFactory(first_name="Ana", last_name="Roy"), JULY_1))
    assert holders(former.seat, *around(JULY_1)) == ["Bo Li", "Ana Roy", "Ana Roy"]
    former.refresh_from_db()
    assert (former.ended_on, former.end_reason) == (JUNE_30, "term")


def test_a_successor_may_be_appointed_before_the_term():
    former = MandateFactory(term_on=JUNE_30)
    appoint(former.seat, Nomination(PersonFactory(), JULY_1))
    former.refresh_from_db()
    assert former.ended_on == JUNE_30


@pytest.mark.parametrize("starts_on", [dt.date(2025, 1, 1), JUNE_30, None])
def test_two_people_never_hold_one_seat(starts_on):
    former = MandateFactory(person__first_name="Bo", person__last_name="Li", term_on=JUNE_30)
    said = refusal(appoint, former.seat, Nomination(PersonFactory(), starts_on))
    assert said.startswith("Bo Li occupe déjà ce siège depuis le 1er janvier 2024 : terminez d’abord ce mandat")
    assert Mandate.objects.count() == 1


def test_an_earlier_period_must_end_before_the_one_that_is_known():
    seat = MandateFactory(starts_on=JULY_1).seat
    assert "occupe déjà" in refusal(appoint, seat, Nomination(PersonFactory(), dt.date(2020, 1, 1)))


def test_one_person_holds_a_seat_twice_with_a_gap():
    person = PersonFactory(first_name="Ana", last_name="Roy")
    first = MandateFactory(person=person, starts_on=dt.date(2018, 1, 1), ended_on=dt.date(2020, 12, 31))
    appoint(first.seat, Nomination(person, dt.date(2024, 1, 1)))
    days = [dt.date(2020, 12, 31), dt.date(2021, 1, 1), dt.date(2023, 12, 31), dt.date(2024, 1, 1)]
    assert holders(first.seat, *days) == ["Ana Roy", None, None, "Ana Roy"]


def test_a_renewal_follows_the_term_and_keeps_both():
    former = MandateFactory(term_on=JUNE_30, on_behalf_of=OrganisationFactory(), quality="staff")
    new = renew(former, former.version, term_on=dt.date(2029, 6, 30), act="AG du 3 juin")
    assert (new.person, new.starts_on, new.on_behalf_of, new.quality, new.act) == (
        former.person, JULY_1, former.on_behalf_of, "staff", "AG du 3 juin",
    )  # fmt: skip
    former.refresh_from_db()
    assert (former.ended_on, former.end_reason) == (JUNE_30, "renewed")
    assert len(set(holders(former.seat, *around(JULY_1)))) == 1


def test_a_late_renewal_starts_when_it_is_decided():
    former = MandateFactory(term_on=dt.date(2025, 12, 31))
    new = renew(former, former.version, starts_on=JULY_1, term_on=None)
    former.refresh_from_db()
    assert (former.ended_on, new.starts_on) == (JUNE_30, JULY_1)


def test_a_mandate_without_term_is_renewed_from_a_day_that_is_said():
    mandate = MandateFactory()
    assert "premier jour" in refusal(renew, mandate, mandate.version, term_on=None)


def test_a_replacement_before_the_term_runs_until_it():
    former = MandateFactory(person__first_name="Bo", person__last_name="Li", term_on=dt.date(2027, 12, 31))
    new = replace(former, former.version, Nomination(PersonFactory(first_name="Ana", last_name="Roy"), JULY_1))
    assert holders(former.seat, *around(JULY_1)) == ["Bo Li", "Ana Roy", "Ana Roy"]
    assert new.term_on == dt.date(2027, 12, 31)


def test_a_replacement_needs_a_first_day_after_the_start_of_the_other():
    former = MandateFactory(starts_on=JULY_1)
    assert "premier jour" in refusal(replace, former, former.version, Nomination(PersonFactory()))
    former.refresh_from_db()
    assert "doit suivre le début" in refusal(replace, former, former.version, Nomination(PersonFactory(), JULY_1))
    assert Mandate.objects.get().ended_on is None


def test_an_end_leaves_the_seat_vacant_from_the_day_after():
    mandate = MandateFactory(person__first_name="Bo", person__last_name="Li")
    end(mandate, mandate.version, JUNE_30, "resigned")
    assert holders(mandate.seat, *around(JUNE_30)) == ["Bo Li", "Bo Li", None]


def test_an_end_before_the_start_or_of_what_is_over_is_refused():
    mandate = MandateFactory(starts_on=JULY_1)
    said = refusal(end, mandate, mandate.version, JUNE_30)
    assert said.startswith("La fin tombe avant le début du mandat, le 1er juillet 2026 : ")
    mandate.refresh_from_db()
    over = end(mandate, mandate.version, JULY_1)
    assert "terminé depuis le 1er juillet 2026" in refusal(end, over, over.version, JULY_1 + DAY)
    assert "ne peut plus être renouvelé" in refusal(renew, over, over.version, term_on=None)


def test_two_people_who_decide_at_once_do_not_undo_each_other():
    mandate = MandateFactory(term_on=JUNE_30)
    read = mandate.version
    end(Mandate.objects.get(), read, JUNE_30)
    with pytest.raises(StaleVersionError):
        renew(mandate, read, term_on=None)
    assert Mandate.objects.count() == 1


def test_a_correction_still_holds_together():
    first = MandateFactory(starts_on=dt.date(2020, 1, 1), ended_on=dt.date(2022, 12, 31))
    second = MandateFactory(seat=first.seat, starts_on=dt.date(2023, 1, 1))
    second.starts_on = dt.date(2022, 12, 31)
    assert "occupe déjà ce siège du 1er janvier 2020 au 31 décembre 2022" in refusal(correct, second, second.version)
    second.refresh_from_db()
    second.starts_on = dt.date(2023, 2, 1)
    correct(second, second.version)
    assert Mandate.objects.get(pk=second.pk).starts_on == dt.date(2023, 2, 1)


def test_an_election_fills_all_the_seats_or_none():
    taken = MandateFactory(term_on=None).seat
    free = SeatFactory(instance=taken.instance)
    said = refusal(fill, [(free, Nomination(PersonFactory(), JULY_1)), (taken, Nomination(PersonFactory(), JULY_1))])
    assert said.startswith(f"{taken.label} : ")
    assert Mandate.objects.count() == 1
    other = SeatFactory(instance=taken.instance)
    fill([(seat, Nomination(PersonFactory(), JULY_1)) for seat in (free, other)])
    assert Mandate.objects.count() == 3


def test_nobody_is_appointed_to_a_seat_that_no_longer_exists():
    seat = SeatFactory(closed_on=JUNE_30)
    assert "n’existe plus à partir du 30 juin 2026" in refusal(appoint, seat, Nomination(PersonFactory(), JULY_1))


def test_postgresql_itself_refuses_two_holders():
    mandate = MandateFactory(term_on=JUNE_30)
    if connection.vendor == "postgresql":
        with pytest.raises(DatabaseError, match="one_holder_at_a_time"), transaction.atomic():
            MandateFactory(seat=mandate.seat, starts_on=JUNE_30)
    with pytest.raises(ValidationError, match="se chevauchent"):
        Mandate(seat=mandate.seat, person=PersonFactory(), starts_on=JUNE_30).full_clean()


@pytest.mark.django_db(transaction=True)
def test_of_two_appointments_at_once_one_is_refused():
    seat, people, said = SeatFactory(), [PersonFactory(), PersonFactory()], []
    ready = threading.Barrier(2)

    def attempt(person):
        ready.wait()
        try:
            appoint(Seat.objects.get(pk=seat.pk), Nomination(person, JULY_1))
            said.append("nommé")
        except ValidationError as refused:
            said.append(refused.messages[0].replace("\u00a0", " ").partition(" occupe")[1].strip())
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["nommé", "occupe"]
    assert Mandate.objects.count() == 1
