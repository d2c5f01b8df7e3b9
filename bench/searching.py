"""How long the search takes among many actions: `python -m bench.searching [actions]`, 100,000 by default.

The entries are written in bulk, as `finding.index` would. What is measured is a query alone, from what was typed to its
ranked results, then the whole page; each question five times, the quickest kept: what else the machine does is no part.
With `here` for a number, it asks the database as it is, and prints the p99 of the queries as JSON.
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.db import connection
from django.test import Client

from bench.texts import ASKED, PER_ROADMAP, action_texts, questions, rare
from finding.index import KINDS, WEIGHT, recount, tokens
from finding.models import Entry
from finding.searching import Query, search

TIMES = 100  # questions of each sort
RUNS = 5


def entries(count: int) -> Iterator[Entry]:
    """Give actions and their roadmaps."""
    for number, (title, text) in enumerate(action_texts(count)):
        roadmap = number // PER_ROADMAP + 1
        yield entry("action", roadmap, number % PER_ROADMAP + 1, title, text)
        if number % PER_ROADMAP == 0:
            yield entry("roadmap", roadmap, 0, f"Feuille de route {roadmap} pour l’économie sociale et solidaire", text)


def entry(kind: str, roadmap: int, position: int, title: str, text: str) -> Entry:
    row = Entry(
        owner=f"roadmap:{roadmap}",
        kind=kind,
        url=f"/feuilles-de-route/{roadmap}/{position}/",
        title=title,
        context=f"Territoire {rare(roadmap % 300)}",
        summary=text[:150],
        text=text,
        precedence=KINDS[kind].weight * WEIGHT + roadmap,
        position=position,
        batch=1 + roadmap // 32 if KINDS[kind].is_bulk else 0,
    )
    row.tokens = tokens(row)
    return row


def load(count: int, add: Callable[[], object] = lambda: None) -> None:
    """Write the entries, and what ``add`` adds, then have the database look at what it holds."""
    index = ""
    if connection.vendor == "postgresql":  # made once all is there, as a bulk load does
        with connection.cursor() as cursor:
            cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'finding_entry_tokens'")
            (index,) = cursor.fetchone()
            cursor.execute("DROP INDEX finding_entry_tokens")
    batch: list[Entry] = []
    for one in entries(count):
        batch.append(one)
        if len(batch) == 2_000:
            Entry.objects.bulk_create(batch)
            batch.clear()
    Entry.objects.bulk_create(batch)
    recount()
    add()
    with connection.cursor() as cursor:
        if index:
            cursor.execute(index)
            cursor.execute("VACUUM ANALYZE finding_entry")
        cursor.execute("ANALYZE")


def durations(work: Callable[[str], object], questions: list[str]) -> list[float]:
    """Give how long each question takes, in milliseconds, from the quickest to the slowest."""
    found = []
    for question in questions:
        runs = []
        for _ in range(RUNS):
            start = time.perf_counter()
            work(question)
            runs.append(1000 * (time.perf_counter() - start))
        found.append(min(runs))
    return sorted(found)


def main() -> None:
    if sys.argv[1:] == ["here"]:
        print(json.dumps({label: p99(alone(questions(label, TIMES))) for label in ASKED}))
        return
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    name = connection.creation.create_test_db(verbosity=0)
    try:
        start = time.perf_counter()
        load(count)
        print(f"{connection.vendor}: {Entry.objects.count()} entries written in {time.perf_counter() - start:.0f} s")
        measure()
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def alone(asked: list[str]) -> list[float]:
    """Time the queries without their page."""
    return durations(lambda one: search(Query.read(one)), asked)


def p99(sorted_durations: list[float]) -> float:
    return sorted_durations[int(len(sorted_durations) * 0.99)]


def worked() -> float:
    """Give how long this process and its server have computed so far, in milliseconds; not how long they waited."""
    own = 1000 * time.process_time()
    if connection.vendor == "sqlite":
        return own
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    ticks = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return own + 1000 * sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


def measure() -> None:
    client = Client(SERVER_NAME="localhost")
    print(f"{'':20} {'results':>8} {'p50':>8} {'p99':>8} {'computed':>9} {'page p50':>9}  ms")
    for label in ASKED:
        asked = questions(label, TIMES)
        typical = statistics.median(len(search(Query.read(one)).rows) for one in asked)
        start = worked()
        queries = alone(asked)
        computed = (worked() - start) / TIMES / RUNS
        page = durations(lambda one: client.get("/recherche/", {"q": one}), asked[: TIMES // 4])
        print(
            f"{label:20} {typical:8.0f} {statistics.median(queries):8.2f} {p99(queries):8.2f} "
            f"{computed:9.2f} {statistics.median(page):9.2f}"
        )


if __name__ == "__main__":
    main()
