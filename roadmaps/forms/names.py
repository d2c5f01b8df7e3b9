"""Organisations and persons, chosen by typing their name; a name that nobody has creates one.

The page offers the known names (a <datalist>, which needs no script), read in one query for the whole page.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import CharField, Model, Value

from people.models import Organisation, Person
from people.models.organisation import sort_name


class Register:
    """The known things of one kind, read once for a page, by folded name."""

    model: type[Model]
    name_fields: tuple[str, ...]  # one or two columns, which make the name
    list_id: str  # of the <datalist>
    help_text: str
    max_length: int
    bare: dict[str, Any]  # the columns of one that nothing is said of but its name
    together: Sequence["Register"] = ()  # those of the same page, read with it

    @cached_property
    def by_pk(self) -> dict[int, Any]:
        """By key, in the order of keys; of each thing only its name is loaded."""
        read = read_names(self.together or [self])
        for register, things in read.items():
            if register is not self:
                register.by_pk = things
        return read[self]

    @cached_property
    def by_name(self) -> dict[str, Any]:
        """Of two that share a name, the first."""
        return {sort_name(str(thing)): thing for thing in reversed(self.by_pk.values())}

    @property
    def names(self) -> list[str]:
        return sorted(str(thing) for thing in self.by_pk.values())

    def named(self, name: str) -> Any:
        """Give the one of that name; a new one, not saved yet, is the same each time it is named."""
        return self.by_name.setdefault(sort_name(name), self.new(name))

    def new(self, name: str) -> Any:
        raise NotImplementedError

    def save(self, things: list[Any]) -> None:
        """Add new things to the database."""
        self.model._default_manager.bulk_create(things)

    def forget(self, pk: int) -> None:
        """Delete a thing of which the register knows the name alone, unless something names it."""
        thing = self.model._default_manager.filter(pk=pk, **self.bare).first()
        if thing and not any(
            relation.related_model._base_manager.filter(**{relation.field.name: thing}).exists()
            for relation in self.model._meta.related_objects
        ):
            thing.delete()


def read_names(registers: Sequence[Register]) -> dict[Register, dict[int, Any]]:
    """Read what some registers hold, in one query."""
    queries = [
        register.model._default_manager.order_by().values_list(
            Value(rank), "pk", *register.name_fields, *[Value("", CharField())] * (2 - len(register.name_fields))
        )
        for rank, register in enumerate(registers)
    ]
    found: dict[Register, dict[int, Any]] = {register: {} for register in registers}
    for rank, pk, *names in sorted(queries[0].union(*queries[1:], all=True)):
        register = registers[rank]
        columns = ["id", *register.name_fields]
        found[register][pk] = register.model.from_db(None, columns, [pk, *names[: len(columns) - 1]])
    return found


class Organisations(Register):
    model = Organisation
    name_fields = ("name",)
    list_id = "organismes-connus"
    help_text = "Commencez à taper son nom ; un nom inconnu sera ajouté au registre des organismes."
    max_length = 200
    bare = {"kind": Organisation.Kind.OTHER, "acronym": "", "website": "", "collectivite": None}

    def new(self, name: str) -> Organisation:
        return Organisation(name=name, kind=Organisation.Kind.OTHER)

    def save(self, things: list[Organisation]) -> None:
        """Add new organisations, or find those that somebody else added since the page was read."""
        for thing in things:
            thing.fold_names()
        Organisation.objects.bulk_create(things, ignore_conflicts=True)
        stored = dict(Organisation.objects.filter(sort__in=[thing.sort for thing in things]).values_list("sort", "pk"))
        for thing in things:
            thing.pk = stored[thing.sort]


class Persons(Register):
    model = Person
    name_fields = ("first_name", "last_name")
    list_id = "personnes-connues"
    help_text = "Prénom puis nom ; une personne inconnue sera ajoutée."
    max_length = 150
    bare = {"job": "", "organisation": None, "user": None}

    def new(self, name: str) -> Person:
        first, _, last = name.partition(" ")
        return Person(first_name=first if last else "", last_name=last or first)


class NameField(forms.CharField):
    """The name of an organisation or person; its value is the thing itself, saved or to be saved by the form."""

    def __init__(self, kind: type[Register], **kwargs: Any) -> None:
        self.kind = kind
        super().__init__(**{"help_text": kind.help_text, "max_length": kind.max_length} | kwargs)
        self.widget.attrs |= {"list": kind.list_id, "autocomplete": "off"}

    @cached_property
    def register(self) -> Register:
        """Shared by all the fields of a page where the form says so; the field’s own otherwise."""
        return self.kind()

    def clean(self, value: Any) -> Any:
        name = " ".join(super().clean(value).split())
        return self.register.named(name) if name else None

    def prepare_value(self, value: Any) -> Any:
        return str(self.register.by_pk.get(value, "")) if isinstance(value, int) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


def share_registers(forms_of_page: list[forms.BaseForm], other_kinds: set[type[Register]]) -> list[Register]:
    """Give the name fields of one page one register a kind, and return those registers.

    Args:
        forms_of_page: their fields are given the registers.
        other_kinds: those of rows that the page may still add.
    """
    registers = {kind: kind() for kind in other_kinds}
    for form in forms_of_page:
        for field in form.fields.values():
            if isinstance(field, NameField):
                field.register = registers.setdefault(field.kind, field.kind())
    for register in registers.values():
        register.together = list(registers.values())
    return list(registers.values())


def save_named(named_in: list[forms.ModelForm]) -> None:
    """Save what checked forms name for the first time, in a constant number of queries, and point them at it."""
    new: dict[Register, dict[int, Any]] = {}
    for form in named_in:
        for name in names_in(form):
            thing = form.cleaned_data.get(name)
            if thing and thing.pk is None:
                new.setdefault(form.fields[name].register, {})[id(thing)] = thing
    for register, things in new.items():
        register.save(list(things.values()))
    for form in named_in:
        for name in names_in(form):
            setattr(form.instance, name, form.cleaned_data.get(name))


def forget_slips(named_in: list[forms.ModelForm], known: set[str]) -> None:
    """Delete what a name typed by mistake created a moment ago, now that another name stands in its place.

    Args:
        named_in: forms that were just saved.
        known: names that the sheet already said before it was being typed in.
    """
    for form in named_in:
        for name in set(form.changed_data) & names_in(form):
            register = form.fields[name].register
            slip = register.by_pk.get(form.initial.get(name))
            if slip and str(slip) not in known:
                register.forget(slip.pk)


def names_in(form: forms.ModelForm) -> set[str]:
    """Give the name fields of a form: what they give is right by construction, and may not be saved yet."""
    return {name for name, field in form.fields.items() if isinstance(field, NameField)}
