"""Measure the public lists: `python -m bench.lists [roadmaps] [actions of each]`, 200 and 40 by default.

For each address: the time that the database says it took, the processor time of the whole answer, its size. To be run
on each database: `bin/with-postgres .venv/bin/python -m bench.lists`.
"""

import datetime as dt
import os
import random
import statistics
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.core.cache import cache
from django.db import connection, reset_queries
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_test_environment
from django.utils import timezone

from bench.texts import sentence
from people.models import Organisation
from people.models.organisation import sort_name
from publishing.tables import FORMATS
from roadmaps.listing import list_all
from roadmaps.models import Action, ActionActor, Edition, Horizon, Lever, Objective, ProgressReport, Roadmap, Theme
from territories.models import Collectivite, Kind
from territories.names import search_text

VISITS = 15
ADDRESSES = (
    "/feuilles-de-route/",
    "/feuilles-de-route/?departement=44&etat=en-cours",
    "/feuilles-de-route/?q=alimentation",
    "/actions/",
    "/actions/?theme={theme}",
    "/actions/?theme={theme}&statut=en-cours",
    "/actions/?q=coop",
    "/actions/?q=coop%20emploi&horizon=court",
    "/actions/?tri=echeance",
    "/actions/?page=200",
    "/collectivites/",
)


def load(roadmaps: int, actions: int) -> None:
    """Write so many roadmaps of so many actions, in few statements."""
    chance = random.Random(1)  # the same content in every run
    region = Collectivite(kind=Kind.REGION, code="52", name="Pays de la Loire")
    region.save()
    places = [
        Collectivite(kind=Kind.DEPARTEMENT, code=code, name=f"Département {code}", region=region)
        for code in ("44", "49", "53", "72", "85")
    ]
    for place in places:
        place.save()
    carriers = Collectivite.objects.bulk_create(
        Collectivite(
            kind=chance.choice((Kind.CC, Kind.CA, Kind.METROPOLE)), code=f"{200000000 + rank}", name=name,
            display_name=name, slug=f"communaute-{rank}", search=search_text(name),
        )
        for rank, name in ((rank, f"Communauté {rank}") for rank in range(roadmaps))
    )  # fmt: skip
    links = Collectivite.departements.through
    links.objects.bulk_create(
        links(from_collectivite=one, to_collectivite=places[rank % 5]) for rank, one in enumerate(carriers)
    )
    organisations = Organisation.objects.bulk_create(
        Organisation(name=name, sort=sort_name(name), search=search_text(name))
        for name in (f"Organisme {rank}" for rank in range(max(20, roadmaps)))
    )
    made = Roadmap.objects.bulk_create(
        Roadmap(collectivite=one, title=f"Feuille de route {rank}", slug=f"feuille-{rank}",
                ambition=sentence(chance, 30), kind=chance.choice(Roadmap.Kind.values))
        for rank, one in enumerate(carriers)
    )  # fmt: skip
    editions = Edition.objects.bulk_create(
        Edition(roadmap=one, number=1, period_start=(start := chance.randint(2016, 2026)), period_end=start + 5,
                published_at=timezone.now() - dt.timedelta(days=rank))
        for rank, one in enumerate(made)
    )  # fmt: skip
    terms = ("Court terme", "Moyen terme", "Long terme")
    horizons = Horizon.objects.bulk_create(
        Horizon(edition=one, label=label, position=rank, last_year=one.period_start + 2 * rank + 1)
        for one in editions
        for rank, label in enumerate(terms)
    )
    objectives = Objective.objects.bulk_create(
        Objective(edition=one, title=sentence(chance, 6), position=rank) for one in editions for rank in range(4)
    )
    load_actions(chance, objectives, horizons, organisations, actions // 4)


def load_actions(
    chance: random.Random, objectives: list[Objective], horizons: list[Horizon], who: list[Organisation], each: int
) -> None:
    by_edition: dict[int, list[Horizon]] = {}
    for horizon in horizons:
        by_edition.setdefault(horizon.edition_id, []).append(horizon)
    made = Action.objects.bulk_create(
        (
            Action(
                edition_id=objective.edition_id, objective=objective, position=rank, title=sentence(chance, 8),
                summary=sentence(chance, 15), description=f"<p>{sentence(chance, 120)}</p>",
                horizon=chance.choice(by_edition[objective.edition_id]), answers_economic_need=chance.random() < 0.5,
                answers_social_need=chance.random() < 0.4, answers_environmental_need=chance.random() < 0.3,
            )
            for objective in objectives
            for rank in range(each)
        ),
        batch_size=2000,
    )  # fmt: skip
    for name, model in (("themes", Theme), ("levers", Lever)):
        terms, through = list(model.objects.all()), getattr(Action, name).through
        column = model.__name__.lower()
        through.objects.bulk_create(
            (
                through(action=one, **{column: term})
                for one in made
                for term in chance.sample(terms, chance.randint(1, 2))
            ),
            batch_size=5000,
        )
    ActionActor.objects.bulk_create(
        (
            ActionActor(edition_id=one.edition_id, action=one, organisation=chance.choice(who), role=role)
            for one in made
            for role in (ActionActor.Role.LEAD, ActionActor.Role.PARTNER)
        ),
        batch_size=5000,
    )
    roadmap_of = dict(Edition.objects.values_list("pk", "roadmap"))
    ProgressReport.objects.bulk_create(
        (
            ProgressReport(roadmap_id=roadmap_of[one.edition_id], uid=one.uid, said_on=dt.date(2026, month, 1),
                           status=chance.choice(ProgressReport.Status.values))
            for one in made if chance.random() < 0.8
            for month in (1, 6)
        ),
        batch_size=5000,
    )  # fmt: skip


def measure(client: Client, address: str) -> str:
    """Tell what a page costs when its counts are remembered, and when they are not (cold)."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(address)
    sql, count = 1000 * sum(float(query["time"]) for query in queries), len(queries)
    warm, cold = spent(client, address), spent(client, address, is_cold=True)
    found = page.context["page"].paginator.count
    return (
        f"{count:3} queries {sql:5.0f} ms SQL {warm:6.1f} ms CPU, cold {cold:6.1f} ms CPU "
        f"{len(page.content) // 1000:5} kB {found:6} found"
    )


def spent(client: Client, address: str, *, is_cold: bool = False) -> float:
    """Give the median processor time of a page, in milliseconds."""
    durations = []
    for _ in range(VISITS):
        reset_queries()
        if is_cold:
            cache.clear()
        start = time.process_time()
        client.get(address)
        durations.append(1000 * (time.process_time() - start))
    return statistics.median(durations)


def main() -> None:
    roadmaps, actions = map(int, sys.argv[1:]) if sys.argv[1:] else (200, 40)
    setup_test_environment()
    name = connection.creation.create_test_db(verbosity=0)
    try:
        load(roadmaps, actions)
        start = time.perf_counter()
        list_all()
        taken = time.perf_counter() - start
        print(f"{connection.vendor}: {roadmaps} roadmaps of {actions} actions; listed in {taken:.1f} s")
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        client = Client(SERVER_NAME="localhost")
        theme = Theme.objects.first()
        for address in ADDRESSES:
            print(f"{address:45} {measure(client, address.format(theme=theme.code if theme else ''))}")
        for file_format in FORMATS:
            start = time.process_time()
            file = client.get(f"/actions/liste.{file_format}")
            taken = time.process_time() - start
            print(f"/actions/liste.{file_format:31} {taken:6.2f} s CPU {len(file.content) // 1000:6} kB")
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main()
