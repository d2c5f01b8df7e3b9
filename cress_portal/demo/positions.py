"""The positions of the demonstration (`positions.toml`): written, then published, through the verbs of the CRESS."""

from pathlib import Path
from typing import Any

from django.utils import timezone

from cress_portal.demo.tables import Table
from editorial.history import Gesture, remember
from editorial.models import Publication
from editorial.positions import publish, whole
from editorial.states import PARTIES, state_of, write_parties, write_results, write_supports
from instances.models import Instance, Meeting
from people.models import User
from roadmaps.models import Roadmap, Theme

FILE = Path(__file__).parent / "positions.toml"
UNSAID: dict[str, Any] = {"unit": "", "base": None, "year": None, "source": ""}  # of a result


def fill_positions(by: User) -> int:
    """Write the positions in a portal that has none; count them.

    Raises:
        DemoFileError: the file does not hold together.
    """
    if Publication.objects.exists():
        return 0
    document = Table.read(FILE)
    tables = document.tables("positions")
    document.nothing_left()
    for table in tables:
        write_position(table, by)
    return len(tables)


def write_position(table: Table, by: User) -> None:
    lists = {name: table.take(name, []) for name in (*PARTIES, "themes", "supports", "results")}
    is_draft = table.take("is_draft", default=False)
    instance = named(table, table.take("instance"))
    table.values["body"] = "".join(table.values.get("body", "").splitlines())  # as the editor sends it
    is_at_a_meeting = table.take("is_at_a_meeting", default=False)
    row = Publication(instance=instance, meeting=latest_meeting(instance) if is_at_a_meeting else None)
    table.save(row)
    row.themes.set(Theme.objects.filter(code__in=lists["themes"]))
    for name, role in PARTIES.items():
        write_parties(row, role, lists[name])
    roadmaps = Roadmap.objects.in_bulk([slug for slug, _ in lists["supports"]], field_name="slug")
    write_supports(row, [(roadmaps[slug], uid) for slug, uid in lists["supports"]])
    write_results(row, [UNSAID | result for result in lists["results"]])
    remember(row, by, Gesture.CREATED, after=state_of(whole(row.pk)))
    if not is_draft:
        publish(row, row.version, by)


def named(table: Table, name: str | None) -> Instance | None:
    """Give the body that a file names; none where it names none."""
    if name is None:
        return None
    return Instance.objects.filter(name=name).first() or table.refuse("instance", f"« {name} » est inconnue.")


def latest_meeting(instance: Instance | None) -> Meeting | None:
    return Meeting.objects.filter(instance=instance).past(timezone.localdate()).first()
