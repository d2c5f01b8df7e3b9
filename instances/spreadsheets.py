"""A spreadsheet as people send it: read as lines of text, or refused in words."""

import csv
import datetime as dt
import io
import re
import zipfile
import zlib
from pathlib import PurePath
from typing import Any
from xml.parsers import expat

from django.core.exceptions import ValidationError
from python_calamine import CalamineError, CalamineWorkbook

from ui.typography import number

MEGABYTE = 1024 * 1024
LARGEST, UNPACKED = 5 * MEGABYTE, 80 * MEGABYTE
MOST_LINES = 1000
MOST_COLUMNS = 100
# The reader fills the whole rectangle that the cells of a sheet span: two cells far apart would take all the memory.
FURTHEST_LINE, FURTHEST_COLUMN = 10_000, 200
PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # those of workbooks, which unpack no more than is asked
REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
# What betrays a formula, or merged cells, in the parts of a workbook.
FORMULAS = re.compile(rb"<f[ >/]|table:formula=")
MERGED = re.compile(rb"<mergeCell |number-(?:columns|rows)-spanned=\"(?!1\")")
SHEETS = re.compile(r"xl/worksheets/[^/]+\.xml|content\.xml")

UNREADABLE = "Ce fichier ne se lit pas comme XLSX, ODS ou CSV : enregistrez-le dans l’un de ces formats."
TOO_LARGE = "Ce fichier est trop lourd pour un registre : 5 Mo au plus."
TOO_LONG = "Ce fichier a {count} lignes : {most} au plus. Partagez-le en plusieurs fichiers."
TOO_WIDE = "Ce fichier a plus de {most} colonnes : gardez celles du registre."
TOO_FAR = (
    "Une feuille de ce fichier va au-delà de {lines} lignes ou de {columns} colonnes : effacez les cellules éloignées."
)
WITH_FORMULAS = "Ce fichier contient des formules : remplacez-les par leurs valeurs (collage spécial, valeurs)."
WITH_MERGED_CELLS = "Ce fichier contient des cellules fusionnées : défusionnez-les, chaque ligne se lit seule."
EMPTY = "Ce fichier n’a aucune ligne sous ses titres de colonnes."


def read_rows(name: str, content: bytes) -> list[list[str]]:
    """Read the first sheet of a file as rows of text, the titles of its columns first.

    Raises:
        ValidationError: in French, why it cannot be read whole and without doubt.
    """
    if len(content) > LARGEST:
        raise ValidationError(TOO_LARGE)
    is_csv = PurePath(name).suffix.lower() in {".csv", ".txt"}
    rows = csv_rows(content) if is_csv else workbook_rows(content)
    rows = [row for row in rows if any(row)]
    if len(rows) < 2:  # noqa: PLR2004 titles, and a line at least
        raise ValidationError(EMPTY)
    if len(rows) - 1 > MOST_LINES:
        raise ValidationError(TOO_LONG.format(count=number(len(rows) - 1), most=number(MOST_LINES)))
    if max(map(len, rows)) > MOST_COLUMNS:
        raise ValidationError(TOO_WIDE.format(most=MOST_COLUMNS))
    return rows


def csv_rows(content: bytes) -> list[list[str]]:
    """Read a CSV file, whatever its separator; text that is not UTF-8 is that of Windows."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\0" in text:
        raise ValidationError(UNREADABLE)
    first = text.partition("\n")[0]
    separator = max(";,\t", key=first.count)
    try:
        rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text), delimiter=separator)]
    except csv.Error as error:
        raise ValidationError(UNREADABLE) from error
    if any(cell.startswith("=") for row in rows for cell in row):
        raise ValidationError(WITH_FORMULAS)
    return rows


def workbook_rows(content: bytes) -> list[list[str]]:
    """Read an XLSX or ODS file."""
    try:
        parts = unpacked(content)
        check_parts(parts)
        sheet = CalamineWorkbook.from_filelike(packed(parts)).get_sheet_by_index(0)
        if sheet.height > MOST_LINES + 1:
            raise ValidationError(TOO_LONG.format(count=number(sheet.height - 1), most=number(MOST_LINES)))
        return [[cell_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    except (
        zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError,
        CalamineError, expat.ExpatError, IndexError, ValueError,
    ) as error:  # fmt: skip
        raise ValidationError(UNREADABLE) from error


def unpacked(content: bytes) -> dict[str, bytes]:
    """Give the parts of a workbook, counted as they come out: the sizes that an archive declares are not trusted."""
    parts, room = {}, UNPACKED
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for entry in archive.infolist():
            if entry.compress_type not in PACKINGS:
                raise ValidationError(UNREADABLE)
            with archive.open(entry) as part:
                parts[entry.filename] = part.read(room + 1)
            room -= len(parts[entry.filename])
            if room < 0:
                raise ValidationError(TOO_LARGE)
    return parts


def packed(parts: dict[str, bytes]) -> io.BytesIO:
    """Make an archive of the very bytes that were checked, so that the reader finds nothing else in the file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    file.seek(0)
    return file


def check_parts(parts: dict[str, bytes]) -> None:
    """Refuse what is no workbook, spans too much, or holds what does not read line by line."""
    sheets = [part for name, part in parts.items() if SHEETS.fullmatch(name)]
    if not sheets or any(name.endswith("workbook.bin") for name in parts):
        raise ValidationError(UNREADABLE)
    if any(FORMULAS.search(part) for part in sheets):
        raise ValidationError(WITH_FORMULAS)
    if any(MERGED.search(part) for part in sheets):
        raise ValidationError(WITH_MERGED_CELLS)
    # A workbook may keep a sheet under any name: whatever is XML is measured.
    for part in parts.values():
        if part.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t\0")[:1] == b"<":
            measure(part)


def measure(part: bytes) -> None:
    """Refuse a part of a workbook where a full cell is too far, or that defines words of its own."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = Extent().start
    parser.StartDoctypeDeclHandler = no_doctype
    parser.Parse(part, True)  # noqa: FBT003 expat takes it by place: the part is whole


def no_doctype(*_: Any) -> None:
    """No workbook has a document type, by which a short text swells."""
    raise ValueError("doctype")


class Extent:
    """Follows the cells of a sheet as its XML is read, and refuses the first full one that is too far.

    A cell without a place of its own comes after the one before it. Empty cells, which spreadsheets write by the
    million to say how the rest of a page looks, count for nothing.
    """

    def __init__(self) -> None:
        self.line = self.column = 0
        self.repeats = 1  # of the line, in an ODS file

    def start(self, tag: str, attributes: Any) -> None:
        name = tag.rpartition(":")[2]
        self.follow_xlsx(name, attributes)
        self.follow_ods(name, attributes)
        if name in {"v", "is", "p"}:
            self.check()

    def follow_xlsx(self, name: str, attributes: Any) -> None:
        if name == "row":
            self.line, self.column = int(attributes.get("r", self.line + 1)), 0
        elif name == "c":
            self.column += 1
            if place := attributes.get("r"):
                self.line, self.column = place_of(place)

    def follow_ods(self, name: str, attributes: Any) -> None:
        if name == "table":
            self.line, self.repeats = 0, 1
        elif name == "table-row":
            self.line, self.column = self.line + self.repeats, 0
            self.repeats = repeats(attributes, "number-rows-repeated")
        elif name in {"table-cell", "covered-table-cell"}:
            self.column += repeats(attributes, "number-columns-repeated")
            if any(key.endswith("value") for key in attributes):
                self.check()

    def check(self) -> None:
        if self.line + self.repeats - 1 > FURTHEST_LINE or self.column > FURTHEST_COLUMN:
            raise ValidationError(TOO_FAR.format(lines=number(FURTHEST_LINE), columns=FURTHEST_COLUMN))


def repeats(attributes: Any, name: str) -> int:
    """Say how many times a row or a cell of an ODS file is there."""
    return max([1, *(int(value) for key, value in attributes.items() if key.endswith(name))])


def place_of(reference: str) -> tuple[int, int]:
    """Give the line and the column of a cell: B3 is the second of the third line."""
    found = REFERENCE.fullmatch(reference)
    if not found:
        raise ValueError(reference)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column


def cell_text(cell: Any) -> str:
    """Give what a cell says: a whole number without its decimals, a day as 2026-07-01."""
    if isinstance(cell, dt.datetime):
        cell = cell.date()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell).replace("\0", "").strip()
