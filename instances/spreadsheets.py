"""A spreadsheet as people send it: read as lines of text, or refused in words."""

import csv
import datetime as dt
import io
import re
import zipfile
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from python_calamine import CalamineError, CalamineWorkbook

from ui.typography import number

MEGABYTE = 1024 * 1024
LARGEST, UNPACKED = 5 * MEGABYTE, 80 * MEGABYTE
MOST_LINES = 1000
MOST_COLUMNS = 100
# What betrays a formula, or merged cells, in the parts of a workbook.
FORMULAS = re.compile(rb"<f[ >/]|table:formula=")
MERGED = re.compile(rb"<mergeCell |number-(?:columns|rows)-spanned=\"(?!1\")")
SHEETS = re.compile(r"xl/worksheets/[^/]+\.xml|content\.xml")

UNREADABLE = "Ce fichier ne se lit pas comme XLSX, ODS ou CSV : enregistrez-le dans l’un de ces formats."
TOO_LARGE = "Ce fichier est trop lourd pour un registre : 5 Mo au plus."
TOO_LONG = "Ce fichier a {count} lignes : {most} au plus. Partagez-le en plusieurs fichiers."
TOO_WIDE = "Ce fichier a plus de {most} colonnes : gardez celles du registre."
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
    check_parts(content)
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        if sheet.height > MOST_LINES + 1:
            raise ValidationError(TOO_LONG.format(count=number(sheet.height - 1), most=number(MOST_LINES)))
        return [[cell_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    except (CalamineError, IndexError, ValueError) as error:
        raise ValidationError(UNREADABLE) from error


def check_parts(content: bytes) -> None:
    """Refuse what is no workbook, swells when unpacked, or holds what does not read line by line."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > UNPACKED:
                raise ValidationError(TOO_LARGE)
            parts = [archive.read(name) for name in archive.namelist() if SHEETS.fullmatch(name)]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
        raise ValidationError(UNREADABLE) from error
    if not parts:
        raise ValidationError(UNREADABLE)
    if any(FORMULAS.search(part) for part in parts):
        raise ValidationError(WITH_FORMULAS)
    if any(MERGED.search(part) for part in parts):
        raise ValidationError(WITH_MERGED_CELLS)


def cell_text(cell: Any) -> str:
    """Give what a cell says: a whole number without its decimals, a day as 2026-07-01."""
    if isinstance(cell, dt.datetime):
        cell = cell.date()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell).replace("\0", "").strip()
