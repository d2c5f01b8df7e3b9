"""Measure what people wait for: `python -m bench.waiting`. Figures to compare within one run, not a test."""

import os
import resource
import statistics
import time
from collections.abc import Callable
from http import HTTPStatus

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.db import connection
from django.test import Client

from roadmaps.models import Edition
from roadmaps.printing import draft_pdf
from territories.cog import SHIPPED_FOLDER, import_vintage, read_vintage
from tests.roadmaps.factories import RoadmapFactory
from tests.roadmaps.whole import whole_edition

ACTIONS = 45
ROADMAPS = 40
VISITS = 20


def seconds(work: Callable[[], object], times: int = 1) -> float:
    """Give the median duration of a piece of work."""
    durations = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        durations.append(time.perf_counter() - start)
    return statistics.median(durations)


def visit(path: str) -> float:
    """Give the median duration of a page, in milliseconds, once it is warm."""
    client = Client(SERVER_NAME="localhost")
    if (status := client.get(path).status_code) != HTTPStatus.OK:
        raise AssertionError(f"{path}: {status}")
    return 1000 * seconds(lambda: client.get(path), VISITS)


def peak_memory_mb(who: int) -> float:
    return resource.getrusage(who).ru_maxrss / 1000


def build() -> Edition:
    """Write a roadmap of 45 complete actions among 40 roadmaps."""
    for _ in range(ROADMAPS - 1):
        whole_edition(3, roadmap=RoadmapFactory(), published=True)
    return whole_edition(ACTIONS, roadmap=RoadmapFactory(), published=True)


def main() -> None:
    name = connection.creation.create_test_db(verbosity=0)
    try:
        edition = build()
        rows = [
            ("home page", f"{visit('/'):.1f} ms"),
            (f"list of {ROADMAPS} roadmaps", f"{visit('/feuilles-de-route/'):.1f} ms"),
            (f"page of a roadmap of {ACTIONS} actions", f"{visit(edition.roadmap.get_absolute_url()):.1f} ms"),
            (f"PDF of a roadmap of {ACTIONS} actions", f"{seconds(lambda: draft_pdf(edition), 3):.1f} s"),
            ("… with a peak memory of", f"{peak_memory_mb(resource.RUSAGE_CHILDREN):.0f} MB"),
            ("import of the code officiel géographique", f"{seconds(import_country):.1f} s"),
            ("… with a peak memory of", f"{peak_memory_mb(resource.RUSAGE_SELF):.0f} MB"),
        ]
        print(f"{connection.vendor}, {os.cpu_count()} cores")
        for label, value in rows:
            print(f"{label:<45} {value:>10}")
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def import_country() -> None:
    import_vintage(read_vintage(SHIPPED_FOLDER))


main()
