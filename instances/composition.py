"""Who sits in a body, sat or will sit there: its seats and all its mandates, read once for a page, in two queries."""

import datetime as dt
from dataclasses import dataclass

from instances.models import Instance, Mandate, Seat


@dataclass
class Composition:
    """The seats of a day, each with who holds it, and the mandates that do not run that day, the latest first."""

    seats: list[Seat]
    other_mandates: list[Mandate]


def composition_of(instance: Instance, day: dt.date) -> Composition:
    """Read who sits in a body on a day, and who sat or will sit there."""
    seats = list(Seat.objects.filter(instance=instance).told(day))
    mandates = list(Mandate.objects.filter(seat__instance=instance).with_place().latest_first())
    for seat in seats:
        seat.holders = [one for one in mandates if one.seat_id == seat.pk and one.runs_on(day)]
    return Composition(seats, [one for one in mandates if not one.runs_on(day)])
