"""A demonstration file becomes a roadmap, with its milestones and its editions."""

import datetime as dt
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from cress_portal.demo.collectivites import take_carrier
from cress_portal.demo.comments import write_comment
from cress_portal.demo.content import ContentWriter
from cress_portal.demo.later import Later
from cress_portal.demo.logos import give_sample_logo
from cress_portal.demo.organisations import organisation_named
from cress_portal.demo.tables import DemoFileError, Table
from people.models import Person, User
from roadmaps.editions import create_roadmap, open_draft, publish
from roadmaps.listing import list_again
from roadmaps.models import Action, Edition, Horizon, Milestone, ProgressReport, Roadmap, RoadmapActor
from roadmaps.models.edition import MAX_LEVELS

FOLDER = Path(__file__).parent / "roadmaps"
INSTALLATION = "installation"  # a real document goes online here when the demonstration is installed, no earlier
OTHER_ROADMAPS = ("predecessor", "strategy")


def read_documents(folder: Path = FOLDER) -> dict[str, Table]:
    """Read every file, by slug, each after those that it follows or declines.

    Raises:
        DemoFileError: a file cannot be read, or names a roadmap that no file describes.
    """
    documents: dict[str, Table] = {}
    for path in sorted(folder.glob("*.toml")):
        document = Table.read(path)
        slug = document.take("slug") or document.refuse("slug", "l’adresse de la feuille de route n’est pas dite.")
        if slug in documents:
            document.refuse("slug", f"déjà donnée par {documents[slug].file}.")
        documents[slug] = document
    needed = {slug: _needed(document, set(documents)) for slug, document in sorted(documents.items())}
    try:
        return {slug: documents[slug] for slug in TopologicalSorter(needed).static_order()}
    except CycleError as error:
        raise DemoFileError(str(folder), f"ces feuilles de route se suivent en rond : {error.args[1]}") from error


def _needed(document: Table, slugs: set[str]) -> list[str]:
    roadmap = document.values.get("roadmap", {})
    needed = {key: roadmap[key] for key in OTHER_ROADMAPS if key in roadmap}
    for key, slug in needed.items():
        if slug not in slugs:
            document.refuse(f"roadmap.{key}", f"aucun fichier ne décrit « {slug} ».")
    return list(needed.values())


@transaction.atomic
def write_document(slug: str, document: Table, publisher: User, referent: Person) -> Roadmap:
    """Write a roadmap and its editions, all or nothing; those with a date are published by ``publisher``.

    The persons of the demonstration are fictional: ``referent`` follows the fictional roadmaps only.
    """
    first, second = document.table("edition"), document.table("second_edition")
    reports = document.tables("reports")
    draft = _create(slug, document.table("roadmap"), referent)
    for table in document.tables("milestones"):
        table.save(Milestone(roadmap=draft.roadmap))
    Horizon.objects.filter(edition=draft).delete()  # those of the file take the place of the usual ones
    published_on = _write_edition(first, draft)
    comments = document.tables("comments")
    ContentWriter(draft).write(document)
    for table in comments:
        write_comment(table, draft)
    document.nothing_left()
    if second.values and published_on:
        later = Later(draft, published_on.date())
        _publish(draft, publisher, published_on)
        _write_second_edition(second, draft.roadmap, publisher, later)
    else:
        _publish(draft, publisher, published_on)
    for table in reports:
        _report(table, draft.roadmap, publisher)
    list_again([draft.roadmap.pk])
    return draft.roadmap


def _create(slug: str, table: Table, referent: Person) -> Edition:
    actors, co_carriers = table.tables("actors"), table.tables("co_carriers")
    roadmap = Roadmap(slug=slug, collectivite=take_carrier(table))
    for key in OTHER_ROADMAPS:
        if other := table.take(key):
            setattr(roadmap, key, Roadmap.objects.get(slug=other))
    if table.values.get("is_fictional"):
        roadmap.referent = referent
    if table.take("has_sample_logo"):
        give_sample_logo(roadmap.collectivite)
    table.fill(roadmap)
    table.check(roadmap)
    draft = create_roadmap(roadmap, [take_carrier(carrier) for carrier in co_carriers])
    for actor in actors:
        organisation = organisation_named(actor, "organisation", actor.take("organisation"))
        actor.save(RoadmapActor(roadmap=roadmap, organisation=organisation))
    return draft


def _write_edition(table: Table, draft: Edition) -> dt.datetime | None:
    """Fill the edition itself; return when it was published, if it was."""
    published_on, period, names = table.take("published_on"), table.take("period"), table.take("level_names")
    if period:
        draft.period_start, draft.period_end = period
    if names:
        draft.level_1_name, draft.level_2_name, draft.level_3_name = (*names, "", "")[:MAX_LEVELS]
    table.save(draft)
    return _instant(table, published_on)


def _instant(table: Table, day: str | dt.date | None) -> dt.datetime | None:
    if day is None:
        return None
    if day == INSTALLATION:
        return timezone.now()
    try:
        date = dt.date.fromisoformat(str(day))
    except ValueError:
        table.refuse("published_on", "une date comme 2023-12-14 est attendue.")
    return timezone.make_aware(dt.datetime.combine(date, dt.time(9)))


def _write_second_edition(table: Table, roadmap: Roadmap, publisher: User, later: Later) -> None:
    draft = open_draft(roadmap)
    later.give_to(draft)
    ContentWriter(draft).revise(table)
    _publish(draft, publisher, _write_edition(table, draft))


def _report(table: Table, roadmap: Roadmap, by: User) -> None:
    """Say how far an action of the edition in force is."""
    uid = table.take("action")
    if not Action.objects.filter(edition__in=Edition.objects.current(), edition__roadmap=roadmap, uid=uid).exists():
        table.refuse("action", f"« {uid} » n’est pas dans l’édition en vigueur.")
    table.save(ProgressReport(roadmap=roadmap, uid=uid, by=by))


def _publish(draft: Edition, publisher: User, at: dt.datetime | None) -> None:
    if at:
        publish(draft, publisher, at)
