"""The register as one reads it: bodies with their seats counted, by level, and the picture of the whole.

Everything counts seats by the one rule of `instances.standing`, so that figures agree everywhere.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from instances.models import Instance, Seat
from instances.standing import Standing
from ui.typography import plural

DOT, DOTS_IN_A_ROW = 16, 12  # the picture: one square a seat, twelve in a row
SAID = {
    Standing.HELD: ("pourvu", "pourvus"),
    Standing.ENDING: ("à échéance proche", "à échéance proche"),
    Standing.CARRIED: ("prolongé", "prolongés"),
    Standing.VACANT: ("vacant", "vacants"),
}


def tally(seats: Iterable[Any]) -> Counter[str]:
    """Count seats by where they stand."""
    return Counter(seat.standing for seat in seats)


def told_seats(counts: Counter[str]) -> str:
    """Say how seats stand: « 3 sièges : 2 pourvus, 1 vacant », or « 1 siège pourvu » where all stand alike."""
    if not counts.total():
        return "Aucun siège enregistré"
    if len(+counts) == 1:
        (stands,) = +counts
        one, many = SAID[Standing(stands)]
        return plural(counts.total(), f"siège {one}", f"sièges {many}")
    parts = [plural(counts[stands], *words) for stands, words in SAID.items() if counts[stands]]
    return f"{plural(counts.total(), 'siège', 'sièges')} : {', '.join(parts)}"


@dataclass
class Row:
    """What the list says of a body."""

    name: str
    acronym: str
    url: str
    kind: str
    level: str
    organisers: str
    seats: str
    vacant: int
    is_to_confirm: bool
    is_dissolved: bool

    @classmethod
    def of(cls, instance: Instance, day: dt.date) -> "Row":
        counts = tally(instance.open_seats)
        return cls(
            name=instance.name,
            acronym=instance.acronym,
            url=instance.get_absolute_url(),
            kind=instance.get_kind_display(),
            level=instance.get_level_display(),
            organisers=", ".join(str(one) for one in instance.organisers.all()),
            seats=told_seats(counts),
            vacant=counts[Standing.VACANT],
            is_to_confirm=instance.is_to_confirm,
            is_dissolved=instance.is_dissolved(day),
        )


def by_level(instances: Iterable[Instance], day: dt.date) -> list[dict[str, Any]]:
    """Group the rows of a list by level, from the nation to the place."""
    rows = list(instances)
    groups = {level: [Row.of(one, day) for one in rows if one.level == level] for level in Instance.Level}
    return [{"level": level.value, "label": level.label, "rows": found} for level, found in groups.items() if found]


@dataclass
class Band:
    """A line of the picture: the bodies of one kind at one level, and each of their seats."""

    kind: str
    instances: int = 0
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def held(self) -> int:
        """The seats where somebody sits, near the term or over it as well."""
        return self.counts.total() - self.counts[Standing.VACANT]

    @property
    def vacant(self) -> int:
        return self.counts[Standing.VACANT]

    @property
    def dots(self) -> list[dict[str, Any]]:
        """Where each seat is drawn: those held first."""
        drawn = [stands for stands in SAID for _ in range(self.counts[stands])]
        return [
            {"x": rank % DOTS_IN_A_ROW * DOT, "y": rank // DOTS_IN_A_ROW * DOT, "is_vacant": stands == Standing.VACANT,
             "is_held": stands == Standing.HELD}
            for rank, stands in enumerate(drawn)
        ]  # fmt: skip

    @property
    def width(self) -> int:
        return DOT * min(self.counts.total(), DOTS_IN_A_ROW)

    @property
    def height(self) -> int:
        return DOT * -(-self.counts.total() // DOTS_IN_A_ROW)


def picture(found: Any, day: dt.date) -> dict[str, Any]:
    """Draw the whole: by level then kind, how many bodies, how many seats held and vacant; two queries.

    Args:
        found: the bodies, as a query.
        day: on which seats are looked at.
    """
    levels: dict[str, dict[str, Band]] = {level: {} for level in Instance.Level.values}
    for level, kind, count in found.order_by().values_list("level", "kind").annotate(Count("pk", distinct=True)):
        levels[level][kind] = Band(Instance.Kind(kind).label, count)
    seats = Seat.objects.open(day).with_standing(day).filter(instance__in=found.order_by().values("pk"))
    columns = ("instance__level", "instance__kind", "standing")
    for level, kind, stands, count in seats.order_by().values_list(*columns).annotate(Count("pk")):
        levels[level][kind].counts[stands] = count
    shown: list[dict[str, Any]] = [
        {"label": Instance.Level(level).label, "bands": sorted(bands.values(), key=lambda band: band.kind)}
        for level, bands in levels.items()
        if bands
    ]
    every: list[Band] = [band for bands in levels.values() for band in bands.values()]
    return {
        "levels": shown,
        "instances": sum(band.instances for band in every),
        "held": sum(band.held for band in every),
        "vacant": sum(band.vacant for band in every),
    }


def in_months(meetings: Iterable[Any]) -> list[dict[str, Any]]:
    """Group meetings by month, as they come."""
    months: dict[dt.date, list[Any]] = {}
    for meeting in meetings:
        months.setdefault(meeting.held_on.replace(day=1), []).append(meeting)
    return [{"first": first, "meetings": found} for first, found in months.items()]
