"""The register comes in from a spreadsheet: what each line would do is shown first, then done, all of it or nothing.

Nothing that is there is changed: an import adds bodies, seats and mandates, and knows again those that it meets.
The preview does what the import does, in a transaction that is undone: what it says is what will be.
"""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from instances.bodies import add_seat, register
from instances.columns import CHOICES, COLUMNS, DATES, KNOWN, OF_THE_BODY, OF_THE_MANDATE, OF_THE_SEAT, labels, unquoted
from instances.forms.names import save_new
from instances.mandates import Nomination, hold, seated
from instances.models import Instance, Mandate, Seat
from instances.people import designated_person, known_people
from instances.standing import Standing
from people.collectivite_field import designated_by
from people.models import User
from people.models.organisation import sort_name
from roadmaps.forms.names import Organisations
from territories.names import fold
from ui.partial_date import INVALID, PartialDate

NAMED = {key: key for key in COLUMNS} | {"name": "instance", "label": "seat", "last_name": "person"}  # by field
DERIVED = "standing"  # a column that goes out, and comes in to tell the seats that are no more
CLOSED = "Laissée de côté : le siège est dit supprimé"
UNKNOWN_COLUMNS = "Colonnes inconnues : {names}. Les colonnes du registre sont : {known}."
TWICE = "La colonne « {name} » est là deux fois."
NO_BODY_COLUMN = "Il manque la colonne « Instance »."
NOT_A_CHOICE = "{column} : « {value} » n’est pas proposé. Choisissez parmi : {choices}."
NEEDED = "{column} : à remplir pour une instance que le registre ne connaît pas."
NO_FULL_SEAT = "Supplée : cette instance n’a pas de siège de titulaire « {label} » ; écrivez sa ligne plus haut."
PERSON_WITHOUT_SEAT = "Siège : à remplir, puisqu’une personne est nommée."


@dataclass
class Line:
    """A line of the file: what it says, what it would do, what is wrong with it."""

    number: int
    cells: dict[str, str]
    effects: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    note: str = ""  # why it does nothing, where it is not that all is there


@dataclass
class Report:
    """What an import did, or would do."""

    lines: list[Line]

    @property
    def errors(self) -> list[Line]:
        return [line for line in self.lines if line.errors]

    @property
    def effects(self) -> int:
        return sum(len(line.effects) for line in self.lines)

    @property
    def repeated(self) -> list[str]:
        """The names that come on several lines: each is one person."""
        names = Counter(line.cells.get("person", "") for line in self.lines)
        return sorted(name for name, count in names.items() if name and count > 1)


def read_lines(rows: list[list[str]]) -> list[dict[str, str]]:
    """Give each row as cells by the key of their column.

    Raises:
        ValidationError: a column is unknown, missing, or there twice.
    """
    titles = list(rows[0])
    while titles and not titles[-1]:
        titles.pop()
    keys = [KNOWN.get(fold(title), "") for title in titles]
    if unknown := [title or "(sans titre)" for title, key in zip(titles, keys, strict=True) if not key]:
        raise ValidationError(UNKNOWN_COLUMNS.format(names=", ".join(unknown), known=labels()))
    if twice := [key for key, count in Counter(keys).items() if count > 1]:
        raise ValidationError(TWICE.format(name=COLUMNS[twice[0]]))
    if "instance" not in keys:
        raise ValidationError(NO_BODY_COLUMN)
    return [{key: unquoted(cell) for key, cell in zip(keys, row, strict=False) if cell} for row in rows[1:]]


def run(lines: list[dict[str, str]], *, writes: bool, by: User | None = None) -> Report:
    """Do what the lines say, or only tell what it would be.

    Args:
        lines: cells by column (`read_lines`).
        writes: keep what is done, if no line is refused.
        by: who imports, for the history.
    """
    report = Report([Line(number, cells) for number, cells in enumerate(lines, 2)])
    with transaction.atomic():
        importer = Importer(by)
        for line in report.lines:
            importer.take(line)
        if report.errors or not writes:
            transaction.set_rollback(True)
    return report


class Importer:
    """Writes lines one after the other, knowing again what the lines before have written."""

    def __init__(self, by: User | None) -> None:
        self.by = by
        self.bodies = {fold(one.name): one for one in Instance.objects.all()}
        self.seats = {
            (seat.instance_id, fold(seat.label)): seat
            for seat in Seat.objects.open(timezone.localdate()).select_related("instance").order_by("-pk")
        }
        self.people = known_people()
        self.mandates = {(one.seat_id, one.person_id, one.starts_on): one for one in Mandate.objects.all()}
        self.organisations = Organisations()
        self.learnt: list[tuple[dict[Any, Any], Any, Any]] = []  # by the line that is being written

    def _learn(self, known: dict[Any, Any], key: Any, thing: Any) -> None:
        self.learnt.append((known, key, known.get(key)))
        known[key] = thing

    def take(self, line: Line) -> None:
        """Write a line, or none of it."""
        self.learnt = []
        try:
            with transaction.atomic():
                self._write(line)
        except ValidationError as refusal:
            line.effects, line.errors = [], said(refusal)
            for known, key, former in reversed(self.learnt):
                known[key] = former
            self.organisations = Organisations()

    def _write(self, line: Line) -> None:
        if fold(line.cells.get(DERIVED, "")) == fold(str(Standing.CLOSED.label)):
            line.note = CLOSED
            return
        cells = read_cells(line.cells)
        instance = self._body(line, cells)
        if not cells.get("seat"):
            if cells.get("person"):
                raise ValidationError(PERSON_WITHOUT_SEAT)
            return
        seat = self._seat(line, cells, instance)
        if cells.get("person"):
            self._mandate(line, cells, seat)

    def _body(self, line: Line, cells: dict[str, Any]) -> Instance:
        if known := self.bodies.get(fold(cells["instance"])):
            return known
        if missing := [NEEDED.format(column=COLUMNS[key]) for key in ("level", "kind") if not cells.get(key)]:
            raise ValidationError(missing)
        places = [designated_by(name) for name in parts(cells, "territories")]
        organisers = [self.organisations.named(name) for name in parts(cells, "organisers")]
        said_of_it = {key: cells[key] for key in OF_THE_BODY if cells.get(key)}
        instance = register(Instance(name=cells["instance"], **said_of_it), by=self.by)
        save_new(organisers)
        join(Instance.organisers.through, instance_id=instance.pk, organisation_id=[one.pk for one in organisers])
        join(Instance.territories.through, instance_id=instance.pk, collectivite_id=[place.pk for place in places])
        self._learn(self.bodies, fold(instance.name), instance)
        line.effects.append(f"crée l’instance « {instance} »")
        return instance

    def _seat(self, line: Line, cells: dict[str, Any], instance: Instance) -> Seat:
        if known := self.seats.get((instance.pk, fold(cells["seat"]))):
            return known
        full = None
        if label := cells.get("alternate_of"):
            full = self.seats.get((instance.pk, fold(label)))
            if full is None:
                raise ValidationError(NO_FULL_SEAT.format(label=label))
        said_of_it = {key: cells[key] for key in OF_THE_SEAT if cells.get(key)}
        seat = add_seat(Seat(instance=instance, label=cells["seat"], alternate_of=full, **said_of_it), by=self.by)
        self._learn(self.seats, (instance.pk, fold(seat.label)), seat)
        line.effects.append(f"crée le siège « {seat} »")
        return seat

    def _mandate(self, line: Line, cells: dict[str, Any], seat: Seat) -> None:
        person = designated_person(cells["person"], self.people)
        if person.pk and self.mandates.get((seat.pk, person.pk, cells.get("starts_on"))):
            return
        details = {key: cells[key] for key in OF_THE_MANDATE if key not in {"starts_on", "term_on"} and cells.get(key)}
        if name := cells.get("on_behalf_of"):
            organisation = self.organisations.named(name)
            save_new([organisation])
            details["on_behalf_of"] = organisation
        is_new = person.pk is None
        (held,) = hold([seat])
        nomination = Nomination(person, cells.get("starts_on"), cells.get("term_on"), details)
        mandate = seated(held, nomination, by=self.by)
        if is_new:
            name = sort_name(str(person))
            self._learn(self.people, name, [*(self.people.get(name) or []), person])
            line.effects.append(f"ajoute la personne « {person} »")
        self._learn(self.mandates, (seat.pk, mandate.person_id, mandate.starts_on), mandate)
        line.effects.append(f"enregistre le mandat de {person}")


def read_cells(cells: dict[str, str]) -> dict[str, Any]:
    """Read the choices and the days of a line.

    Raises:
        ValidationError: all that does not read, at once.
    """
    read: dict[str, Any] = {key: cell for key, cell in cells.items() if key != DERIVED}
    errors = [] if read.get("instance") else ["Instance : à remplir sur chaque ligne."]
    for key in {*CHOICES, *DATES} & set(read):
        try:
            read[key] = (
                read_choice(key, read[key]) if key in CHOICES else day_in(read[key], is_first=key == "starts_on")
            )
        except ValidationError as refusal:
            errors += refusal.messages
        except ValueError:
            errors.append(f"{COLUMNS[key]} : « {read[key]} ». {INVALID}")
    if errors:
        raise ValidationError(errors)
    return read


def read_choice(key: str, cell: str) -> str:
    """Give the value whose label is in a cell, accents and case aside."""
    known = {fold(str(label)): str(value) for value, label in CHOICES[key].choices}
    if fold(cell) not in known:
        offered = ", ".join(str(label) for label in CHOICES[key].labels)
        raise ValidationError(NOT_A_CHOICE.format(column=COLUMNS[key], value=cell, choices=offered))
    return known[fold(cell)]


def join(links: Any, **keys: Any) -> None:
    """Write the rows of a table in between, for a new body: the last of the keys has several values."""
    *fixed, (name, values) = keys.items()
    links.objects.bulk_create(links(**dict(fixed), **{name: value}) for value in dict.fromkeys(values))


def parts(cells: dict[str, Any], key: str) -> list[str]:
    """Give the several names that a cell holds."""
    return [name for name in (part.strip() for part in cells.get(key, "").split(";")) if name]


def day_in(text: str, *, is_first: bool) -> dt.date:
    """Read a day; a month or a year alone is its first day for a start, its last day for an end.

    Raises:
        ValueError: nothing of that is in the text.
    """
    date = PartialDate.parse(text)
    return dt.date(date.year, date.month or 1, date.day or 1) if is_first else date.last_day


def said(refusal: ValidationError) -> list[str]:
    """Give the messages of a refusal, each after the column that it is about."""
    if not hasattr(refusal, "error_dict"):
        return list(refusal.messages)
    return [
        message if name not in NAMED else f"{COLUMNS[NAMED[name]]} : {message}"
        for name, messages in refusal.message_dict.items()
        for message in messages
    ]
