"""How much each representative carries: mandates, meetings of the past and coming year, what awaits him."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.db.models.functions import Coalesce

from instances.models import Attendance, Mandate, Meeting
from instances.standing import years_after
from people.models import Person


@dataclass
class Load:
    """What one person carries."""

    person: Person
    mandates: list[Mandate]
    coming: int  # meetings of the coming year in his bodies
    attended: int  # meetings of the past year where he was
    unreported: int  # meetings of the past year where nobody has told yet


def workloads(today: dt.date) -> list[Load]:
    """Give what each person who holds a mandate carries, the busiest first; four queries, whatever their number."""
    mandates = list(Mandate.objects.in_force(today).with_place().order_by("seat__instance__sort", "pk"))
    year = Meeting.objects.filter(is_cancelled=False).order_by()
    coming = Counter(
        year.filter(held_on__gte=today, held_on__lt=years_after(today, 1)).values_list("instance", flat=True)
    )
    unreported = Counter(Meeting.objects.unreported(today).order_by().values_list("instance", flat=True))
    came = Attendance.objects.heard().filter(meeting__held_on__gte=years_after(today, -1), meeting__held_on__lt=today)
    # Whoever is noted twice, as an alternate who stood in and was there, came once.
    present = set(came.order_by().values_list("meeting", Coalesce("alternate__person", "mandate__person")))
    attended = Counter(person for _, person in present)
    held: dict[Person, list[Mandate]] = {}
    for mandate in mandates:
        held.setdefault(mandate.person, []).append(mandate)
    loads = [
        Load(
            person,
            own,
            coming=sum(coming[body] for body in bodies_of(own)),
            attended=attended[person.pk],
            unreported=sum(unreported[body] for body in bodies_of(own)),
        )
        for person, own in held.items()
    ]
    return sorted(loads, key=lambda load: (-load.coming, -len(load.mandates), str(load.person)))


def bodies_of(mandates: list[Mandate]) -> set[int]:
    """Give the bodies where somebody sits, each once."""
    return {mandate.seat.instance_id for mandate in mandates}
