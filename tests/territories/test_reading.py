"""A malformed year is refused whole, with file, line and reason."""

import gzip
import lzma
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from territories.cog import VintageError, read_vintage
from territories.models import Collectivite
from tests.territories.vintages import Tables, find, small_vintage, write_vintage

UNKNOWN_FAMILY = (
    "successeurs.csv, ligne 2 : « canton » est inconnu (colonne kind ; attendu : region, departement, epci, commune)."
)
SUCCESSOR = {"kind": "commune", "code": "44999", "successor_code": "44109", "date": "2026-01-01"}


def problems(folder: Path) -> list[str]:
    with pytest.raises(VintageError) as caught:
        read_vintage(folder)
    return caught.value.problems


def change(stem: str, code: str, /, **values: str) -> Callable[[Tables], None]:
    return lambda tables: find(tables[stem], code).update(values)


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (
            change("regions", "52", code="Loire"),
            "regions.csv, ligne 2 : « Loire » n’est pas un code valable (colonne code).",
        ),
        (
            change("communes", "44109", code="4410"),
            "communes.csv, ligne 4 : « 4410 » n’est pas un code valable (colonne code).",
        ),
        (
            change("epci", "244400404", siren="2444"),
            "epci.csv, ligne 2 : « 2444 » n’est pas un code valable (colonne siren).",
        ),
        (
            change("communes", "44109", codes_postaux="44"),
            "communes.csv, ligne 4 : « 44 » n’est pas un code valable (colonne codes_postaux).",
        ),
        (change("communes", "44143", code="44109"), "communes.csv, ligne 5 : le code 44109 est déjà donné plus haut."),
        (
            change("departements", "85", region="99"),
            "departements.csv, ligne 4 : « 99 » n’est le code d’aucune ligne de regions.csv (colonne region).",
        ),
        (
            change("communes", "44109", departement="99"),
            "communes.csv, ligne 4 : « 99 » n’est le code d’aucune ligne de departements.csv (colonne departement).",
        ),
        (
            change("communes", "44109", epci="999999999"),
            "communes.csv, ligne 4 : « 999999999 » n’est le code d’aucune ligne de epci.csv (colonne epci).",
        ),
        (
            change("communes", "44109", region="53"),
            "communes.csv, ligne 4 : la région « 53 » n’est pas celle du département 44.",
        ),
        (
            change("communes", "44109", population="beaucoup"),
            "communes.csv, ligne 4 : « beaucoup » n’est pas un nombre entier (colonne population).",
        ),
        (
            change("communes", "44109", population="-3"),
            "communes.csv, ligne 4 : « -3 » n’est pas un nombre entier (colonne population).",
        ),
        (
            change("communes", "44109", type_liaison="9"),
            "communes.csv, ligne 4 : « 9 » n’est pas un nombre entier (colonne type_liaison).",
        ),
        (
            change("communes", "44109", nom=""),
            "communes.csv, ligne 4 : le nom est vide, trop long ou illisible (colonne nom).",
        ),
        (
            change("communes", "44109", nom="N\0"),
            "communes.csv, ligne 4 : le nom est vide, trop long ou illisible (colonne nom).",
        ),
        (
            change("communes", "44109", nom="N" * 181),
            "communes.csv, ligne 4 : le nom est vide, trop long ou illisible (colonne nom).",
        ),
        (
            change("epci", "244400503", type="XX"),
            "epci.csv, ligne 3 : « XX » est inconnu (colonne type ; attendu : CC, CA, CU, METRO, MET69).",
        ),
        (
            change("communes", "44201", epci=""),
            "communes.csv : 0 communes de l’EPCI 244400503 (CC d'Erdre et Gesvres), là où epci.csv en annonce 1.",
        ),
        (
            lambda t: t.update(successeurs=[SUCCESSOR | {"kind": "canton"}]),
            UNKNOWN_FAMILY,
        ),
    ],
)
def test_a_bad_value_is_refused(tmp_path: Path, spoil: Callable[[Tables], None], problem: str) -> None:
    tables = small_vintage()
    spoil(tables)
    assert problems(write_vintage(tmp_path / "cog-2026", tables))[0] == problem


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"code": "44143"}, "successeurs.csv, ligne 2 : « 44143 » existe encore dans ce millésime."),
        (
            {"successor_code": "44998"},
            "successeurs.csv, ligne 2 : « 44998 » n’existe pas dans ce millésime (colonne successor_code).",
        ),
        (
            {"date": "1er janvier"},
            "successeurs.csv, ligne 2 : « 1er janvier » n’est pas une date comme 2027-01-01 (colonne date).",
        ),
    ],
)
def test_a_bad_successor_is_refused(tmp_path: Path, values: dict[str, str], problem: str) -> None:
    tables = small_vintage() | {"successeurs": [SUCCESSOR | values]}
    assert problems(write_vintage(tmp_path / "cog-2026", tables)) == [problem]


def epci_file(folder: Path) -> Path:
    return write_vintage(folder / "cog-2026", small_vintage()) / "epci.csv"


def test_a_missing_column_is_refused(tmp_path: Path) -> None:
    file = epci_file(tmp_path)
    file.write_text(file.read_text(encoding="utf-8").replace("siren", "numero").replace("type", "nature"), "utf-8")
    assert problems(file.parent) == ["epci.csv, ligne 1 : colonne manquante : siren, type."]


def test_a_line_cut_short_is_refused(tmp_path: Path) -> None:
    file = epci_file(tmp_path)
    file.write_text(file.read_text(encoding="utf-8").removesuffix(",67121,2\n"), "utf-8")
    file.write_text(file.read_text(encoding="utf-8").replace(",67121,2", ""), "utf-8")
    assert problems(file.parent) == ["epci.csv, ligne 4 : 3 colonnes au lieu de 5."]


def test_an_unclosed_quote_is_refused(tmp_path: Path) -> None:
    file = epci_file(tmp_path)
    file.write_text(file.read_text(encoding="utf-8").replace("CA Redon", '"CA Redon'), "utf-8")
    assert problems(file.parent) == ["epci.csv, ligne 4 : guillemets mal fermés ou ligne illisible."]


def test_another_encoding_is_refused(tmp_path: Path) -> None:
    file = epci_file(tmp_path)
    file.write_bytes(file.read_text(encoding="utf-8").encode("latin-1"))
    assert problems(file.parent) == ["epci.csv, ligne 2 : le fichier n’est pas encodé en UTF-8."]


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    epci_file(tmp_path).unlink()
    assert problems(tmp_path / "cog-2026") == [f"epci.csv : fichier absent de {tmp_path / 'cog-2026'}."]


@pytest.mark.parametrize(("suffix", "compress"), [(".xz", lzma.compress), (".gz", gzip.compress)])
def test_a_compressed_file_is_read_and_a_truncated_one_refused(
    tmp_path: Path, suffix: str, compress: Callable[[bytes], bytes]
) -> None:
    file = epci_file(tmp_path)
    whole = read_vintage(file.parent)
    data = compress(file.read_bytes())
    file.unlink()
    compressed = file.with_name(f"epci.csv{suffix}")
    compressed.write_bytes(data)
    assert read_vintage(file.parent) == whole
    compressed.write_bytes(data[:-20])
    assert problems(file.parent) == [f"epci.csv{suffix} : fichier illisible ou incomplet."]


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    file = epci_file(tmp_path)
    whole = read_vintage(file.parent)
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    assert read_vintage(file.parent) == whole


def test_the_year_is_the_folder_s_or_the_option_s(tmp_path: Path) -> None:
    folder = write_vintage(tmp_path / "cog-2031", small_vintage())
    assert (read_vintage(folder).year, read_vintage(folder, 2032).year) == (2031, 2032)
    unnamed = folder.rename(tmp_path / "cog")
    assert problems(unnamed) == [
        f"{unnamed} : le nom du dossier ne finit pas par une année ; précisez-la avec --millesime."
    ]


def test_every_problem_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    tables = small_vintage()
    for row in tables["communes"]:
        row["population"] = "?"
    assert len(problems(write_vintage(tmp_path / "cog-2026", tables))) == 6
    assert str(VintageError([f"erreur {n}" for n in range(22)])).splitlines()[-1] == "… et 2 autres erreurs."


@pytest.mark.django_db
def test_the_command_refuses_a_malformed_folder_whole(tmp_path: Path) -> None:
    epci_file(tmp_path).unlink()
    reason = f"Rien n’a été importé.\nepci.csv : fichier absent de {tmp_path / 'cog-2026'}."
    with pytest.raises(CommandError) as caught:
        call_command("importer_cog", tmp_path / "cog-2026")
    assert str(caught.value) == reason
    assert Collectivite.objects.count() == 0
