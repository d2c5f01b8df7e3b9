"""What a later year of the COG does to the collectivités of an earlier one."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from django.db import connection

from territories.cog import ImportReport, VintageError, import_vintage, read_vintage
from territories.models import Collectivite
from tests.territories.vintages import Tables, find, small_vintage, write_vintage

Importing = Callable[[Tables, int], ImportReport]


def get(code: str) -> Collectivite:
    (collectivite,) = Collectivite.objects.exclude(kind="region").filter(code=code)
    return collectivite


def test_a_first_import_creates_everyone_with_links(import_tables: Importing) -> None:
    assert import_tables(small_vintage(), 2026) == ImportReport(created=14)
    avessac = get("44007")
    assert (avessac.epci, avessac.departement, avessac.departement.region.code) == (get("243500741"), get("44"), "52")
    assert (avessac.population, avessac.population_year, avessac.siren) == (2500, 2026, "214400079")
    assert [postal.code for postal in get("44109").postal_codes.all()] == ["44000", "44100"]
    assert [str(d) for d in get("243500741").departements.all()] == [
        "Département d’Ille-et-Vilaine",
        "Département de la Loire-Atlantique",
    ]
    assert get("44").population == 2500 + 325000 + 44000 + 7500


def test_the_same_year_twice_changes_nothing(import_tables: Importing) -> None:
    import_tables(small_vintage(), 2026)
    before = list(Collectivite.objects.values().order_by("pk"))
    assert import_tables(small_vintage(), 2026) == ImportReport(unchanged=14)
    assert list(Collectivite.objects.values().order_by("pk")) == before


def test_a_renamed_commune_keeps_its_address(import_tables: Importing) -> None:
    import_tables(small_vintage(), 2026)
    tables = small_vintage()
    find(tables["communes"], "44201")["nom"] = "Sucé-les-Bains"
    report = import_tables(tables, 2026)
    assert report == ImportReport(renamed=["Sucé-sur-Erdre → Sucé-les-Bains (44201)"], unchanged=13)
    suce = get("44201")
    assert (suce.display_name, suce.slug) == ("Sucé-les-Bains", "suce-sur-erdre-44")
    assert list(Collectivite.objects.matching("suce les bains")) == [suce]


def test_a_cc_that_becomes_a_ca_stays_itself(import_tables: Importing) -> None:
    import_tables(small_vintage(), 2026)
    before = get("244400503")
    tables = small_vintage()
    find(tables["epci"], "244400503").update(nom="CA d'Erdre et Gesvres", type="CA")
    report = import_tables(tables, 2026)
    assert report.renamed == ["CC d'Erdre et Gesvres → CA d'Erdre et Gesvres (244400503)"]
    after = get("244400503")
    assert (after.pk, after.kind, after.slug) == (before.pk, "ca", "erdre-et-gesvres")
    assert after.display_name == "Communauté d’agglomération d’Erdre et Gesvres"


def merged(*, with_successors: bool) -> Tables:
    """Rezé joins Nantes, and Erdre et Gesvres joins Nantes Métropole."""
    tables = small_vintage()
    tables["communes"].remove(find(tables["communes"], "44143"))
    tables["epci"].remove(find(tables["epci"], "244400503"))
    find(tables["communes"], "44201")["epci"] = "244400404"
    find(tables["communes"], "44109")["codes_postaux"] = "44000 44400"
    if with_successors:
        tables["successeurs"] = [
            {"kind": "commune", "code": "44143", "successor_code": "44109", "date": "2026-12-31"},
            {"kind": "epci", "code": "244400503", "successor_code": "244400404", "date": "2027-01-01"},
        ]
    return tables


def test_what_is_merged_keeps_its_address_and_points_at_its_successor(import_tables: Importing) -> None:
    import_tables(small_vintage(), 2026)
    report = import_tables(merged(with_successors=True), 2027)
    assert sorted(report.ended) == [
        "CC d'Erdre et Gesvres (244400503) → Nantes Métropole",
        "Rezé (44143) → Nantes",
    ]
    reze = get("44143")
    assert (reze.slug, reze.ended_on, reze.replaced_by) == ("reze-44", date(2026, 12, 31), get("44109"))
    assert get("244400503").replaced_by == get("244400404")
    assert get("44201").epci == get("244400404")
    assert [postal.code for postal in get("44109").postal_codes.all()] == ["44000", "44400"]
    assert import_tables(merged(with_successors=True), 2027) == ImportReport(unchanged=14)


def test_what_ends_without_known_successor_is_ended_and_told(import_tables: Importing) -> None:
    import_tables(small_vintage(), 2026)
    report = import_tables(merged(with_successors=False), 2027)
    assert sorted(report.ended) == [
        "CC d'Erdre et Gesvres (244400503) → successeur inconnu",
        "Rezé (44143) → successeur inconnu",
    ]
    assert (get("44143").ended_on, get("44143").replaced_by) == (date(2027, 1, 1), None)
    later = import_tables(merged(with_successors=True), 2027)
    assert (len(later.ended), get("44143").replaced_by) == (2, get("44109"))


def test_what_comes_back_is_reopened(import_tables: Importing) -> None:
    import_tables(small_vintage(), 2026)
    import_tables(merged(with_successors=True), 2027)
    report = import_tables(small_vintage(), 2028)
    assert report.reopened == ["CC d'Erdre et Gesvres (244400503)", "Rezé (44143)"]
    assert (get("44143").ended_on, get("44143").replaced_by, get("44143").slug) == (None, None, "reze-44")


def test_an_epci_that_loses_its_last_commune_of_a_departement_leaves_it(import_tables: Importing) -> None:
    import_tables(small_vintage(), 2026)
    tables = small_vintage()
    find(tables["communes"], "44007")["epci"] = "244400503"
    find(tables["epci"], "243500741")["communes"] = "1"
    find(tables["epci"], "244400503")["communes"] = "2"
    import_tables(tables, 2026)
    assert [departement.code for departement in get("243500741").departements.all()] == ["35"]


def test_what_staff_wrote_is_kept(import_tables: Importing) -> None:
    import_tables(small_vintage(), 2026)
    epci = get("243500741")
    epci.display_name, epci.website = "Redon Agglo", "https://redon.example"
    epci.save()
    petr = Collectivite.objects.create(kind="petr", name="PETR du Pays de Retz")
    import_tables(small_vintage(), 2027)
    epci.refresh_from_db()
    petr.refresh_from_db()
    assert (epci.display_name, epci.website, petr.ended_on) == ("Redon Agglo", "https://redon.example", None)


def test_homonyms_have_distinct_addresses(import_tables: Importing) -> None:
    tables = small_vintage()
    find(tables["communes"], "44143")["nom"] = "Nantes"
    find(tables["epci"], "243500741")["nom"] = "CA d'Erdre et Gesvres"
    import_tables(tables, 2026)
    assert [get(code).slug for code in ("44109", "44143")] == ["nantes-44", "nantes-44-44143"]
    assert [get(code).slug for code in ("243500741", "244400503")] == [
        "erdre-et-gesvres",
        "erdre-et-gesvres-244400503",
    ]


def test_an_older_year_is_refused(import_tables: Importing) -> None:
    import_tables(small_vintage(), 2026)
    with pytest.raises(VintageError, match=r"^Le millésime 2025 est plus ancien que celui déjà importé \(2026\)\.$"):
        import_tables(small_vintage(), 2025)


def test_an_import_that_fails_half_way_writes_nothing(db: None, tmp_path: Path) -> None:
    vintage = read_vintage(write_vintage(tmp_path / "cog-2026", small_vintage()))
    nantes = vintage.bodies["commune", "44109"]
    vintage.bodies["commune", "44109"] = nantes._replace(departement="99")
    with pytest.raises(KeyError):
        import_vintage(vintage)
    assert Collectivite.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_give_what_one_gives(tmp_path: Path) -> None:
    vintage = read_vintage(write_vintage(tmp_path / "cog-2026", small_vintage()))

    def in_own_connection(_: int) -> ImportReport:
        try:
            return import_vintage(vintage)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        reports = sorted(pool.map(in_own_connection, range(2)), key=lambda report: report.created)
    assert reports == [ImportReport(unchanged=14), ImportReport(created=14)]
    assert Collectivite.objects.count() == 14
