"""The register as a table: one line a mandate, or a vacant seat."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch

from instances.columns import CHOICES, COLUMNS, OF_THE_BODY, OF_THE_MANDATE, OF_THE_SEAT, SEVERAL
from instances.models import Instance, Mandate, Seat
from instances.standing import Standing
from publishing.tables import Column, Table


def lines_of(instances: Any, day: dt.date, *, with_past: bool) -> list[dict[str, Any]]:
    """Give the lines of the register, in a constant number of queries.

    Args:
        instances: the bodies, as a query.
        day: on which one looks.
        with_past: the mandates that are over, or start later, have their lines too; the seats that closed as well.
    """
    mandates = Mandate.objects.select_related("person", "on_behalf_of").order_by("starts_on", "pk")
    seats = Seat.objects.all() if with_past else Seat.objects.open(day)
    seats = seats.with_standing(day).in_order().select_related("alternate_of")
    kept = mandates if with_past else mandates.in_force(day)
    loaded = instances.prefetch_related(
        "organisers", "territories", Prefetch("seats", seats.prefetch_related(Prefetch("mandates", kept)))
    )
    return [line for instance in loaded for line in body_lines(instance)]


def body_lines(instance: Instance) -> Iterable[dict[str, Any]]:
    """Give the lines of a body: a line a mandate, or a vacant seat, or the body alone."""
    told = said(instance, OF_THE_BODY) | {
        "instance": instance.name,
        "organisers": SEVERAL.join(str(one) for one in instance.organisers.all()),
        "territories": SEVERAL.join(
            f"{one} ({one.code})" if one.code else str(one) for one in instance.territories.all()
        ),
    }
    seats = list(instance.seats.all())
    if not seats:
        yield told
    for seat in seats:
        place = (
            told
            | said(seat, OF_THE_SEAT)
            | {
                "seat": seat.label,
                "alternate_of": seat.alternate_of.label if seat.alternate_of else "",
                "standing": str(Standing(seat.standing).label),
            }
        )
        held = list(seat.mandates.all())
        yield from [place | mandate_cells(mandate) for mandate in held] or [place]


def mandate_cells(mandate: Mandate) -> dict[str, Any]:
    cells = said(mandate, OF_THE_MANDATE)
    return cells | {"person": str(mandate.person), "on_behalf_of": str(mandate.on_behalf_of or "")}


def said(row: Any, names: Iterable[str]) -> dict[str, Any]:
    """Give the fields of a row as they are read: choices by their label."""
    return {name: getattr(row, f"get_{name}_display")() if name in CHOICES else getattr(row, name) for name in names}


def register_table(lines: Iterable[dict[str, Any]], without: Iterable[str] = ()) -> Table:
    """Lay lines out as a table.

    Args:
        lines: cells by the key of their column.
        without: the columns that are left out.
    """
    columns = {key: Column(label) for key, label in COLUMNS.items() if key not in without}
    return Table("Registre", columns, lines)
