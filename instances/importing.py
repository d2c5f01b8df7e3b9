"""The register comes in from a spreadsheet: what each line would do is shown first, then done, all of it or nothing.

An import adds bodies, seats and mandates, and knows again those that it meets: by their identifier where the line has
it, by their name otherwise. What a line says otherwise than the register is told, and changed only if that is asked;
an empty cell says nothing. The preview does what the import does, in a transaction that is undone: what it says is
what will be.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from instances.bodies import RESERVED, add_seat, register
from instances.cells import DERIVED, difference, parts, plain, read_cells, read_key, says_the_same
from instances.cells import said as told_refusal
from instances.columns import COLUMNS, KNOWN, OF_THE_BODY, OF_THE_MANDATE, OF_THE_SEAT, SEVERAL, labels
from instances.exporting import body_cells, mandate_cells, seat_cells
from instances.findable import BODIES
from instances.forms.names import save_new
from instances.history import Gesture, remember, said
from instances.mandates import Nomination, correct, hold, seated
from instances.models import Instance, Mandate, Seat
from instances.people import designated_person, known_people
from instances.standing import Standing
from people.collectivite_field import designated_by
from people.models import Organisation, Person, User
from people.models.organisation import sort_name
from publishing.tables import unquoted
from publishing.versions import StaleVersionError, Versioned
from roadmaps.forms.names import Organisations
from territories.models import Collectivite
from territories.names import fold

# What a line says of each thing; by the other columns, the thing is known.
ABOUT_A_BODY = ("instance", *OF_THE_BODY, "parent", "organisers", "territories")
ABOUT_A_SEAT = (*OF_THE_SEAT, "alternate_of")
ABOUT_A_MANDATE = (*(key for key in OF_THE_MANDATE if key != "starts_on"), "on_behalf_of")

CLOSED = "Laissée de côté : le siège est dit supprimé"
UNKNOWN_COLUMNS = "Colonnes inconnues : {names}. Les colonnes du registre sont : {known}."
TWICE = "La colonne « {name} » est là deux fois."
NO_BODY_COLUMN = "Il manque la colonne « Instance »."
NEEDED = "{column} : à remplir pour une instance que le registre ne connaît pas."
NO_FULL_SEAT = "Supplée : cette instance n’a pas de siège de titulaire « {label} » ; écrivez sa ligne plus haut."
NO_PARENT = "Sous-groupe de : le registre n’a pas d’instance « {name} » ; écrivez sa ligne plus haut."
PERSON_WITHOUT_SEAT = "Siège : à remplir, puisqu’une personne est nommée."
OTHER_IDENTIFIER = (
    "Identifiant de l’instance : « {slug} » n’est pas dans le registre, où « {name} » a l’identifiant « {known} ». "
    "Corrigez-le, ou videz la cellule."
)
SEVERAL_BODIES = "Plusieurs instances portent ce nom : remplissez leur identifiant. Le registre connaît {slugs}."
NOBODY = "{column} : le registre n’a pas de n° {pk}. Videz la cellule pour chercher par le nom."
ANOTHER = "{column} : le n° {pk} est « {known} », et la ligne dit « {name} ». Videz la cellule pour suivre le nom."
CONTRADICTION = "{column} : la ligne {number} dit autre chose de « {thing} »."
ON_ITS_PAGE = "{difference} : la fin d’une instance se dit sur sa page"
MOVED = "Quelqu’un d’autre vient de changer cette fiche : choisissez de nouveau le fichier."


@dataclass
class Line:
    """A line of the file: what it says, what it would add and change, what is wrong with it."""

    number: int
    cells: dict[str, str]
    effects: list[str] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)  # what differs and no import changes
    errors: list[str] = field(default_factory=list)
    note: str = ""  # why it does nothing, where it is not that all is there


@dataclass
class Report:
    """What an import did, or would do."""

    lines: list[Line]
    is_stale: bool = False  # the register moved since it was told: nothing was written

    @property
    def errors(self) -> list[Line]:
        return [line for line in self.lines if line.errors]

    @property
    def effects(self) -> int:
        return sum(len(line.effects) for line in self.lines)

    @property
    def changes(self) -> int:
        return sum(len(line.changes) for line in self.lines)

    @property
    def has_remarks(self) -> bool:
        return any(line.remarks for line in self.lines)

    @property
    def told(self) -> list[tuple[list[str], list[str]]]:
        """What each line would do, to know whether it still does when it is confirmed."""
        return [(line.effects, line.changes) for line in self.lines]

    @property
    def repeated(self) -> list[str]:
        """The names that come on several lines: each is one person."""
        names = Counter(line.cells.get("person", "") for line in self.lines if not line.cells.get("person_id"))
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


def run(
    lines: list[dict[str, str]],
    *,
    writes: bool,
    with_changes: bool = True,
    as_told: Any = None,
    by: User | None = None,
) -> Report:
    """Do what the lines say, or only tell what it would be.

    Args:
        lines: cells by column (`read_lines`).
        writes: keep what is done, if no line is refused.
        with_changes: change what is there and that the lines say otherwise, rather than only tell it.
        as_told: what a preview told (`Report.told`); nothing is written if it is no longer so.
        by: who imports, for the history.
    """
    report = Report([Line(number, cells) for number, cells in enumerate(lines, 2)])
    with transaction.atomic():
        importer = Importer(with_changes=with_changes, by=by)
        for line in report.lines:
            importer.take(line)
        report.is_stale = as_told is not None and not report.errors and report.told != as_told
        if report.errors or report.is_stale or not writes:
            transaction.set_rollback(True)
    return report


class Importer:
    """Writes lines one after the other, knowing again what the lines before have written."""

    def __init__(self, *, with_changes: bool, by: User | None) -> None:
        self.with_changes, self.by = with_changes, by
        bodies = Instance.objects.select_related("parent").prefetch_related(
            "organisers", "territories", "themes", "successors"
        )
        self.by_slug = {one.slug: one for one in bodies}
        self.by_name = namesakes(self.by_slug.values())
        self.seats: dict[Any, Any] = {}
        seats = Seat.objects.open(timezone.localdate()).select_related("instance", "alternate_of")
        for seat in seats.order_by("-pk"):
            self.seats |= {(seat.instance_id, name): seat for name in (sort_name(seat.label), seat.label)}
        self.people = known_people()
        self.people_by_pk = {person.pk: person for named in self.people.values() for person in named}
        mandates = Mandate.objects.select_related("person", "on_behalf_of", "seat")
        self.mandates = {(one.seat_id, one.person_id, one.starts_on): one for one in mandates}
        self.organisations = Organisations()
        self.newcomers: dict[Any, Any] = {}  # whom the file adds, by the name that it gives
        self.first_lines: dict[Any, Any] = {}  # where each of them came first, by key
        self.heard: dict[Any, Any] = {}  # what a line said of a thing, and which line
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
        except (ValidationError, StaleVersionError) as refusal:
            line.effects, line.changes, line.remarks = [], [], []
            line.errors = told_refusal(refusal) if isinstance(refusal, ValidationError) else [MOVED]
            for known, key, former in reversed(self.learnt):
                known[key] = former
            self.organisations = Organisations()

    def _write(self, line: Line) -> None:
        if fold(line.cells.get(DERIVED, "")) == fold(str(Standing.CLOSED.label)):
            line.note = CLOSED
            return
        cells = read_cells(line.cells)
        names_somebody = cells.get("person") or cells.get("person_id")
        instance = self._body(line, cells)
        if not cells.get("seat"):
            if names_somebody:
                raise ValidationError(PERSON_WITHOUT_SEAT)
            return
        seat = self._seat(line, cells, instance)
        if names_somebody:
            self._mandate(line, cells, seat)

    # what differs

    def _differing(
        self, line: Line, thing: Versioned, keys: Iterable[str], tell: Callable, same: dict[str, Callable]
    ) -> dict[str, str]:
        """Tell, by column, where a line is the first to speak of a thing and says otherwise than what is stored.

        Args:
            line: it may not contradict a line before.
            thing: the body, the seat or the mandate.
            keys: the columns to compare.
            tell: gives what an export says of the thing.
            same: for some columns, how to know that two ways of writing say the same.
        """
        first = [key for key in keys if self._is_first(line, thing, key)]
        stored = tell(thing) if first else {}
        return {
            key: difference(key, line.cells[key], stored[key])
            for key in first
            if not says_the_same(key, line.cells[key], stored[key]) and not (key in same and same[key]())
        }

    def _is_first(self, line: Line, thing: Versioned, key: str) -> bool:
        """Say whether a line is the first to fill a column about a thing; refuse one that contradicts another."""
        if not line.cells.get(key):
            return False
        place = (type(thing), thing.pk, key)
        cell, number = self.heard.get(place) or ("", 0)
        if not number:
            self._learn(self.heard, place, (line.cells[key], line.number))
        elif plain(cell) != plain(line.cells[key]):
            raise ValidationError(CONTRADICTION.format(column=COLUMNS[key], number=number, thing=thing))
        return not number

    # bodies

    def _body(self, line: Line, cells: dict[str, Any]) -> Instance:
        parent = self._parent(cells)
        known = self._known_body(cells, parent)
        if known is None:
            return self._new_body(line, cells, parent)
        # How the name by which it was known is written matters little.
        keys = ABOUT_A_BODY if cells.get("slug") else ABOUT_A_BODY[1:]
        same = {
            "parent": lambda: known.parent == parent,
            "organisers": lambda: same_things(self._organisers(cells), known.organisers.all()),
            "territories": lambda: same_things(places(cells), known.territories.all()),
        }
        differs = self._differing(line, known, keys, body_cells, same)
        if told := differs.pop("dissolved_on", ""):
            line.remarks.append(ON_ITS_PAGE.format(difference=told))
        line.changes += differs.values()
        if differs and self.with_changes:
            self._change_body(known, cells, differs, parent)
        return known

    def _change_body(self, instance: Instance, cells: dict[str, Any], differs: Iterable[str], parent: Any) -> None:
        values = {key: cells[key] for key in differs if key in OF_THE_BODY}
        if "instance" in differs:
            values["name"] = cells["instance"]
        if "parent" in differs:
            values["parent"] = parent
        before = said(instance)
        change(instance, values)
        after = before | said(instance, with_ties=False)
        if "organisers" in differs:
            organisers = self._organisers(cells)
            save_new(organisers)
            instance.organisers.set([one.pk for one in organisers])
            after["Organisée par"] = ", ".join(map(str, organisers))
        if "territories" in differs:
            covered = places(cells)
            instance.territories.set(covered)
            after["Territoires couverts"] = ", ".join(map(str, covered))
        BODIES.refresh(instance.pk)
        remember(instance, self.by, Gesture.DESCRIBED, before=before, after=after)
        self._learn(self.by_name, sort_name(instance.name), [instance])

    def _parent(self, cells: dict[str, Any]) -> Instance | None:
        """Give the body of which the line says that another is a group, by its identifier or its name."""
        name = cells.get("parent")
        if not name or name in self.by_slug:
            return self.by_slug.get(name or "")
        named = [one for one in self.by_name.get(sort_name(name)) or [] if one.parent_id is None]
        if not named:
            raise ValidationError(NO_PARENT.format(name=name))
        return only(named)

    def _known_body(self, cells: dict[str, Any], parent: Instance | None) -> Instance | None:
        """Give the body that a line is about: by its identifier; without one, by its name and what it is a group of."""
        slug = cells.get("slug", "")
        if known := self.by_slug.get(slug):
            return known
        named = self.by_name.get(sort_name(cells["instance"])) or []
        main = [one for one in named if one.parent_id is None]
        if parent:
            named = [one for one in named if one.parent_id == parent.pk] or main
        elif len(named) > 1:
            named = main or named
        if named and slug:
            one = named[0]
            raise ValidationError(OTHER_IDENTIFIER.format(slug=slug, name=one, known=one.slug))
        return only(named) if named else None

    def _new_body(self, line: Line, cells: dict[str, Any], parent: Instance | None) -> Instance:
        if missing := [NEEDED.format(column=COLUMNS[key]) for key in ("level", "kind") if not cells.get(key)]:
            raise ValidationError(missing)
        covered, organisers = places(cells), self._organisers(cells)
        said_of_it = {key: cells[key] for key in OF_THE_BODY if key in cells}
        slug = "" if cells.get("slug") in RESERVED else cells.get("slug", "")
        instance = register(Instance(name=cells["instance"], slug=slug, parent=parent, **said_of_it), by=self.by)
        save_new(organisers)
        join(Instance.organisers.through, instance_id=instance.pk, organisation_id=[one.pk for one in organisers])
        join(Instance.territories.through, instance_id=instance.pk, collectivite_id=[place.pk for place in covered])
        BODIES.refresh(instance.pk)
        self._learn(self.by_slug, instance.slug, instance)
        name = sort_name(instance.name)
        self._learn(self.by_name, name, [*(self.by_name.get(name) or []), instance])
        for key in ABOUT_A_BODY:
            self._is_first(line, instance, key)
        line.effects.append(f"crée l’instance « {instance} »")
        return instance

    # organisations

    def _organisers(self, cells: dict[str, Any]) -> list[Organisation]:
        """Give the organisers that a line names, by their numbers where it has them."""
        numbers = parts(cells, "organiser_ids")
        if not numbers:
            return [self.organisations.named(name) for name in parts(cells, "organisers")]
        found = [self._numbered("organiser_ids", number) for number in numbers]
        check_name("organiser_ids", cells["organiser_ids"], SEVERAL.join(map(str, found)), cells.get("organisers"))
        return found

    def _organisation(self, cells: dict[str, Any]) -> Organisation | None:
        """Give the organisation on whose behalf somebody sits, new or known."""
        name = cells.get("on_behalf_of")
        if number := cells.get("on_behalf_of_id"):
            found = self._numbered("on_behalf_of_id", number)
            check_name("on_behalf_of_id", number, str(found), name)
            return found
        return self.organisations.named(name) if name else None

    def _numbered(self, key: str, number: str) -> Organisation:
        found = self.organisations.by_pk.get(read_key(key, number))
        if found is None:
            raise ValidationError(NOBODY.format(column=COLUMNS[key], pk=number))
        return found

    # seats

    def _seat(self, line: Line, cells: dict[str, Any], instance: Instance) -> Seat:
        found = (self.seats.get((instance.pk, name)) for name in (cells["seat"], sort_name(cells["seat"])))
        if known := next(filter(None, found), None):
            same = {"alternate_of": lambda: known.alternate_of == self._full_seat(cells, instance)}
            differs = self._differing(line, known, ABOUT_A_SEAT, seat_cells, same)
            line.changes += differs.values()
            if differs and self.with_changes:
                values = {key: cells[key] for key in differs if key in OF_THE_SEAT}
                if "alternate_of" in differs:
                    values["alternate_of"] = self._full_seat(cells, instance)
                before = said(known)
                change(known, values)
                remember(known, self.by, Gesture.SEAT_WRITTEN, before=before, after=said(known))
            return known
        said_of_it = {key: cells[key] for key in OF_THE_SEAT if cells.get(key)}
        full = self._full_seat(cells, instance)
        seat = add_seat(Seat(instance=instance, label=cells["seat"], alternate_of=full, **said_of_it), by=self.by)
        for name in (sort_name(seat.label), seat.label):
            self._learn(self.seats, (instance.pk, name), seat)
        for key in ABOUT_A_SEAT:
            self._is_first(line, seat, key)
        line.effects.append(f"crée le siège « {seat} »")
        return seat

    def _full_seat(self, cells: dict[str, Any], instance: Instance) -> Seat | None:
        """Give the seat of which the line says that another supplies it."""
        label = cells.get("alternate_of")
        if not label:
            return None
        full = self.seats.get((instance.pk, label)) or self.seats.get((instance.pk, sort_name(label)))
        if full is None:
            raise ValidationError(NO_FULL_SEAT.format(label=label))
        return full

    # mandates

    def _mandate(self, line: Line, cells: dict[str, Any], seat: Seat) -> None:
        person = self._person(cells)
        known = self.mandates.get((seat.pk, person.pk, cells.get("starts_on"))) if person.pk else None
        if known:
            self._compare_mandate(line, cells, known)
            return
        details = {key: cells[key] for key in OF_THE_MANDATE if key not in {"starts_on", "term_on"} and cells.get(key)}
        if organisation := self._organisation(cells):
            save_new([organisation])
            details["on_behalf_of"] = organisation
        is_new = person.pk is None
        (held,) = hold([seat])
        nomination = Nomination(person, cells.get("starts_on"), cells.get("term_on"), details)
        mandate = seated(held, nomination, by=self.by)
        if is_new:
            self._add_person(line, cells, person)
        self._learn(self.mandates, (seat.pk, mandate.person_id, mandate.starts_on), mandate)
        for key in ABOUT_A_MANDATE:
            self._is_first(line, mandate, key)
        came_at = self.first_lines.get(person.pk, line.number)
        again = f", la même personne qu’à la ligne {came_at}" if came_at != line.number else ""
        line.effects.append(f"enregistre le mandat de {person}{again}")

    def _compare_mandate(self, line: Line, cells: dict[str, Any], known: Mandate) -> None:
        same = {"on_behalf_of": lambda: same_things([self._organisation(cells)], [known.on_behalf_of])}
        differs = self._differing(line, known, ABOUT_A_MANDATE, mandate_cells, same)
        line.changes += differs.values()
        if not (differs and self.with_changes):
            return
        for key in differs:
            if key == "on_behalf_of":
                known.on_behalf_of = self._organisation(cells)
                save_new([known.on_behalf_of])
            else:
                setattr(known, key, cells[key])
        correct(known, known.version, by=self.by)

    def _person(self, cells: dict[str, Any]) -> Person:
        """Give who a line names: by number, by a name that the file has added, or by a name that the register knows."""
        name = " ".join(cells.get("person", "").split())
        if number := cells.get("person_id"):
            found = self.people_by_pk.get(read_key("person_id", number))
            if found is None:
                raise ValidationError(NOBODY.format(column=COLUMNS["person_id"], pk=number))
            check_name("person_id", number, str(found), name)
            return found
        return self.newcomers.get(sort_name(name)) or designated_person(name, self.people)

    def _add_person(self, line: Line, cells: dict[str, Any], person: Person) -> None:
        """Know again somebody whom the file adds; a name that was free is enough."""
        name = sort_name(str(person))
        self._learn(self.newcomers, sort_name(" ".join(cells["person"].split())), person)
        self._learn(self.first_lines, person.pk, line.number)
        if not self.people.get(name):
            self._learn(self.people, name, [person])
        line.effects.append(f"ajoute la personne « {person} »")


def namesakes(bodies: Iterable[Instance]) -> dict[Any, Any]:
    """Give bodies by folded name: those in force, or else those that were."""
    in_force: dict[Any, Any] = {}
    former: dict[Any, Any] = {}
    for one in bodies:
        (former if one.dissolved_on else in_force).setdefault(sort_name(one.name), []).append(one)
    return former | in_force


def only(named: list[Instance]) -> Instance:
    """Give the one body of a name; of several, ask which."""
    if len(named) > 1:
        raise ValidationError(SEVERAL_BODIES.format(slugs=", ".join(sorted(one.slug for one in named))))
    return named[0]


def check_name(key: str, number: str, known: str, name: str | None) -> None:
    """Refuse a number that is not that of whoever the line names."""
    if name and sort_name(plain(known)) != sort_name(plain(name)):
        raise ValidationError(ANOTHER.format(column=COLUMNS[key], pk=number, known=known, name=name))


def places(cells: dict[str, Any]) -> list[Collectivite]:
    """Give the territories that a line names."""
    return [designated_by(name) for name in parts(cells, "territories")]


def same_things(some: Iterable[Any], others: Iterable[Any]) -> bool:
    """Say whether the same things are named, in whatever order."""
    return {one and one.pk for one in some} == {one and one.pk for one in others}


def change(row: Any, values: dict[str, Any]) -> None:
    """Write other values in a row; refused, it says again what is stored.

    Raises:
        StaleVersionError: somebody changed it since.
        ValidationError: the row may not say that.
    """
    for key, value in values.items():
        setattr(row, key, value)
    try:
        row.full_clean()
    except ValidationError:
        row.refresh_from_db()
        raise
    row.claim(row.version)
    row.save()


def join(links: Any, **keys: Any) -> None:
    """Write the rows of a table in between, for a new body: the last of the keys has several values."""
    *fixed, (name, values) = keys.items()
    links.objects.bulk_create(links(**dict(fixed), **{name: value}) for value in dict.fromkeys(values))
