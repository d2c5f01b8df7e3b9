"""Who is meant by a name: somebody known, somebody new, or one of several people of that name."""

import re
from typing import Any

from django.core.exceptions import ValidationError

from people.models import Person
from people.models.organisation import sort_name

NEW = "nouvelle personne"
WRITTEN = re.compile(
    r"(?P<name>.*?)\s*(?:\(\s*(?:n°\s*(?P<pk>\d{1,18})|(?P<new>nouvelle personne(?: \d{1,3})?))\s*\))?", re.DOTALL
)
SEVERAL = "Plusieurs personnes portent ce nom. Recopiez la bonne : {choices} ; ou « {name} (nouvelle personne) »."
NOBODY = "Aucune personne n’a ce numéro et ce nom : recopiez l’un de ceux qui sont proposés."


def new_person(name: str) -> Person:
    """Make somebody whom the portal does not know yet, not saved."""
    first, _, last = name.partition(" ")
    return Person(first_name=first if last else "", last_name=last or first)


def unmistakable_name(person: Person) -> str:
    """Give a name that `designated_person` reads back: « Claire Martin (n° 12) »."""
    return f"{person} (n° {person.pk})"


def known_people() -> dict[str, list[Person]]:
    """Give everybody by folded name, in one query, to look up many names."""
    found: dict[str, list[Person]] = {}
    for person in Person.objects.select_related("organisation").order_by("pk"):
        found.setdefault(sort_name(str(person)), []).append(person)
    return found


def designated_person(text: str, known: dict[str, list[Person]] | None = None) -> Person:
    """Find the person of that name, or make a new one, not saved.

    Args:
        text: « Claire Martin », « Claire Martin (n° 12) » or « Claire Martin (nouvelle personne) ».
        known: everybody, where many names are looked up.

    Raises:
        ValidationError: several people have that name: the message gives those to choose from.
    """
    match: Any = WRITTEN.fullmatch(" ".join(text.split()))  # any text is a name at least
    name, pk = match["name"], match["pk"]
    if match["new"]:
        return new_person(name)
    named = (known_people() if known is None else known).get(sort_name(name)) or []
    if pk:
        named = [person for person in named if person.pk == int(pk)]
        if not named:
            raise ValidationError(NOBODY)
    if len(named) > 1:
        choices = " ; ".join(told_apart(person) for person in named)
        raise ValidationError(SEVERAL.format(choices=choices, name=name))
    return named[0] if named else new_person(name)


def told_apart(person: Person) -> str:
    """Tell a person from another of the same name: « Claire Martin (n° 12), Les Écossolies »."""
    return ", ".join(filter(None, (unmistakable_name(person), str(person.organisation or ""), person.job)))
