"""Measure the press: `python -m bench.presses`. Processor time and memory of the child, for 30 pages and for 100."""

import os
import resource
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.db import connection
from pypdf import PdfReader

from roadmaps.models import Edition
from roadmaps.printing import Sheets, office_document, sheets
from tests.roadmaps.factories import RoadmapFactory
from tests.roadmaps.whole import whole_edition

ACTIONS = (45, 170)


def build(actions: int) -> Edition:
    return whole_edition(actions, roadmap=RoadmapFactory(), published=True)


def in_a_child(work: Sheets, target: Path) -> tuple[float, float, float]:
    """Print in a process of ours that ends, so that its own children are measured alone."""
    reading, writing = os.pipe()
    if (pid := os.fork()) == 0:
        start = time.perf_counter()
        work.write(target)
        elapsed = time.perf_counter() - start
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        os.write(writing, f"{elapsed} {used.ru_utime + used.ru_stime} {used.ru_maxrss * 1024 / 1e6}".encode())
        os._exit(0)
    os.waitpid(pid, 0)
    elapsed, processor, memory = os.read(reading, 200).split()
    return float(elapsed), float(processor), float(memory)


def main() -> None:
    name = connection.creation.create_test_db(verbosity=0)
    try:
        for actions in ACTIONS:
            edition = build(actions)
            start = time.perf_counter()
            laid_out = sheets(edition)
            html = time.perf_counter() - start
            with TemporaryDirectory() as folder:
                path = Path(folder) / "edition.pdf"
                elapsed, processor, memory = in_a_child(laid_out, path)
                pages, size = len(PdfReader(path).pages), path.stat().st_size // 1000
            start = time.perf_counter()
            office_document(edition, "docx").close()
            word = time.perf_counter() - start
            print(
                f"{actions:>4} actions {pages:>4} pages {size:>5} kB   laid out {html:.1f} s   PDF {elapsed:.1f} s, "
                f"processor {processor:.1f} s, {memory:.0f} MB   DOCX {word:.1f} s"
            )
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


main()
