"""The register as a table: one line a mandate, or a vacant seat."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import F, Prefetch

from instances.columns import (
    CHOICES,
    DICTIONARY,
    FLAGS,
    NO,
    OF_THE_BODY,
    OF_THE_MANDATE,
    OF_THE_SEAT,
    SEVERAL,
    YES,
)
from instances.models import Instance, Mandate, Seat
from instances.standing import Standing
from people.collectivite_field import unmistakable_name
from publishing.tables import Table


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


def register_table(lines: Iterable[dict[str, Any]], without: Iterable[str] = ()) -> Table:
    """Lay lines out as a table.

    Args:
        lines: cells by the key of their column.
        without: the columns that are left out.
    """
    columns = {key: column for key, column in DICTIONARY.items() if key not in without}
    return Table("Registre", columns, lines)
