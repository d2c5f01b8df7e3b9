"""How a demonstration file names a collectivité: by its address, or by the code of the official list."""

from cress_portal.demo.tables import Table
from territories.models import EPCI_KINDS, Collectivite, Kind

KINDS_BY_KEY = {
    "siren": EPCI_KINDS,
    "region": (Kind.REGION,),
    "departement": (Kind.DEPARTEMENT,),
    "commune": (Kind.COMMUNE,),
}


def take_collectivite(table: Table) -> Collectivite | None:
    """Take out of a table the collectivité that it names, if it names one.

    ``siren``, ``region``, ``departement`` or ``commune`` gives its code, ``collectivite`` its address.

    Raises:
        DemoFileError: the portal knows none of that code or address.
    """
    for key, kinds in KINDS_BY_KEY.items():
        if code := table.take(key):
            found = Collectivite.objects.filter(kind__in=kinds, code=code).first()
            return found or table.refuse(key, "aucune collectivité n’a ce code.")
    if slug := table.take("collectivite"):
        found = Collectivite.objects.filter(slug=slug).first()
        return found or table.refuse("collectivite", "aucune collectivité n’a cette adresse.")
    return None


def take_carrier(table: Table) -> Collectivite:
    """Take out of a table the collectivité that it must name.

    Raises:
        DemoFileError: it names none, or one that the portal does not know.
    """
    return take_collectivite(table) or table.refuse("", "aucune collectivité n’est nommée.")
