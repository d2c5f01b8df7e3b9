"""A year of the COG, read from its folder and checked as a whole before anything is written."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from territories.cog.files import Folder, Row, VintageError
from territories.models import Kind

SHIPPED_FOLDER = Path(__file__).parent.parent / "data" / "cog-2026"

CODES = {"region": r"\d{2,3}", "departement": r"\d{2,3}|2[AB]", "epci": r"\d{9}", "commune": r"\d{5}|2[AB]\d{3}"}
FILES = {"region": "regions", "departement": "departements", "epci": "epci"}
SIREN = r"\d{9}"
POSTAL_CODES = r"\d{5}(?: +\d{5})*"
MAX_TNCC = 8
EPCI_TYPES = {"CC": Kind.CC, "CA": Kind.CA, "CU": Kind.CU, "METRO": Kind.METROPOLE, "MET69": Kind.METROPOLE}

Key = tuple[str, str]  # family and code: what a body is recognised by, year after year


class Body(NamedTuple):
    """A collectivité as a year of the COG describes it; its links are codes."""

    family: str
    kind: Kind
    code: str
    name: str
    siren: str = ""
    type_liaison: int | None = None
    zone: str = ""
    region: str = ""
    departement: str = ""
    epci: str = ""
    population: int | None = None
    member_count: int | None = None
    postal_codes: tuple[str, ...] = ()

    @property
    def key(self) -> Key:
        return self.family, self.code


class Successor(NamedTuple):
    key: Key
    date: date


class Vintage(NamedTuple):
    """A year of the COG: régions first, then départements, EPCI and communes, each family in the order of codes."""

    year: int
    bodies: dict[Key, Body]
    successors: dict[Key, Successor]


def read_vintage(path: Path, year: int | None = None) -> Vintage:
    """Read the folder `path`: regions, departements, epci, communes and, if there is one, successeurs.

    The year is `year`, or else the four digits that end the folder's name ("cog-2026").
    Raises VintageError with every problem of the first file that is missing or malformed, or contradicts another.
    """
    folder = Folder(path)
    bodies: dict[Key, Body] = {}
    year = year or _year_of(folder)
    for read in (_read_regions, _read_departements, _read_epci, _read_communes, _check_member_counts):
        read(folder, bodies)
        folder.refuse_problems()
    successors = dict(_successors(folder, bodies))
    folder.refuse_problems()
    by_code = sorted(bodies.values(), key=lambda body: body.code)
    in_order = {body.key: body for family in CODES for body in by_code if body.family == family}
    return Vintage(year, _with_summed_populations(in_order), successors)


def _year_of(folder: Folder) -> int:
    found = re.search(r"(?:19|20)\d\d$", folder.path.resolve().name)
    if not found:
        reason = "le nom du dossier ne finit pas par une année ; précisez-la avec --millesime."
        raise VintageError([f"{folder.path} : {reason}"])
    return int(found[0])


def _add(bodies: dict[Key, Body], row: Row, body: Body) -> None:
    if body.key in bodies:
        row.refuse(f"le code {body.code} est déjà donné plus haut.")
    bodies[body.key] = body


def _link(bodies: dict[Key, Body], row: Row, family: str) -> str:
    code = row[family]
    if (family, code) not in bodies:
        row.refuse(f"« {code} » n’est le code d’aucune ligne de {FILES[family]}.csv (colonne {family}).")
    return code


def _read_regions(folder: Folder, bodies: dict[Key, Body]) -> None:
    for row in folder.rows("regions", ("code", "nom", "zone", "type_liaison")):
        body = Body(
            "region",
            Kind.REGION,
            row.code("code", CODES["region"]),
            row.name("nom"),
            type_liaison=row.integer("type_liaison", maximum=MAX_TNCC),
            zone=row["zone"],
        )
        _add(bodies, row, body)


def _read_departements(folder: Folder, bodies: dict[Key, Body]) -> None:
    for row in folder.rows("departements", ("code", "nom", "region", "zone", "type_liaison")):
        body = Body(
            "departement",
            Kind.DEPARTEMENT,
            row.code("code", CODES["departement"]),
            row.name("nom"),
            type_liaison=row.integer("type_liaison", maximum=MAX_TNCC),
            zone=row["zone"],
            region=_link(bodies, row, "region"),
        )
        _add(bodies, row, body)


def _read_epci(folder: Folder, bodies: dict[Key, Body]) -> None:
    for row in folder.rows("epci", ("siren", "nom", "type", "population_municipale", "communes")):
        siren = row.code("siren", CODES["epci"])
        body = Body(
            "epci",
            EPCI_TYPES.get(row.one_of("type", tuple(EPCI_TYPES)), Kind.OTHER),
            siren,
            row.name("nom"),
            siren=siren,
            population=row.integer("population_municipale"),
            member_count=row.integer("communes", required=True),
        )
        _add(bodies, row, body)


def _read_communes(folder: Folder, bodies: dict[Key, Body]) -> None:
    columns = ("code", "nom", "type_liaison", "departement", "region", "epci", "siren", "population", "codes_postaux")
    for row in folder.rows("communes", columns):
        body = Body(
            "commune",
            Kind.COMMUNE,
            row.code("code", CODES["commune"]),
            row.name("nom"),
            siren=row.code("siren", SIREN, required=False),
            type_liaison=row.integer("type_liaison", maximum=MAX_TNCC),
            departement=_link(bodies, row, "departement"),
            epci=_link(bodies, row, "epci") if row["epci"] else "",
            population=row.integer("population"),
            postal_codes=tuple(row.code("codes_postaux", POSTAL_CODES, required=False).split()),
        )
        departement = bodies.get(("departement", body.departement))
        if departement and departement.region != row["region"]:
            row.refuse(f"la région « {row['region']} » n’est pas celle du département {departement.code}.")
        _add(bodies, row, body)


def _check_member_counts(folder: Folder, bodies: dict[Key, Body]) -> None:
    """Refuse a list of communes that lacks some: those left out would be taken for communes that are no more."""
    found = Counter(body.epci for body in bodies.values())
    for body in bodies.values():
        if body.family == "epci" and body.member_count != found[body.code]:
            folder.problems.append(
                f"communes.csv : {found[body.code]} communes de l’EPCI {body.code} ({body.name}), "
                f"là où epci.csv en annonce {body.member_count}."
            )


def _successors(folder: Folder, bodies: dict[Key, Body]) -> Iterator[tuple[Key, Successor]]:
    for row in folder.rows("successeurs", ("kind", "code", "successor_code", "date"), required=False):
        family = row.one_of("kind", tuple(CODES))
        key, successor = (family, row["code"]), (family, row["successor_code"])
        if key in bodies:
            row.refuse(f"« {row['code']} » existe encore dans ce millésime.")
        if successor not in bodies:
            row.refuse(f"« {row['successor_code']} » n’existe pas dans ce millésime (colonne successor_code).")
        yield key, Successor(successor, row.date("date"))


def _with_summed_populations(bodies: dict[Key, Body]) -> dict[Key, Body]:
    """The COG gives no population for régions and départements: it is that of their communes."""
    totals: Counter[Key] = Counter()
    for body in bodies.values():
        if body.family == "commune":
            departement = bodies["departement", body.departement]
            totals[departement.key] += body.population or 0
            totals["region", departement.region] += body.population or 0
    return {key: body._replace(population=totals[key]) if key in totals else body for key, body in bodies.items()}
