"""The kinds of things that staff write beside what everyone reads: their words, their addresses, their verbs.

What is done alike to all of them (history, publication, withdrawal, deletion, return) is written once, in the views,
which are told the room where they are.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from editorial import online, pages, positions, states, writing
from editorial.history import Fields, State
from editorial.models import Page, Publication, Revision, Written
from editorial.position import lacks


def nothing(_: Any) -> list[str]:
    return []


@dataclass(frozen=True)
class Room:
    """Where things of one kind are written."""

    name: str  # with which the names of its addresses begin
    label: str
    one: str  # in a sentence; every kind is feminine in French
    model: type[Written]
    fields: Fields
    written: Callable[[Any], State]  # what would go online
    online: Callable[[Any], State | None]  # what is
    publish: Callable[[Any, int, Any], object]
    withdraw: Callable[[Any, int, Any], object]
    delete: Callable[[Any, int, Any], object]
    restore: Callable[[Any, State, Any], Any]
    doors: Callable[[], QuerySet[Any]]  # the rows, with what their pages show
    below: Callable[[Any], Iterable[Any]] = nothing  # what goes with one
    lacks: Callable[[Any], list[str]] = nothing  # what a reader would miss in one

    @property
    def addresses(self) -> dict[str, str]:
        """The names of its addresses, by what is done there."""
        gestures = ("create", "edit", "preview", "publish", "withdraw", "delete", "history", "revision", "restore")
        return {"list": f"workspace-{self.name}-list"} | {gesture: f"{self.name}-{gesture}" for gesture in gestures}

    @property
    def revisions(self) -> QuerySet[Revision]:
        return self.model.revisions._default_manager.select_related("by")


PAGES = Room(
    name="page",
    label="Pages",
    one="page",
    model=Page,
    fields=pages.FIELDS,
    written=pages.texts,
    online=pages.online_snapshot,
    publish=online.publish,
    withdraw=online.withdraw,
    delete=writing.delete_page,
    restore=writing.restore,
    doors=Page.objects.with_texts,
    below=pages.branch,
    lacks=pages.lacks,
)

POSITIONS = Room(
    name="publication",
    label="Prises de position",
    one="prise de position",
    model=Publication,
    fields=states.FIELDS,
    written=states.state_of,
    online=positions.online_state,
    publish=positions.publish,
    withdraw=positions.withdraw,
    delete=positions.delete,
    restore=positions.restore,
    doors=lambda: Publication.objects.written().with_content(),
    lacks=lacks,
)
