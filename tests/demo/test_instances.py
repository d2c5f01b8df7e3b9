"""The register of the demonstration, on a list of collectivités that holds what it names."""

import datetime as dt

import pytest
import zeal
from django.db import transaction
from django.utils import timezone

from cress_portal.demo import install
from cress_portal.demo.instances import INVENTED, write_register
from instances.models import Attendance, Instance, Mandate, Meeting, Seat, Subject
from people.models import Person
from territories.cog import SHIPPED_FOLDER, import_vintage, read_vintage

pytestmark = pytest.mark.django_db
DEPARTEMENTS = {"44", "49", "53", "72", "85"}


@pytest.fixture(scope="module", autouse=True)
def installed(django_db_setup, django_db_blocker):
    """Install once for the module, in a transaction that is undone: nothing is printed."""
    with django_db_blocker.unblock(), transaction.atomic():
        vintage = read_vintage(SHIPPED_FOLDER)
        kept = {k: b for k, b in vintage.bodies.items() if b.family != "commune" or b.departement in DEPARTEMENTS}
        import_vintage(vintage._replace(bodies=kept))
        install(str)
        yield
        transaction.set_rollback(True)


def test_the_register_holds_at_least_forty_bodies_each_with_its_sources():
    assert Instance.objects.count() >= 40
    unsourced = Instance.objects.filter(sources="", is_to_confirm=False)
    assert list(unsourced) == []
    assert Instance.objects.filter(sources__contains="…").count() == 0
    assert set(Instance.objects.values_list("level", flat=True)) == set(Instance.Level.values)


def test_the_bodies_that_the_cress_names_are_there():
    names = " ".join(Instance.objects.values_list("name", flat=True))
    named = ["Conférence du monde économique", "stratégie régionale de l’ESS", "Bureau", "conseil d’administration",
             "Comité des Régions", "Comité des Directions", "groupe de travail"]  # fmt: skip
    assert [one for one in named if one not in names] == []


def test_the_cdiae_is_no_longer_current_and_leads_to_its_successor():
    old = Instance.objects.get(acronym="CDIAE")
    assert old.dissolved_on == dt.date(2024, 7, 1)
    assert [one.name for one in old.successors.all()] == [
        "Commission inclusion et insertion par l’activité économique – Loire-Atlantique"
    ]


def test_everyone_who_sits_is_invented_and_says_so():
    people = Person.objects.filter(mandates__isnull=False)
    assert {person.job for person in people} == {INVENTED}
    assert people.filter(user__isnull=False).count() == 0


def test_there_is_a_past_year_and_a_coming_year_of_meetings():
    today = timezone.localdate()
    past, coming = Meeting.objects.past(today), Meeting.objects.coming(today)
    assert past.count() > 60
    assert coming.count() > 60
    assert past.last().held_on >= today - dt.timedelta(days=366)
    assert Meeting.objects.unreported(today).count() > 0
    assert Attendance.objects.values("state").distinct().count() == 3


def test_every_standing_is_to_be_seen():
    seats = Seat.objects.with_standing(timezone.localdate())
    assert {seat.standing for seat in seats} == {"held", "ending", "carried", "vacant", "closed"}
    with zeal.zeal_ignore():
        for mandate in Mandate.objects.all():
            mandate.full_clean()


def test_a_subject_is_carried_somewhere():
    assert Subject.objects.count() == 1


def test_a_second_run_leaves_the_register_alone():
    assert write_register(str) == 0
