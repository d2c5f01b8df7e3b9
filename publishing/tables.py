"""Tables that leave the portal, in the formats that people and programs read, written line after line.

A workbook says what it is: a sheet tells its licence, its day and its address, another what each column means. No
cell is a formula: what a spreadsheet would compute has a quote before it (`quoted`).
"""

import csv
import datetime as dt
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from django.http import HttpResponse

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "json": "application/json",
}
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
BYTE_ORDER_MARK = "\ufeff"  # by which Excel knows that a CSV file is UTF-8
# What a spreadsheet would compute instead of showing; a quote before it, taken away when it comes back, prevents that.
FORMULA = re.compile(r"'*[=+\-@\s]")  # blanks too: a spreadsheet may write a tab as a space
MOST_LINES = 20_000  # of a sheet in a workbook, which is made in memory; CSV and JSON have no end
CUT = f"Coupé à {MOST_LINES} lignes : le CSV et le JSON les ont toutes."
CHUNK = 500  # lines sent at once
SEVERAL = "; "  # between the values of one cell; in JSON they are a list
REPEATED_SPACE = re.compile("(?<=[ \t]) |^ | $")
LONGEST = 32_767  # signs of a cell, for every spreadsheet


@dataclass(frozen=True)
class Column:
    """A column: its title, what it means for whoever reads the file without the portal, and what its values are."""

    label: str
    meaning: str = ""
    kind: Any = str  # or int, bool, dt.date, dt.time, list[str]


@dataclass
class Table:
    """Lines under titled columns; each line is read once."""

    title: str
    columns: Mapping[str, Column]
    lines: Iterable[Mapping[str, Any]]

    def rows(self) -> Iterator[list[Any]]:
        """Give the cells, the titles first, as a spreadsheet may hold them."""
        yield [column.label for column in self.columns.values()]
        for line in self.lines:
            yield [written(line.get(key)) for key in self.columns]


@dataclass(frozen=True)
class About:
    """What a file says of itself."""

    facts: Mapping[str, str] = field(default_factory=dict)  # « Licence », « Date », « Adresse »


def quoted(text: str) -> str:
    """Give a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if FORMULA.match(text) else text


def unquoted(text: str) -> str:
    """Give back what `quoted` was given."""
    return text[1:] if text[:1] == "'" and FORMULA.match(text[1:]) else text


def written(value: Any) -> Any:
    """Give a cell as a spreadsheet may hold it: a figure, a day, or harmless text; blanks alone are nothing."""
    if value is None or value is False:
        return ""
    if value is True:
        return "oui"
    if isinstance(value, (int, float, dt.date)):
        return value
    text = UNPRINTABLE.sub("", SEVERAL.join(value) if isinstance(value, list) else str(value))
    return quoted(text)[:LONGEST] if text.strip() else ""


def exported(tables: Iterable[Table], file_format: str, about: About | None = None) -> Iterator[bytes]:
    """Write tables in one of `FORMATS`, piece by piece; a CSV file holds the first one only.

    Args:
        tables: what is taken away.
        file_format: a key of `FORMATS`.
        about: what the file says of itself; without it, JSON is the bare list of lines of the first table, by title.
    """
    return WRITERS[file_format](list(tables), about)


def file_response(tables: Iterable[Table], file_format: str, name: str, about: About | None = None) -> HttpResponse:
    """Answer with tables as a file to keep, whole or not at all."""
    response = HttpResponse(b"".join(exported(tables, file_format, about)), content_type=FORMATS[file_format])
    response["Content-Disposition"] = f'attachment; filename="{name}.{file_format}"'
    return response


def csv_pieces(tables: list[Table], _: About | None) -> Iterator[bytes]:
    yield BYTE_ORDER_MARK.encode()
    rows = tables[0].rows()
    while some := list(islice(rows, CHUNK)):
        text = io.StringIO(newline="")
        csv.writer(text).writerows(some)
        yield text.getvalue().encode()


def json_pieces(tables: list[Table], about: About | None) -> Iterator[bytes]:
    if about is None:
        table = tables[0]
        lines = ({column.label: line.get(key) or "" for key, column in table.columns.items()} for line in table.lines)
        yield from json_list(lines)
        return
    yield dumped(dict(about.facts))[:-1].encode()
    for name, table in ((key_of(table.title), table) for table in tables):
        meanings = {key: column.meaning or column.label for key, column in table.columns.items()}
        yield f',\n"colonnes_{name}": {dumped(meanings)},\n"{name}": '.encode()
        yield from json_list({key: line.get(key) for key in table.columns} for line in table.lines)
    yield b"}\n"


def json_list(lines: Iterable[Any]) -> Iterator[bytes]:
    """Write a list of which nothing is kept."""
    rows = iter(lines)
    opening = "[\n"
    while some := list(islice(rows, CHUNK)):
        yield (opening + ",\n".join(map(dumped, some))).encode(errors="replace")
        opening = ",\n"
    yield b"\n]" if opening == ",\n" else b"[]"


def dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def key_of(title: str) -> str:
    """Give the name of a table in JSON: « Feuilles de route » is under "feuilles_de_route"."""
    return title.lower().replace(" ", "_").replace("é", "e").replace("è", "e")


def sheets_of(tables: list[Table], about: About | None) -> Iterator[tuple[str, Iterator[list[Any]]]]:
    """Give the sheets of a workbook: the tables, then what they are and what their columns mean."""
    were_cut: list[str] = []
    for table in tables:
        yield table.title, capped(table, were_cut)
    if about:
        told = [[name, written(value)] for name, value in about.facts.items()]
        yield "À propos", chain(told, ([title, CUT] for title in were_cut))
        yield (
            "Colonnes",
            chain(
                [["Feuille", "Colonne", "Sens"]],
                ([table.title, one.label, one.meaning] for table in tables for one in table.columns.values()),
            ),
        )


def capped(table: Table, were_cut: list[str]) -> Iterator[list[Any]]:
    rows = table.rows()
    yield from islice(rows, MOST_LINES + 1)
    if next(rows, None) is not None:
        were_cut.append(table.title)


def xlsx_pieces(tables: list[Table], about: About | None) -> Iterator[bytes]:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for title, rows in sheets_of(tables, about):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    yield content.getvalue()


ODS_TYPE = FORMATS["ods"]
ODS_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest manifest:version="1.3" '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" '
    f'manifest:version="1.3" manifest:media-type="{ODS_TYPE}"/><manifest:file-entry '
    'manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
ODS_START = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.3" '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
)
ODS_END = "</office:spreadsheet></office:body></office:document-content>"


def ods_pieces(tables: list[Table], about: About | None) -> Iterator[bytes]:
    """Write an OpenDocument workbook: three files in an archive, the type of which comes first and unpacked."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", ODS_TYPE, zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", ODS_MANIFEST)
        with archive.open("content.xml", "w") as part:
            part.write(ODS_START.encode())
            for title, rows in sheets_of(tables, about):
                part.write(f"<table:table table:name={quoteattr(title)}>".encode())
                while some := list(islice(rows, CHUNK)):
                    part.write("".join(map(ods_row, some)).encode())
                part.write(b"</table:table>")
            part.write(ODS_END.encode())
    yield content.getvalue()


def ods_row(row: list[Any]) -> str:
    return f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>"


def ods_cell(value: Any) -> str:
    if value == "":
        return "<table:table-cell/>"
    if isinstance(value, (int, float)):
        return (
            f'<table:table-cell office:value-type="float" office:value="{value}">'
            f"<text:p>{value}</text:p></table:table-cell>"
        )
    if isinstance(value, dt.date):
        return (
            f'<table:table-cell office:value-type="date" office:date-value="{value}">'
            f"<text:p>{value}</text:p></table:table-cell>"
        )
    lines = "".join(f"<text:p>{ods_text(line)}</text:p>" for line in value.splitlines())
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'


def ods_text(line: str) -> str:
    """Write a line of text, whose repeated spaces OpenDocument would lose.

    A tab stays as it is, which is a space there: some readers take nothing for the tab of OpenDocument.
    """
    return REPEATED_SPACE.sub("<text:s/>", escape(line))


WRITERS = {"csv": csv_pieces, "xlsx": xlsx_pieces, "ods": ods_pieces, "json": json_pieces}
