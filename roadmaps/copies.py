"""What is copied to be adapted: an action, a branch of the outline, a whole roadmap as a model for another territory.

A copy says what is meant to be done, never what was done for somebody else: readings of indicators, dates at which
steps were done, money granted or spent stay with the original.
"""

from collections.abc import Iterable

from django.db import transaction

from people.models import User
from publishing.edition_rows import delete_rows
from publishing.versions import StaleVersionError, new_uid
from roadmaps.editions import copy_content, create_roadmap, hold
from roadmaps.history import remember_all
from roadmaps.models import (
    Action,
    ActionActor,
    Annex,
    Content,
    Edition,
    Funding,
    Horizon,
    Indicator,
    KeyFigure,
    Measure,
    Objective,
    Revision,
    Roadmap,
    Step,
)
from roadmaps.outline import make_room
from roadmaps.rewriting import Writer
from roadmaps.snapshots import Snapshot, branch, name_of, sheets, with_new_uids

LONGEST = 300  # characters of a title
COPY = " (copie)"
# What tells of one territory only.
OF_ONE_TERRITORY = (Measure, KeyFigure, Annex)
OF_ITS_PARTNERS = (ActionActor, Funding)
LEVELS = ("level_1_name", "level_2_name", "level_3_name")


@transaction.atomic
def duplicate(row: Objective | Action, by: User | None) -> tuple[Objective | Action, str]:
    """Copy an action, or an objective with all that hangs on it, right after it; codes are not taken twice.

    Args:
        row: of an edition.
        by: who does it.

    Returns:
        The copy, and the batch that undoes it.

    Raises:
        EditionClosedError: the edition is published.
        StaleVersionError: the row is gone.
    """
    edition = row.edition
    hold(edition)
    current = type(row)._default_manager.filter(pk=row.pk).first()
    if current is None:
        raise StaleVersionError
    snapshot = without_deeds(with_new_uids(branch(current), new_uid))
    first = snapshot[name_of(type(row))][0]
    longest = LONGEST - len(COPY)
    first |= {"title": f"{first['title'][:longest]}{COPY}", "position": current.position + 1}
    Writer(edition).write(snapshot)
    copy = type(row)._default_manager.get(edition=edition, uid=first["uid"])
    copy.edition = edition
    make_room(copy)
    return copy, remember_created(edition, snapshot, by)


def without_deeds(snapshot: Snapshot) -> Snapshot:
    """Leave aside, in a snapshot that is ours to change, what was done and what was promised; and codes."""
    snapshot.pop(name_of(Measure), None)
    for step in snapshot.get(name_of(Step), []):
        step["done_on"] = None
    for funding in snapshot.get(name_of(Funding), []):
        funding["status"] = Funding.Status.PLANNED
    for row in (*snapshot.get(name_of(Objective), []), *snapshot.get(name_of(Action), [])):
        row["code"] = ""
    return snapshot


def remember_created(edition: Edition, snapshot: Snapshot, by: User | None) -> str:
    """Keep that the objectives and actions of a snapshot were created: undone, the last goes first."""
    batch = new_uid()
    for model in (Objective, Action):
        rows = written(edition, model, [row["uid"] for row in snapshot.get(name_of(model), [])])
        said = sheets(model, [row.pk for row in rows])
        remember_all([(row, None, said[row.pk]) for row in rows], by, Revision.Gesture.CREATED, batch)
    return batch


def written(edition: Edition, model: type[Content], uids: list[str]) -> list[Content]:
    """Give rows that were just written, in the order of their uids."""
    found = {row.uid: row for row in model._default_manager.filter(edition=edition, uid__in=uids)}
    for row in found.values():
        row.edition = edition
    return [found[uid] for uid in uids]


@transaction.atomic
def copy_roadmap(source: Edition, roadmap: Roadmap, *, with_partners: bool) -> Edition:
    """Create a roadmap on the model of an edition, for another collectivité.

    Copied: levels, sections, horizons, objectives, actions, steps, indicators. Left: adoption, period, foreword,
    sources and démarche; key figures, annexes, readings; internal notes; every date; the figures of indicators.

    Args:
        source: the edition taken as a model.
        roadmap: not saved yet; its carrier and title are chosen.
        with_partners: organisations and fundings are copied too, the latter as planned.

    Returns:
        The draft of the new roadmap.

    Raises:
        ValidationError: the roadmap does not hold together, or somebody took its address meanwhile.
    """
    draft = create_roadmap(roadmap)
    Edition.objects.filter(pk=draft.pk).update(**{name: getattr(source, name) for name in LEVELS})
    Horizon.objects.filter(edition=draft).delete()
    copy_content(source, draft)
    forget(draft, OF_ONE_TERRITORY if with_partners else (*OF_ONE_TERRITORY, *OF_ITS_PARTNERS))
    return draft


def forget(draft: Edition, models: Iterable[type[Content]]) -> None:
    """Take out of a copy what tells of another territory."""
    for model in models:
        delete_rows(model, draft.pk)
    Horizon.objects.filter(edition=draft).update(first_year=None, last_year=None)
    Objective.objects.filter(edition=draft).update(source="")
    Action.objects.filter(edition=draft).update(
        elected_referent=None, starts_on=None, ends_on=None, internal_note="", source=""
    )
    Step.objects.filter(edition=draft).update(due_on=None, done_on=None)
    Funding.objects.filter(edition=draft).update(status=Funding.Status.PLANNED, year=None)
    Indicator.objects.filter(edition=draft).update(
        baseline=None, baseline_year=None, target=None, target_year=None, scope="", source=""
    )
