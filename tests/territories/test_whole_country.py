"""What the shipped vintage gives, against figures counted by hand in its files."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from territories.cog import SHIPPED_FOLDER, import_vintage, read_vintage
from territories.models import Collectivite

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _whole_country(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """Import the country once; each test's own transaction nests in this one, which is undone at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        import_vintage(read_vintage(SHIPPED_FOLDER))
        connection.check_constraints()  # once and for all: PostgreSQL would do it again at the end of each test
        yield
        transaction.set_rollback(True)


def counts(collectivites: object) -> dict[str, int]:
    return {
        "regions": collectivites.filter(kind="region").count(),
        "departements": collectivites.filter(kind="departement").count(),
        "epci": collectivites.epci().count(),
        "communes": collectivites.communes().count(),
    }


def names(collectivites: object) -> list[str]:
    return [collectivite.display_name for collectivite in collectivites]


def test_the_country_is_whole() -> None:
    assert counts(Collectivite.objects.current()) == {
        "regions": 26,
        "departements": 109,
        "epci": 1255,
        "communes": 34969,
    }


def test_the_pays_de_la_loire_are_whole() -> None:
    touching = Collectivite.objects.touching_region("52")
    assert counts(touching) == {"regions": 1, "departements": 5, "epci": 71, "communes": 1228}
    assert Collectivite.objects.get(kind="region", code="52").population == 3_907_156


def test_epci_of_the_region_are_of_four_kinds() -> None:
    epci = Collectivite.objects.touching_region("52").epci()
    by_kind = {kind: epci.filter(kind=kind).count() for kind in ("metropole", "cu", "ca", "cc")}
    assert by_kind == {"metropole": 1, "cu": 3, "ca": 13, "cc": 54}


@pytest.mark.parametrize(
    ("siren", "departements"),
    [
        ("243500741", ["35", "44", "56"]),
        ("244400610", ["44", "56"]),
        ("246100663", ["61", "72"]),
        ("200072676", ["61", "72"]),
    ],
)
def test_an_epci_that_overflows_the_region_belongs_to_both_sides(siren: str, departements: list[str]) -> None:
    epci = Collectivite.objects.epci().get(code=siren)
    assert sorted(epci.departements.values_list("code", flat=True)) == departements
    regions = set(epci.departements.values_list("region__code", flat=True))
    assert len(regions) == 2
    assert [Collectivite.objects.touching_region(region).filter(pk=epci.pk).count() for region in regions] == [1, 1]


def test_the_ile_d_yeu_is_the_one_commune_of_the_region_without_epci() -> None:
    alone = Collectivite.objects.touching_region("52").communes().filter(epci=None)
    assert names(alone) == ["L’Île-d’Yeu"]
    assert names(alone.get().covering_collectivites()) == ["Département de la Vendée", "Région des Pays de la Loire"]


def test_importing_again_changes_nothing_and_says_so_in_french() -> None:
    out = StringIO()
    call_command("importer_cog", stdout=out)
    assert out.getvalue().splitlines() == [
        "Millésime 2026 : 36\u202f359 collectivités lues.",
        "Créées : 0",
        "Mises à jour : 0",
        "Renommées : 0",
        "Terminées : 0",
        "Rouvertes : 0",
        "Inchangées : 36\u202f359",
    ]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("nantes", ["Nantes", "Nantes Métropole"]),
        ("NANTES METROPOLE", ["Nantes Métropole"]),
        ("44000", ["Nantes"]),
        ("44109", ["Nantes"]),
        ("244400404", ["Nantes Métropole"]),
        ("st nazaire agglo", ["Saint-Nazaire Agglomération (CARENE)"]),
        ("carene", ["Saint-Nazaire Agglomération (CARENE)"]),
        ("ile d’yeu", ["L’Île-d’Yeu"]),
        ("pays ancenis", ["Communauté de communes du Pays d’Ancenis"]),
        ("44460", ["Saint-Nicolas-de-Redon", "Avessac", "Fégréac"]),
        ("le mans", ["Le Mans", "Le Mans Métropole", "Sargé-lès-le-Mans"]),
        ("%", []),
        ("\0", []),
        ("  ", []),
    ],
)
def test_a_look_up_finds_what_a_reader_means(text: str, first: list[str]) -> None:
    assert names(Collectivite.objects.current().matching(text)[:3])[: len(first) or 1] == first


def test_what_covers_a_commune_is_found_the_nearest_first() -> None:
    nantes = Collectivite.objects.communes().get(code="44109")
    covering = ["Nantes Métropole", "Département de la Loire-Atlantique", "Région des Pays de la Loire"]
    assert names(nantes.covering_collectivites()) == covering


@pytest.mark.parametrize(
    ("kind", "code", "slug"),
    [
        ("metropole", "244400404", "nantes-metropole"),
        ("cc", "244400503", "erdre-et-gesvres"),
        ("region", "52", "region-pays-de-la-loire"),
        ("departement", "44", "departement-loire-atlantique"),
        ("commune", "44109", "nantes-44"),
        ("commune", "2A004", "ajaccio-2a"),
    ],
)
def test_an_address_reads_as_the_name(kind: str, code: str, slug: str) -> None:
    assert Collectivite.objects.filter(kind=kind, code=code).values_list("slug", flat=True).first() == slug
