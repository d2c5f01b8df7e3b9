"""The bodies of the demonstration (`instances.toml`): real ones, where invented people sit and meet around today.

A past year and a coming year of meetings are drawn from the number that a body holds in a year.
"""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from cress_portal.demo.collectivites import take_carrier
from cress_portal.demo.organisations import organisation_named
from cress_portal.demo.tables import Table
from instances.bodies import register
from instances.findable import BODIES
from instances.mandates import ONE_DAY, Nomination, appoint, cancel, renew
from instances.models import Attendance, Instance, Mandate, Meeting, Seat, Subject
from instances.standing import months_after
from people.models import Organisation, Person, User
from roadmaps.models import Roadmap, Theme
from territories.models import Collectivite, Kind

FILE = Path(__file__).parent / "instances.toml"
CRESS = "CRESS des Pays de la Loire"
INVENTED = "Personne fictive, pour la démonstration"
WOMEN = {"Maëlle", "Solveig", "Ines", "Perrine", "Nolwenn", "Ondine"}
MONTHS = {"since": "starts_on", "term": "term_on", "ended": "ended_on"}
TITLE, DAYS = "Séance (date fictive)", 365
AGENDA = "Exemple fictif.\n1. Relevé de décisions de la séance précédente\n2. Actualité de l’ESS\n3. Questions diverses"
REPORT = "<p>Exemple fictif : l’ESS a été entendue sur un point de l’ordre du jour ; une note suit.</p>"
WEEKEND = 5  # Saturday


def write_register(tell: Callable[[str], object], by: User | None = None) -> int:
    """Enter the bodies that `instances.toml` describes in a register that holds none; count them.

    Args:
        tell: is given how many there are.
        by: whom the history names.
    """
    if Instance.objects.exists():
        return 0
    written = RegisterWriter(timezone.localdate(), by).write(Table.read(FILE))
    tell(f"{written} instances")
    return written


class RegisterWriter:
    """Writes the register as it stands on a day."""

    def __init__(self, today: dt.date, by: User | None) -> None:
        self.today, self.by = today, by
        self.written: dict[str, Instance] = {}
        self.followers: list[tuple[Table, Instance, list[str]]] = []

    @transaction.atomic
    def write(self, document: Table) -> int:
        """Write all that a file says, or nothing. Raises DemoFileError if it does not hold together."""
        for table in document.tables("instances"):
            for one in repeated(table):
                self._write_body(one)
        document.nothing_left()
        for table, instance, names in self.followers:
            instance.successors.set([self._body(table, "followed_by", name) for name in names])
        return len(self.written)

    def _write_body(self, table: Table) -> None:
        organisers, themes = table.take("organisers", []), table.take("themes", [])
        places, seats = table.tables("territories"), table.tables("seats")
        steers, subjects, per_year = table.take("steers", []), table.take("subjects", []), table.take("per_year", 0)
        followers, parent = table.take("followed_by", []), table.take("parent")
        dissolved = table.take("dissolved_on")
        instance = Instance(
            parent=self._body(table, "parent", parent) if parent else None,
            dissolved_on=dt.date.fromisoformat(dissolved) if dissolved else None,
            verified_on=None
            if table.values.get("is_to_confirm")
            else months_after(self.today, -(len(self.written) % 16)),
        )
        table.fill(instance)
        register(instance, by=self.by)
        instance.organisers.set([organisation_named(table, "organisers", name) for name in organisers])
        instance.territories.set([take_carrier(place) for place in places])
        instance.themes.set(Theme.objects.filter(code__in=themes))
        instance.roadmaps.set(Roadmap.objects.filter(slug__in=steers))
        BODIES.refresh(instance.pk)
        for slug, uid, note in subjects:
            Subject.objects.create(instance=instance, roadmap=Roadmap.objects.get(slug=slug), uid=uid, note=note)
        mandates = [mandate for rank, seat in enumerate(seats) for mandate in self._write_seat(seat, instance, rank)]
        self._write_meetings(instance, mandates, per_year)
        self.followers.append((table, instance, followers))
        self.written[instance.name] = instance

    def _body(self, table: Table, key: str, name: str) -> Instance:
        return self.written.get(name) or table.refuse(key, f"« {name} » n’est pas décrite plus haut.")

    def _write_seat(self, table: Table, instance: Instance, rank: int) -> list[Mandate]:
        holders, alternates = table.tables("holders"), table.tables("alternate")
        seat = Seat(instance=instance, position=rank, closed_on=instance.dissolved_on)
        table.save(seat)
        mandates = [self._write_mandate(one, seat) for one in holders]
        if alternates:
            second = Seat(instance=instance, alternate_of=seat, label=f"{seat.label}, suppléance", voice=seat.voice)
            second.full_clean()
            second.save()
            mandates += [self._write_mandate(one, second) for one in alternates]
        return mandates

    def _write_mandate(self, table: Table, seat: Seat) -> Mandate:
        dates = {field: self._day(table, key) for key, field in MONTHS.items()}
        if dates["ended_on"]:
            dates["ended_on"] -= dt.timedelta(days=1)  # the next one starts that day
        person, renewed, mistaken = invented(table.take("person")), table.take("renewed"), table.take("mistaken")
        mandate = Mandate(seat=seat, person=person, on_behalf_of=Organisation.objects.get(name=CRESS), **dates)
        table.save(mandate)
        if mistaken:
            self._mistake(mandate, invented(mistaken))
        if renewed:
            renew(mandate, mandate.version, term_on=months_after(self.today, renewed), act="Exemple fictif", by=self.by)
            mandate.refresh_from_db()
        return mandate

    def _mistake(self, mandate: Mandate, person: Person) -> None:
        """Appoint to a seat, from the day after a term, somebody who was not the one meant, and take it back."""
        starts_on = mandate.term_on and mandate.term_on + ONE_DAY
        wrong = appoint(mandate.seat, Nomination(person, starts_on), by=self.by)
        cancel(wrong, wrong.version, resumes=True, by=self.by)

    def _day(self, table: Table, key: str) -> dt.date | None:
        months = table.take(key)
        return None if months is None else months_after(self.today, months)

    def _write_meetings(self, instance: Instance, mandates: list[Mandate], per_year: int) -> None:
        if not per_year or instance.dissolved_on:
            return
        step, shift = DAYS // per_year, len(self.written) * 11
        for rank in range(-per_year, per_year):
            day = on_a_working_day(self.today + dt.timedelta(days=rank * step + shift % step + 1))
            is_past = day < self.today
            meeting = Meeting(
                instance=instance,
                title=TITLE,
                held_on=day,
                starts_at=dt.time(9 + shift % 6, 30),
                ends_at=dt.time(12 + shift % 6),
                place="Lieu à confirmer",
                agenda=AGENDA,
                is_cancelled=rank == 1 and shift % 5 == 0,
                report_back=REPORT if is_past and (rank + shift) % 4 else "",
            )
            meeting.full_clean()
            meeting.save()
            if is_past:
                self._write_attendance(meeting, mandates)

    def _write_attendance(self, meeting: Meeting, mandates: list[Mandate]) -> None:
        states = (Attendance.State.PRESENT, Attendance.State.PRESENT, Attendance.State.EXCUSED, Attendance.State.LATE)
        for mandate in mandates:
            if mandate.runs_on(meeting.held_on) and not mandate.seat.is_alternate:
                state = states[meeting.held_on.day % len(states)]
                attendance = Attendance(meeting=meeting, mandate=mandate, state=state)
                attendance.full_clean()
                attendance.save()


def repeated(table: Table) -> list[Table]:
    """Give a table once for each département that it names, or as it is."""
    codes, people = table.take("departements"), table.take("people", [])
    if not codes:
        return [table]
    names = dict(Collectivite.objects.filter(kind=Kind.DEPARTEMENT, code__in=codes).values_list("code", "name"))
    copies = []
    for code, person in zip(codes, people, strict=True):
        values = filled(table.values, names.get(code) or table.refuse("departements", f"{code} est inconnu."), person)
        copies.append(Table(table.file, values | {"territories": [{"departement": code}]}, table.path))
    return copies


def filled(values: Any, departement: str, person: str) -> Any:
    """Write the name of the département and of who sits there into a table; nobody sits where no name is given."""
    if isinstance(values, dict):
        return {key: filled(value, departement, person) for key, value in values.items()}
    if isinstance(values, list):
        kept = [one for one in values if person or not (isinstance(one, dict) and one.get("person") == "{}")]
        return [filled(one, departement, person) for one in kept]
    if isinstance(values, str):
        return person if values == "{}" else values.replace("{departement}", departement)
    return values


def invented(name: str) -> Person:
    """Give a person of the demonstration, created the first time that a file names her."""
    first, _, last = name.partition(" ")
    gender = Person.Gender.WOMAN if first in WOMEN else Person.Gender.MAN
    return Person.objects.get_or_create(first_name=first, last_name=last, job=INVENTED, gender=gender)[0]


def on_a_working_day(day: dt.date) -> dt.date:
    """Give the day, or the Monday after it."""
    return day + dt.timedelta(days=7 - day.weekday()) if day.weekday() >= WEEKEND else day
