"""How long the search takes among many actions: `python -m bench.searching [actions]`, 100,000 by default.

The entries are written in bulk, as `finding.index` would. What is measured is a query alone, from what was typed to its
ranked results, then the whole page; each question five times, the quickest kept: what else the machine does is no part.
"""

import os
import random
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

from finding.index import KINDS, WEIGHT, recount, tokens
from finding.models import Entry
from finding.searching import Query, search

PER_ROADMAP = 40
VOCABULARY = 8_000  # words, drawn as a language draws them: the n-th n times less often than the first
TIMES = 100  # questions of each sort
RUNS = 5
COMMON = ("emploi", "insertion", "mobilité", "alimentation", "coopérative", "association", "numérique", "culture")
TITLES = ("Créer", "Soutenir", "Former", "Accompagner", "Développer", "Ouvrir", "Financer", "Mesurer")
ASKED = {
    "common word": lambda draw: draw.choice(COMMON),
    "rare word": lambda draw: rare(draw.randrange(5_000, VOCABULARY)),
    "word between": lambda draw: rare(draw.randrange(10, 400)),
    "two common words": lambda draw: " ".join(draw.sample(COMMON, 2)),
    "common and rare": lambda draw: f"{draw.choice(COMMON)} {rare(draw.randrange(2_000, 6_000))}",
    "two words between": lambda draw: f"{rare(draw.randrange(10, 200))} {rare(draw.randrange(10, 200))}",
    "phrase": lambda _: '"économie sociale et solidaire"',
}


def rare(rank: int) -> str:
    """Give an invented word, the more seldom the greater its rank."""
    letters = "".join("bdfglmnprt"[int(figure)] + "aeiou"[int(figure) % 5] for figure in str(rank))
    return f"{letters}k"


def entries(count: int, draw: random.Random) -> Iterator[Entry]:
    """Give actions of sixty words, a third of them common, and their roadmaps."""
    ranks = range(VOCABULARY)
    weights = [1 / (rank + 3) for rank in ranks]
    for number in range(count):
        roadmap = number // PER_ROADMAP + 1
        said = [rare(rank) for rank in draw.choices(ranks, weights, k=45)] + draw.choices(COMMON, k=6)
        text = f"{' '.join(said[:30])} pour l’économie sociale et solidaire {' '.join(said[30:])}"
        title = f"{draw.choice(TITLES)} {draw.choice(COMMON)} {said[0]} {said[1]}"
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


def load(count: int) -> None:
    """Write the entries, then have the database look at what it holds."""
    index = ""
    if connection.vendor == "postgresql":  # made once all is there, as a bulk load does
        with connection.cursor() as cursor:
            cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'finding_entry_tokens'")
            (index,) = cursor.fetchone()
            cursor.execute("DROP INDEX finding_entry_tokens")
    batch: list[Entry] = []
    for one in entries(count, random.Random(7)):
        batch.append(one)
        if len(batch) == 2_000:
            Entry.objects.bulk_create(batch)
            batch.clear()
    Entry.objects.bulk_create(batch)
    recount()
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
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    name = connection.creation.create_test_db(verbosity=0)
    try:
        start = time.perf_counter()
        load(count)
        print(f"{connection.vendor}: {Entry.objects.count()} entries written in {time.perf_counter() - start:.0f} s")
        measure()
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


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
    for label, ask in ASKED.items():
        draw = random.Random(11)
        questions = [ask(draw) for _ in range(TIMES)]
        typical = statistics.median(len(search(Query.read(one)).rows) for one in questions)
        start = worked()
        alone = durations(lambda one: search(Query.read(one)), questions)
        computed = (worked() - start) / TIMES / RUNS
        page = durations(lambda one: client.get("/recherche/", {"q": one}), questions[: TIMES // 4])
        print(
            f"{label:20} {typical:8.0f} {statistics.median(alone):8.2f} {alone[int(TIMES * 0.99)]:8.2f} "
            f"{computed:9.2f} {statistics.median(page):9.2f}"
        )


if __name__ == "__main__":
    main()
