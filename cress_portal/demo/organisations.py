"""The organisations that the demonstration names, known by their names; `organisations.toml` says what each one is."""

from functools import cache
from pathlib import Path
from typing import Any

from cress_portal.demo.collectivites import take_collectivite
from cress_portal.demo.tables import Table
from people.models import Organisation

FILE = Path(__file__).parent / "organisations.toml"


@cache
def known_organisations() -> dict[str, dict[str, Any]]:
    """What the file says of each organisation, by its name."""
    return Table.read(FILE).values


def organisation_named(table: Table, key: str, name: str) -> Organisation:
    """Give the organisation that ``name`` means, created the first time that a file names it.

    Raises:
        DemoFileError: organisations.toml does not know it.
    """
    if found := Organisation.objects.filter(name=name).first():
        return found
    if name not in known_organisations():
        table.refuse(key, f"« {name} » n’est pas dans {FILE.name}.")
    described = Table(FILE.name, known_organisations()[name], name)
    organisation = Organisation(name=name, collectivite=take_collectivite(described))
    described.save(organisation)
    return organisation
