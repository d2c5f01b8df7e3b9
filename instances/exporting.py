"""The register as a table, in the formats that people and programs read."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

import tablib
from django.db.models import F, Prefetch

from instances.columns import (
    CHOICES,
    COLUMNS,
    FLAGS,
    NO,
    OF_THE_BODY,
    OF_THE_MANDATE,
    OF_THE_SEAT,
    SEVERAL,
    YES,
    quoted,
)
from instances.models import Instance, Mandate, Seat
from instances.standing import Standing
from people.collectivite_field import unmistakable_name

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "json": "application/json",
}
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
BYTE_ORDER_MARK = "\ufeff"  # by which Excel knows that a CSV file is UTF-8


def lines_of(instances: Any, day: dt.date, *, is_whole: bool) -> list[dict[str, Any]]:
    """Give the lines of the register, in a constant number of queries.

    Args:
        instances: the bodies, as a query.
        day: on which one looks.
        is_whole: for the team: the mandates that are over, or start later, have their lines too, the seats that closed
            as well; a body that is not public is named where it has groups. Each body comes before its groups, so that
            what goes out comes back.
    """
    mandates = Mandate.objects.select_related("person", "on_behalf_of").order_by("starts_on", "pk")
    seats = Seat.objects.all() if is_whole else Seat.objects.open(day)
    seats = seats.with_standing(day).in_order().select_related("alternate_of")
    kept = mandates if is_whole else mandates.in_force(day)
    loaded = instances.select_related("parent").prefetch_related(
        "organisers", "territories", Prefetch("seats", seats.prefetch_related(Prefetch("mandates", kept)))
    )
    if is_whole:
        loaded = loaded.order_by(F("parent").asc(nulls_first=True), "sort", "pk")
    return [line for instance in loaded for line in body_lines(instance, is_whole=is_whole)]


def body_lines(instance: Instance, *, is_whole: bool) -> Iterable[dict[str, Any]]:
    """Give the lines of a body: a line a mandate, or a vacant seat, or the body alone."""
    told = body_cells(instance)
    if instance.parent and not (is_whole or instance.parent.is_public):
        told["parent"] = ""
    seats = list(instance.seats.all())
    if not seats:
        yield told
    for seat in seats:
        place = told | seat_cells(seat) | {"standing": str(Standing(seat.standing).label)}
        held = list(seat.mandates.all())
        yield from [place | mandate_cells(mandate) for mandate in held] or [place]


def body_cells(instance: Instance) -> dict[str, Any]:
    """Give what a line says of a body."""
    organisers = instance.organisers.all()
    return said(instance, OF_THE_BODY) | {
        "instance": instance.name,
        "slug": instance.slug,
        "parent": instance.parent.slug if instance.parent else "",
        "organisers": SEVERAL.join(str(one) for one in organisers),
        "organiser_ids": SEVERAL.join(str(one.pk) for one in organisers),
        "territories": SEVERAL.join(unmistakable_name(one) for one in instance.territories.all()),
    }


def seat_cells(seat: Seat) -> dict[str, Any]:
    """Give what a line says of a seat."""
    return said(seat, OF_THE_SEAT) | {
        "seat": seat.label,
        "alternate_of": seat.alternate_of.label if seat.alternate_of else "",
    }


def mandate_cells(mandate: Mandate) -> dict[str, Any]:
    """Give what a line says of a mandate."""
    return said(mandate, OF_THE_MANDATE) | {
        "person": str(mandate.person),
        "person_id": str(mandate.person_id),
        "on_behalf_of": str(mandate.on_behalf_of or ""),
        "on_behalf_of_id": str(mandate.on_behalf_of_id or ""),
    }


def said(row: Any, names: Iterable[str]) -> dict[str, Any]:
    """Give the fields of a row as they are read: choices by their label, flags as « oui » or « non »."""
    told = {name: getattr(row, f"get_{name}_display")() if name in CHOICES else getattr(row, name) for name in names}
    return told | {name: YES if told[name] else NO for name in FLAGS if name in told}


def written(value: Any) -> Any:
    """Give a cell as a spreadsheet may hold it; one of blanks alone is empty."""
    if not isinstance(value, str):
        return value
    text = UNPRINTABLE.sub("", value)
    return quoted(text) if text.strip() else ""


def exported(lines: Iterable[dict[str, Any]], file_format: str, without: Iterable[str] = ()) -> bytes:
    """Write lines in one of `FORMATS`.

    Args:
        lines: cells by the key of their column.
        file_format: a key of `FORMATS`.
        without: the columns that are left out.
    """
    columns = {key: label for key, label in COLUMNS.items() if key not in without}
    table = tablib.Dataset(headers=list(columns.values()), title="Registre")
    for line in lines:
        cells = [line.get(key) or "" for key in columns]
        table.append(cells if file_format == "json" else [written(cell) for cell in cells])
    content = table.export(file_format)
    if file_format == "csv":
        return (BYTE_ORDER_MARK + content).encode()
    return content.encode() if isinstance(content, str) else content
