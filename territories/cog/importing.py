"""Bringing the collectivités in line with a year of the COG, all or nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import connection, models, transaction

from finding.index import refresh_mentioning
from territories import names
from territories.cog.files import VintageError
from territories.cog.reading import Body, Key, Vintage
from territories.models import FAMILIES, Collectivite, PostalCode

BATCH_SIZE = 2000

FAMILY_OF_KIND: dict[str, str] = {kind: family for family, kinds in FAMILIES.items() for kind in kinds}
WRITTEN_FIELDS = (
    "kind",
    "name",
    "display_name",
    "search",
    "siren",
    "type_liaison",
    "region",
    "departement",
    "epci",
    "population",
    "population_year",
    "ended_on",
    "replaced_by",
)


@dataclass
class ImportReport:
    """What an import did; the lists hold sentences in French, one a collectivité."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    renamed: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    reopened: list[str] = field(default_factory=list)


@transaction.atomic
def import_vintage(vintage: Vintage) -> ImportReport:
    """Create, update, end and reopen collectivités so that they are those of `vintage`.

    A collectivité is recognised by its family and code; its address (slug) and website are never touched. One that the
    vintage no longer has is ended, and points at its successor if `successeurs.csv` names it.
    Raises VintageError if a later vintage was already imported.
    """
    _wait_for_other_imports()
    _refuse_an_older(vintage)
    return _Import(vintage).run()


def _wait_for_other_imports() -> None:
    # SQLite's transactions are IMMEDIATE and already wait for one another; readers are never kept waiting.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE territories_collectivite IN SHARE ROW EXCLUSIVE MODE")


def _refuse_an_older(vintage: Vintage) -> None:
    latest = Collectivite.objects.aggregate(year=models.Max("population_year"))["year"]
    if latest and latest > vintage.year:
        raise VintageError([f"Le millésime {vintage.year} est plus ancien que celui déjà importé ({latest})."])


class _Import:
    def __init__(self, vintage: Vintage) -> None:
        self.vintage = vintage
        self.report = ImportReport()
        self.former_names: list[str] = []  # that the search may still say
        everyone = list(Collectivite.objects.all())
        self.known: dict[Key, Collectivite] = {
            (FAMILY_OF_KIND[collectivite.kind], collectivite.code): collectivite for collectivite in everyone
        }
        self.slugs = {collectivite.slug for collectivite in everyone}

    def run(self) -> ImportReport:
        by_family: dict[str, list[Body]] = {family: [] for family in ("region", "departement", "epci", "commune")}
        for body in self.vintage.bodies.values():
            by_family[body.family].append(body)
        for bodies in by_family.values():  # from the top, so that links find their rows
            self._write_family(bodies)
        self._end_those_left_out()
        self._write_departements_of_epci()
        self._write_postal_codes()
        refresh_mentioning(*self.former_names)
        return self.report

    def _id(self, family: str, code: str) -> int | None:
        return self.known[family, code].pk if code else None

    def _write_family(self, bodies: list[Body]) -> None:
        created, changed = [], []
        for body in bodies:
            collectivite = self.known.get(body.key)
            if collectivite is None:
                created.append(self._new(body))
            elif self._bring_in_line(collectivite, body):
                changed.append(collectivite)
        self.report.created += len(created)
        self.report.unchanged += len(bodies) - len(created) - len(changed)
        Collectivite.objects.bulk_create(created, batch_size=BATCH_SIZE)
        _update(changed)

    def _values(self, body: Body) -> dict[str, object]:
        return {
            "kind": body.kind,
            "name": body.name,
            "siren": body.siren,
            "type_liaison": body.type_liaison,
            "region_id": self._id("region", body.region),
            "departement_id": self._id("departement", body.departement),
            "epci_id": self._id("epci", body.epci),
            "population": body.population,
            "population_year": None if body.population is None else self.vintage.year,
            "ended_on": None,
            "replaced_by_id": None,
        }

    def _new(self, body: Body) -> Collectivite:
        shown = _display_name(body)
        place = body.departement if body.family == "commune" else ""
        slugs = names.slug_candidates(f"{shown} {place}" if place else _slug_name(body, shown), body.code)
        slug = next(slug for slug in slugs if slug not in self.slugs)
        self.slugs.add(slug)
        search = names.search_text(shown, body.name)
        collectivite = Collectivite(code=body.code, slug=slug, display_name=shown, search=search, **self._values(body))
        self.known[body.key] = collectivite
        return collectivite

    def _bring_in_line(self, collectivite: Collectivite, body: Body) -> bool:
        """Set what differs, and say in the report what it was; return whether anything did."""
        values = self._values(body)
        before = {name: getattr(collectivite, name) for name in values}
        if before == values:
            return False
        for name, value in values.items():
            setattr(collectivite, name, value)
        if (before["name"], before["kind"]) != (body.name, body.kind):
            # Only then: a displayed name that staff corrected stays as long as the official one.
            self.former_names.append(collectivite.display_name)
            collectivite.display_name = _display_name(body)
            collectivite.search = names.search_text(collectivite.display_name, body.name)
        if before["ended_on"]:
            self.report.reopened.append(f"{body.name} ({body.code})")
        elif before["name"] != body.name:
            self.report.renamed.append(f"{before['name']} → {body.name} ({body.code})")
        else:
            self.report.updated += 1
        return True

    def _end_those_left_out(self) -> None:
        ended = []
        for key, collectivite in self.known.items():
            if key in self.vintage.bodies or key[0] == "other_body":
                continue
            before = collectivite.ended_on, collectivite.replaced_by_id
            if successor := self.vintage.successors.get(key):
                collectivite.ended_on, collectivite.replaced_by_id = successor.date, self._id(*successor.key)
            elif collectivite.ended_on is None:
                collectivite.ended_on = date(self.vintage.year, 1, 1)
            if before == (collectivite.ended_on, collectivite.replaced_by_id):
                self.report.unchanged += 1
                continue
            ended.append(collectivite)
            name = self.known[successor.key].name if successor else "successeur inconnu"
            self.report.ended.append(f"{collectivite.name} ({collectivite.code}) → {name}")
        _update(ended)

    def _write_departements_of_epci(self) -> None:
        wanted = {
            (self._id("epci", body.epci), self._id("departement", body.departement))
            for body in self.vintage.bodies.values()
            if body.epci
        }
        links = Collectivite.departements.through
        _write_pairs(links, "from_collectivite_id", "to_collectivite_id", wanted, self._present("epci"))

    def _write_postal_codes(self) -> None:
        wanted = {
            (self._id("commune", body.code), code)
            for body in self.vintage.bodies.values()
            for code in body.postal_codes
        }
        _write_pairs(PostalCode, "commune_id", "code", wanted, self._present("commune"))

    def _present(self, family: str) -> set[int | None]:
        return {self._id(*key) for key in self.vintage.bodies if key[0] == family}


def _display_name(body: Body) -> str:
    return names.display_name(body.family, body.code, body.name, body.type_liaison, body.zone)


def _slug_name(body: Body, shown: str) -> str:
    return shown if body.family == "epci" else f"{body.family} {body.name}"


def _update(collectivites: list[Collectivite]) -> None:
    # Upsert by primary key: bulk_update() writes one CASE per field and row, ten times slower on a whole country.
    Collectivite.objects.bulk_create(
        collectivites,
        batch_size=BATCH_SIZE,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=WRITTEN_FIELDS,
    )


def _write_pairs(
    model: type[models.Model], owner: str, other: str, wanted: Iterable[tuple], owners: set[int | None]
) -> None:
    """Make the rows (owner, other) of `model` those `wanted`; rows of anyone outside `owners` are left alone."""
    wanted = set(wanted)
    rows = model._default_manager.values_list("pk", owner, other)
    existing = {(row_owner, row_other): pk for pk, row_owner, row_other in rows if row_owner in owners}
    model._default_manager.filter(pk__in=[pk for pair, pk in existing.items() if pair not in wanted]).delete()
    missing = sorted(wanted - existing.keys())
    model._default_manager.bulk_create(
        [model(**{owner: pair[0], other: pair[1]}) for pair in missing], batch_size=BATCH_SIZE
    )
