"""Who sits in a body, sat or will sit there: its seats and all its mandates, read once for a page, in two queries."""

import datetime as dt
from dataclasses import dataclass

from instances.models import Instance, Mandate, Seat


@dataclass
class Composition:
    """The seats of a day, each with who holds it and who will, and the mandates over, or yet to start, that day."""

    seats: list[Seat]
    former: list[Mandate]  # the latest first
    ahead: list[Mandate]  # the furthest first


def composition_of(instance: Instance, day: dt.date) -> Composition:
    """Read who sits in a body on a day, and who sat or will sit there."""
    seats = list(Seat.objects.filter(instance=instance).told(day))
    mandates = list(Mandate.objects.filter(seat__instance=instance).with_place().latest_first())
    for seat in seats:
        own = [one for one in mandates if one.seat_id == seat.pk]
        seat.holders = [one for one in own if one.runs_on(day)]
        seat.next_mandates = [one for one in reversed(own) if one.is_ahead(day)]
    return Composition(
        seats, [one for one in mandates if one.is_over(day)], [one for one in mandates if one.is_ahead(day)]
    )
