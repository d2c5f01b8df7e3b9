"""A list taken away as a table, in the formats that people and programs read."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import tablib
from django.http import Http404, HttpResponse

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "json": "application/json",
}
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
BYTE_ORDER_MARK = "\ufeff"  # by which Excel knows that a CSV file is UTF-8
# What a spreadsheet would compute instead of showing; a quote before it, taken away when it comes back, prevents that.
FORMULA = re.compile(r"'*[=+\-@\t\r]")


def quoted(text: str) -> str:
    """Give a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if FORMULA.match(text) else text


def unquoted(text: str) -> str:
    """Give back what `quoted` was given."""
    return text[1:] if text[:1] == "'" and FORMULA.match(text[1:]) else text


def written(value: Any) -> Any:
    """Give a cell as a spreadsheet may hold it."""
    return quoted(UNPRINTABLE.sub("", value)) if isinstance(value, str) else value


def exported(lines: Iterable[dict[str, Any]], file_format: str, columns: Mapping[str, str], title: str) -> bytes:
    """Write lines in one of `FORMATS`.

    Args:
        lines: cells by the key of their column; one that a line lacks is empty.
        file_format: a key of `FORMATS`.
        columns: their labels by key, in order.
        title: of the sheet.
    """
    table = tablib.Dataset(headers=list(columns.values()), title=title)
    for line in lines:
        cells = ["" if line.get(key) is None else line[key] for key in columns]
        table.append(cells if file_format == "json" else [written(cell) for cell in cells])
    content = table.export(file_format)
    if file_format == "csv":
        return (BYTE_ORDER_MARK + content).encode()
    return content.encode() if isinstance(content, str) else content


def table_response(
    lines: Iterable[dict[str, Any]], file_format: str, columns: Mapping[str, str], *, title: str, name: str
) -> HttpResponse:
    """Send a table to be saved.

    Args:
        lines: as `exported` takes them.
        file_format: as the address names it.
        columns: their labels by key, in order.
        title: of the sheet.
        name: of the file, without its extension.

    Raises:
        Http404: there is no such format.
    """
    if file_format not in FORMATS:
        raise Http404
    content = exported(lines, file_format, columns, title)
    response = HttpResponse(content, content_type=FORMATS[file_format])
    response["Content-Disposition"] = f'attachment; filename="{name}.{file_format}"'
    return response
