"""Persons, organisations and bodies, chosen by typing their names."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from instances.models import Instance
from instances.people import designated_person
from people.models import Organisation, Person
from roadmaps.forms.names import Organisations, Persons
from territories.names import fold

UNKNOWN = "Aucune instance ne porte ce nom ou ce sigle : recopiez-le de la liste des instances."


class DayField(forms.DateField):
    """A day, picked or typed."""

    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class PersonField(forms.CharField):
    """The name of a person, known or new; of two people of one name, the number tells which."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", Persons.help_text)
        super().__init__(max_length=200, **kwargs)
        self.widget.attrs |= {"list": Persons.list_id, "autocomplete": "off"}

    def clean(self, value: Any) -> Person | None:
        text = super().clean(value)
        return designated_person(text) if text else None


class LinesField(forms.CharField):
    """Several things, one a line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **{"widget": forms.Textarea({"rows": 3})} | kwargs)

    def clean(self, value: Any) -> list[Any]:
        lines = [" ".join(line.split()) for line in super().clean(value).splitlines()]
        return self.find(list(dict.fromkeys(filter(None, lines))))

    def find(self, names: list[str]) -> list[Any]:
        raise NotImplementedError

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(str, value)) if isinstance(value, list) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class OrganisationsField(LinesField):
    """Organisations, known or new: those that are new are saved with the form (`save_new`)."""

    def find(self, names: list[str]) -> list[Organisation]:
        if too_long := [name for name in names if len(name) > Organisations.max_length]:
            raise ValidationError(f"« {too_long[0][:60]}… » dépasse {Organisations.max_length} caractères.")
        register = Organisations()
        return list({id(one): one for one in map(register.named, names)}.values())


class InstancesField(LinesField):
    """Bodies, by name or acronym."""

    def find(self, names: list[str]) -> list[Instance]:
        known = {}
        for instance in Instance.objects.order_by("-pk"):
            known |= {fold(name): instance for name in (instance.acronym, instance.name) if name}
        if unknown := [name for name in names if fold(name) not in known]:
            raise ValidationError([f"« {name} » : {UNKNOWN}" for name in unknown])
        return [known[fold(name)] for name in names]


def save_new(organisations: Iterable[Organisation | None]) -> None:
    """Add to the register the organisations that were typed for the first time."""
    new = [one for one in organisations if one and one.pk is None]
    if new:
        Organisations().save(new)
