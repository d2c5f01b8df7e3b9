"""Where a seat stands on a day: held, soon at its term, carried over, vacant; always computed, never stored.

The rule has two faces, which a test holds together: `standing` for one seat, `standing_case` for a query.

| the mandate of that day                                             | its seat stands as |
|---------------------------------------------------------------------|--------------------|
| none                                                                | vacant             |
| any, and somebody is appointed to follow it                         | pourvu             |
| its term is over                                                    | prolongé           |
| its term, or its last day as said, is within the warning of the body | échéance proche    |
| any other                                                           | pourvu             |

The first line that fits is the one that counts. The last day of a term, or of a mandate, still belongs to it.
"""

import calendar
import datetime as dt
from typing import Any

from django.db.models import Case, CharField, Q, TextChoices, Value, When

WARNINGS = {3: "Trois mois", 6: "Six mois", 9: "Neuf mois", 12: "Un an"}  # months before a term, chosen for each body
USUAL_WARNING = 6


class Standing(TextChoices):
    HELD = "held", "Pourvu"
    ENDING = "ending", "Échéance proche"
    CARRIED = "carried", "Prolongé"
    VACANT = "vacant", "Vacant"
    CLOSED = "closed", "Supprimé"


# What is told of a seat by a word and a shape (`ui.badges`).
LOOKS = {
    Standing.HELD: ("success", "circle-check-big"),
    Standing.ENDING: ("warning", "hourglass"),
    Standing.CARRIED: ("warning", "clock-alert"),
    Standing.VACANT: ("danger", "circle-dashed"),
    Standing.CLOSED: ("neutral", "archive"),
}


def months_after(day: dt.date, months: int) -> dt.date:
    """Give the same day some months later, or the last day of that month: 31 August and six months, 28 February."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def years_after(day: dt.date, years: int) -> dt.date:
    """Give the same day some years later; 29 February falls back to the 28th."""
    return months_after(day, 12 * years)


def standing(
    day: dt.date,
    *,
    closed_on: dt.date | None,
    is_held: bool,
    is_followed: bool = False,
    term_on: dt.date | None = None,
    ended_on: dt.date | None = None,
    warning: int,
) -> Standing:
    """Say where a seat stands.

    Args:
        day: on which one looks.
        closed_on: from that day on the seat no longer exists.
        is_held: somebody’s mandate runs that day.
        is_followed: another mandate starts later: there is nobody to look for.
        term_on: last day of the term of the mandate that runs, if it is known.
        ended_on: its last day, if it is said already.
        warning: months before the term from which it is said to be near.
    """
    if closed_on and closed_on <= day:
        return Standing.CLOSED
    if not is_held:
        return Standing.VACANT
    if is_followed:
        return Standing.HELD
    if term_on and term_on < day:
        return Standing.CARRIED
    if any(last and last <= months_after(day, warning) for last in (term_on, ended_on)):
        return Standing.ENDING
    return Standing.HELD


def standing_case(day: dt.date) -> Case:
    """Say the same in a query on seats that knows what `SeatQuerySet.with_standing` adds."""
    near: Any = Q()
    for months in WARNINGS:
        limit = months_after(day, months)
        near |= Q(instance__warning=months) & (Q(term_on__lte=limit) | Q(leaves_on__lte=limit))
    return Case(
        When(closed_on__lte=day, then=Value(Standing.CLOSED.value)),
        When(holder__isnull=True, then=Value(Standing.VACANT.value)),
        When(is_followed=True, then=Value(Standing.HELD.value)),
        When(term_on__lt=day, then=Value(Standing.CARRIED.value)),
        When(near, then=Value(Standing.ENDING.value)),
        default=Value(Standing.HELD.value),
        output_field=CharField(),
    )
