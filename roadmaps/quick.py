"""Creating light: by their titles alone, one or many at once, to be completed later."""

import re
from typing import Any

from django.db import transaction

from people.models import User
from publishing.versions import is_uid, new_uid
from roadmaps.editions import hold
from roadmaps.history import remember_all
from roadmaps.models import Action, Content, Edition, Objective, Revision
from roadmaps.outline import hang, next_position
from roadmaps.snapshots import name_of, taken

LONGEST = 300  # characters of a title
# What a list copied from elsewhere puts before its titles: « • », « 12. », « 1.2 », « a) ».
BULLET = r"[-–—•*·▪■●○◦‣➢►✓☐☑]+\s*"
NUMBER = r"\(?\d{1,3}(?:\.\d{1,3})*(?:[.)°]+(?=\s)|(?=\t))|\d{1,3}(?:\.\d{1,3}){2,}(?=\s)"
LETTER = r"[a-zA-Z][.)](?=\s)"
RANK = re.compile(r"^\d{1,3}\.\d{1,3}\s+")  # « 1.2 Créer », or else « 1.5 million d’euros »
MARKS = re.compile(rf"^(?:{BULLET}|{NUMBER}|{LETTER})\s*")


class GoneError(Exception):
    """The objective on which rows were to hang is no longer there."""

    def __init__(self) -> None:
        super().__init__("L’objectif choisi a été supprimé entre-temps : choisissez-en un autre.")


class TooDeepError(Exception):
    """The edition names no level under the objective that was chosen."""

    def __init__(self) -> None:
        super().__init__("Cette édition ne nomme pas de niveau sous cet objectif : ajoutez-y une action.")


def titles_of(text: str) -> list[str]:
    """Take the titles out of a list copied from elsewhere: its bullets, numbers, tabs and empty lines aside."""
    lines = [line.replace("\0", "").strip() for line in text.splitlines()]
    if sum(bool(RANK.match(line)) for line in lines) > 1:  # one line alone that starts with a figure speaks of it
        lines = [RANK.sub("", line) for line in lines]
    cleaned = (" ".join(MARKS.sub("", line).split()) for line in lines)
    return [title for title in cleaned if title]


@transaction.atomic
def add_many(
    model: type[Content], edition: Edition, objective: str, titles: list[str], *, by: User | None, batch: str = ""
) -> list[Any]:
    """Add actions or objectives by their titles, in order, after those already there.

    Args:
        model: of what is added.
        edition: in preparation.
        objective: uid of the one on which they hang; empty for objectives of the first level.
        titles: one at least, of 300 characters at most.
        by: who adds them, for the history.
        batch: shared by what one gesture adds.

    Raises:
        EditionClosedError: the edition is published.
        GoneError: the objective is no longer there.
        TooDeepError: the edition names no level under it.
    """
    hold(edition)
    above = Objective.objects.filter(edition=edition, uid=objective).first() if is_uid(objective) else None
    if above is None and (objective or model is Action):
        raise GoneError
    if model is Objective and above and above.depth >= len(edition.level_names):
        raise TooDeepError
    rows: list[Any] = [model(edition=edition) for _ in titles]
    for row, title in zip(rows, titles, strict=True):
        row.title = title
        hang(row, above)
    for position, row in enumerate(rows, next_position(rows[0])):
        row.position = position
    model._default_manager.bulk_create(rows)
    remember_created(rows, by, batch or new_uid())
    return rows


def remember_created(rows: list[Content], by: User | None, batch: str) -> None:
    """Keep in the history that rows with nothing but their titles were added, in a constant number of queries."""
    model = type(rows[0])
    said = {one["uid"]: one for one in taken(model._default_manager.filter(pk__in=[row.pk for row in rows]))}
    changes = ((row, None, {name_of(model): [said[row.uid]]}) for row in rows)
    remember_all(changes, by, Revision.Gesture.CREATED, batch)
