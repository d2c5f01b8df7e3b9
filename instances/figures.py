"""Parity and renewal of those who represent the ESS, year by year."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from instances.models import Mandate
from people.models import Person

YEARS = 6
BAR = 200  # width of the drawing of a year


@dataclass
class Year:
    """What the mandates of a year tell; the current year stops today."""

    year: int
    women: int
    men: int
    unknown: int
    started: int
    newcomers: int  # mandates that started with somebody who had none before
    renewed: int
    ended: int

    @property
    def held(self) -> int:
        """Mandates in force on the last day."""
        return self.women + self.men + self.unknown

    @property
    def share_of_women(self) -> int | None:
        """Out of a hundred, among those whose gender is known."""
        known = self.women + self.men
        return round(100 * self.women / known) if known else None

    @property
    def bars(self) -> list[dict[str, int | str]]:
        """Where the drawing shows women, then men, then those of whom it is not known."""
        drawn: list[dict[str, int | str]] = []
        x = 0
        for name, count in (("women", self.women), ("men", self.men), ("unknown", self.unknown)):
            width = round(BAR * count / self.held) if self.held else 0
            drawn.append({"name": name, "x": x, "width": width})
            x += width
        return drawn


def years(today: dt.date) -> list[Year]:
    """Give the last years, the latest first; one query, whatever they hold."""
    mandates = list(Mandate.objects.select_related("person").order_by("pk"))
    first_of: dict[int, dt.date] = {}
    for mandate in mandates:
        start = mandate.starts_on or dt.date.min
        first_of[mandate.person_id] = min(start, first_of.get(mandate.person_id, start))
    return [year_of(number, today, mandates, first_of) for number in range(today.year, today.year - YEARS, -1)]


def year_of(number: int, today: dt.date, mandates: list[Mandate], first_of: dict[int, dt.date]) -> Year:
    """Count one year."""
    last_day = min(today, dt.date(number, 12, 31))
    genders = Counter(mandate.person.gender for mandate in mandates if mandate.runs_on(last_day))
    started = [one for one in mandates if one.starts_on and one.starts_on.year == number and one.starts_on <= today]
    ended = [one for one in mandates if one.ended_on and one.ended_on.year == number and one.ended_on <= today]
    return Year(
        year=number,
        women=genders[Person.Gender.WOMAN],
        men=genders[Person.Gender.MAN],
        unknown=genders[""],
        started=len(started),
        newcomers=sum(first_of[one.person_id] == one.starts_on for one in started),
        renewed=sum(one.end_reason == Mandate.EndReason.RENEWED for one in ended),
        ended=sum(one.end_reason != Mandate.EndReason.RENEWED for one in ended),
    )
