"""What leaves as a table: harmless, readable by every spreadsheet, saying what it is."""

import csv
import datetime as dt
import io
import json

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from publishing.tables import CUT, FORMATS, MOST_LINES, About, Column, Table, exported

COLUMNS = {"name": Column("Nom", "Comment elle s’appelle."), "count": Column("Nombre"), "day": Column("Jour")}
HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1"]
ABOUT = About({"titre": "Essai", "licence": "Licence Ouverte 2.0", "date": "2026-11-24"})


def content(lines, file_format, about=ABOUT):
    return b"".join(exported([Table("Essais", COLUMNS, lines)], file_format, about))


def sheets(lines, file_format):
    book = CalamineWorkbook.from_filelike(io.BytesIO(content(lines, file_format)))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


@pytest.mark.parametrize("file_format", ["xlsx", "ods"])
def test_a_workbook_tells_its_licence_its_day_and_what_its_columns_mean(file_format):
    found = sheets([{"name": "Été\nà l’île", "count": 3, "day": dt.date(2026, 5, 1)}], file_format)
    assert found == {
        "Essais": [["Nom", "Nombre", "Jour"], ["Été\nà l’île", 3.0, dt.date(2026, 5, 1)]],
        "À propos": [["titre", "Essai"], ["licence", "Licence Ouverte 2.0"], ["date", "2026-11-24"]],
        "Colonnes": [
            ["Feuille", "Colonne", "Sens"],
            ["Essais", "Nom", "Comment elle s’appelle."],
            ["Essais", "Nombre", ""],
            ["Essais", "Jour", ""],
        ],
    }


def test_json_tells_the_same_with_figures_as_figures():
    told = json.loads(content([{"name": "=1+1", "count": 3, "day": dt.date(2026, 5, 1)}], "json"))
    assert told == {
        "titre": "Essai",
        "licence": "Licence Ouverte 2.0",
        "date": "2026-11-24",
        "colonnes_essais": {"name": "Comment elle s’appelle.", "count": "Nombre", "day": "Jour"},
        "essais": [{"name": "=1+1", "count": 3, "day": "2026-05-01"}],
    }


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_cell_is_a_formula(hostile):
    text = content([{"name": hostile}], "csv").decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text, newline="")))[1][0] == f"'{hostile}"
    book = openpyxl.load_workbook(io.BytesIO(content([{"name": hostile}], "xlsx")))
    assert book["Essais"]["A2"].data_type == "s"
    assert b"table:formula" not in content([{"name": hostile}], "ods")


@pytest.mark.parametrize("file_format", FORMATS)
def test_text_that_no_file_may_hold_is_left_out(file_format):
    assert b"\x00" not in content([{"name": "a\x00b\x1f\ufffe\ud800", "count": None}], file_format).replace(
        b"\x00", b"" if file_format in {"xlsx", "ods"} else b"\x00"
    )


@pytest.mark.parametrize("file_format", ["xlsx", "ods"])
def test_spaces_are_kept(file_format):
    assert sheets([{"name": "a  b   c\td"}], file_format)["Essais"][1][0] == "a  b   c\td"


def test_blanks_alone_are_no_cell_and_no_cell_starts_with_blanks():
    text = content([{"name": "\n \x85"}, {"name": " a"}], "csv").decode("utf-8-sig")
    assert [row[0] for row in csv.reader(io.StringIO(text, newline=""))] == ["Nom", "", "' a"]


@pytest.mark.parametrize("file_format", FORMATS)
def test_an_empty_table_is_a_file_all_the_same(file_format):
    told = content([], file_format)
    if file_format == "csv":
        assert told == "\ufeffNom,Nombre,Jour\r\n".encode()
    elif file_format == "json":
        assert json.loads(told)["essais"] == []
    else:
        assert sheets([], file_format)["Essais"] == [["Nom", "Nombre", "Jour"]]


def test_a_workbook_is_cut_and_says_so_where_csv_is_whole():
    lines = [{"count": rank} for rank in range(MOST_LINES + 5)]
    found = sheets(iter(lines), "xlsx")
    assert len(found["Essais"]) == MOST_LINES + 1
    assert found["À propos"][-1] == ["Essais", CUT]
    assert content(iter(lines), "csv").count(b"\n") == MOST_LINES + 6
