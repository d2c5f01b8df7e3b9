"""Write what the portal is measured with, on a PostgreSQL of its own: `python -m bench.content roadmaps entries`.

The first two hundred roadmaps are written by the loaders of the other measures, the rest are copied by the database. It
prints, as JSON, what the measures visit: the page of a roadmap of 45 complete actions, the draft of its next edition,
the cookie of a member of the team who reads it, a theme.
"""

import json
import os
import random
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cress_portal.settings")
django.setup()

from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection
from django.db.models import F, Model
from django.test import Client

from bench.lists import load as load_lists
from bench.searching import load as load_entries
from bench.texts import PER_ROADMAP, sentence
from finding.batches import LEVELS
from finding.models import Entry, KnownWord
from roadmaps.editions import open_draft
from roadmaps.listing import list_all
from roadmaps.models import (
    Action,
    ActionActor,
    ActionListing,
    Edition,
    Horizon,
    Objective,
    ProgressReport,
    Roadmap,
    RoadmapListing,
    Theme,
)
from territories.models import Collectivite, Kind
from tests.people.factories import team_member
from tests.roadmaps.factories import RoadmapFactory
from tests.roadmaps.whole import whole_edition

ONCE = 200  # roadmaps written one by one
ENTRIES_ONCE = 20_000
WHOLE = 45  # actions, as many as the page of the peer has blocks
# The tables that are copied, each with the columns that lead to another of them.
COPIED: dict[type[Model], dict[str, type[Model]]] = {
    Collectivite: {},
    Collectivite.departements.through: {"from_collectivite_id": Collectivite},
    Roadmap: {"collectivite_id": Collectivite},
    Edition: {"roadmap_id": Roadmap},
    Horizon: {"edition_id": Edition},
    Objective: {"edition_id": Edition},
    Action: {"edition_id": Edition, "objective_id": Objective, "horizon_id": Horizon},
    Action.themes.through: {"action_id": Action},
    Action.levers.through: {"action_id": Action},
    ActionActor: {"edition_id": Edition, "action_id": Action},
    ProgressReport: {"roadmap_id": Roadmap},
    RoadmapListing: {"roadmap_id": Roadmap, "edition_id": Edition},
    RoadmapListing.carriers.through: {"roadmaplisting_id": Roadmap, "collectivite_id": Collectivite},
    RoadmapListing.departements.through: {"roadmaplisting_id": Roadmap},
    RoadmapListing.themes.through: {"roadmaplisting_id": Roadmap},
    RoadmapListing.levers.through: {"roadmaplisting_id": Roadmap},
    ActionListing: {"listing_id": Roadmap, "action_id": Action},
    ActionListing.themes.through: {"actionlisting_id": ActionListing},
    ActionListing.levers.through: {"actionlisting_id": ActionListing},
}
# What must differ in each copy besides its keys.
RENAMED = {
    (Collectivite, "code"): "(code::bigint + n * 10000)::text",
    (Collectivite, "slug"): "slug || '-' || n",
    (Roadmap, "slug"): "slug || '-' || n",
    (ProgressReport, "batch"): "left(md5(batch || n), 8)",
}
WHERE = {Collectivite: f"WHERE kind IN ('{Kind.CC}', '{Kind.CA}', '{Kind.METROPOLE}')"}


def copy_roadmaps(copies: int) -> None:
    """Have the database write each roadmap and all that is its own so many times more."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # what is copied holds: nothing to check nor to count
        step = {}
        for model in COPIED:
            cursor.execute(f"SELECT max({model._meta.pk.column}) FROM {model._meta.db_table}")
            (step[model],) = cursor.fetchone()
        for model, leads in COPIED.items():
            names = [field.column for field in model._meta.local_concrete_fields]
            moves = ({"id": model} if "id" in names else {}) | leads
            values = [
                f"{name} + n * {step[moves[name]]}" if name in moves else RENAMED.get((model, name), name)
                for name in names
            ]
            cursor.execute(
                f"INSERT INTO {model._meta.db_table} ({', '.join(names)}) SELECT {', '.join(values)} "
                f"FROM {model._meta.db_table}, generate_series(1, {copies}) AS n "
                f"{WHERE.get(model, '')}"
            )
        cursor.execute("SET session_replication_role = DEFAULT")
        for statement in connection.ops.sequence_reset_sql(no_style(), list(COPIED)):
            cursor.execute(statement)


def copy_entries(copies: int, roadmaps: int) -> None:
    """Have the database write each entry of the search so many times more, for other roadmaps and later batches."""
    there = {"owner": "'roadmap:' || r", "url": "'/feuilles-de-route/' || r || '/' || position || '/'",
             "precedence": f"precedence + n * {roadmaps}", "batch": "b", "tokens": "kept || numbered"}  # fmt: skip
    names = [field.column for field in Entry._meta.local_concrete_fields if not field.primary_key]
    batches = " || ".join(f"' @{level}_' || (b >> {level})" for level in range(LEVELS))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO finding_entry ({', '.join(names)}) "
            f"SELECT {', '.join(there.get(name, name) for name in names)} FROM finding_entry, "
            f"generate_series(1, {copies}) AS n, "
            f"LATERAL (SELECT substr(owner, 9)::int + n * {roadmaps} AS r) AS whose, "
            "LATERAL (SELECT CASE batch WHEN 0 THEN 0 ELSE 1 + r / 32 END AS b) AS gathered, "
            "LATERAL (SELECT CASE batch WHEN 0 THEN tokens ELSE regexp_replace(tokens, '@[0-9]+_[0-9]+ ', '', 'g') END "
            f"AS kept, CASE batch WHEN 0 THEN '' ELSE {batches} END AS numbered) AS found"
        )
    KnownWord.objects.update(count=F("count") * (copies + 1))


def write(roadmaps: int, entries: int) -> None:
    """Write so many roadmaps of forty actions, and so many entries of the search."""
    load_lists(min(roadmaps, ONCE), PER_ROADMAP)
    list_all()
    if roadmaps > ONCE:
        copy_roadmaps(roadmaps // ONCE - 1)
    once = min(entries, ENTRIES_ONCE)
    load_entries(once, lambda: copy_entries(entries // once - 1, once // PER_ROADMAP))


def main() -> None:
    roadmaps, entries = map(int, sys.argv[1:])
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    write(roadmaps, entries)
    edition = whole_edition(WHOLE, roadmap=RoadmapFactory(collectivite__code="299999999"), published=True)
    draw = random.Random(1)
    for action in Action.objects.filter(edition=edition):
        action.summary, action.description = sentence(draw, 15), f"<p>{sentence(draw, 60)}</p>"
        action.save()
    draft = open_draft(edition.roadmap)
    visitor = Client()
    visitor.force_login(team_member())
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    print(json.dumps({
        "page": edition.roadmap.get_absolute_url(),
        "draft": draft.get_absolute_url(),
        "session": f"{settings.SESSION_COOKIE_NAME}={visitor.cookies[settings.SESSION_COOKIE_NAME].value}",
        "theme": Theme.objects.order_by("pk").values_list("code", flat=True)[0],
    }))  # fmt: skip


main()
