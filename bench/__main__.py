"""Measure the portal beside a bare view, a site of the same content on Wagtail, and nginx: `make bench`.

Same server, same settings, same machine, content of the same size; wrk with 16 connections, then 1, each twice and in
turn. Figures to compare within one run. `--seconds 2 --without growth` makes it shorter; docs/performance.md tells what
each line is.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory
from urllib.parse import quote, urlsplit
from urllib.request import Request, urlopen

import psycopg

from bench.servers import PEER, ROOT, WORKERS, gunicorn, nginx
from bench.texts import ASKED, questions

PARTS = ("pages", "lists", "search", "growth")
CONNECTIONS = (16, 1)
BROTLI = {"Accept-Encoding": "gzip, br"}
SEARCHES = {"common word": "common words", "rare word": "rare words", "two common words": "two words"}
# What each line must reach, as a multiple of another.
TARGETS = {
    "roadmap page, stored": {"peer: page": 35, "bare view": 0.65},
    "roadmap page, behind nginx": {"nginx: file": 0.9},
    "roadmap page, 304": {"bare view": 0.7},
    "roadmap page, cold": {"peer: page": 3},
    "roadmap page, preview": {"peer: page": 3},
    "list of roadmaps": {"peer: list": 2.5},
    "list of roadmaps, sifted": {"peer: list": 2.5},
    "8,000 actions, sifted": {"peer: 8,000 actions, sifted": 6},
} | {f"search, {label}": {f"peer: search, {label}": 12} for label in SEARCHES.values()}
QUERY_P99 = 10  # milliseconds, of a search alone
GROWTH = 1.3


@dataclass
class Work:
    """What is asked again and again."""

    origin: str
    paths: list[str]
    headers: dict[str, str] = field(default_factory=lambda: BROTLI)

    def answer(self) -> tuple[int, dict[str, str], bytes]:
        request = Request(self.origin + self.paths[0], headers=self.headers)  # noqa: S310 an address of ours
        with urlopen(request) as answer:  # noqa: S310
            return answer.status, dict(answer.headers), answer.read()


@dataclass(frozen=True)
class Run:
    """What wrk counted: answers a second, and how long they took, in milliseconds."""

    rate: float
    p50: float
    p99: float
    errors: int


@dataclass
class Bench:
    """What has been measured so far."""

    folder: Path
    seconds: int
    runs: dict[tuple[str, int], list[Run]] = field(default_factory=lambda: defaultdict(list))

    def measure(self, works: dict[str, Work], connections: tuple[int, ...] = CONNECTIONS) -> None:
        """Measure works in turn, twice."""
        for work in works.values():
            self.wrk(work, 4, 1)
        for _ in range(2):
            for count in connections:
                for label, work in works.items():
                    self.runs[label, count].append(run := self.wrk(work, count, self.seconds))
                    print(f"{label}, {count}: {run.rate:.1f} req/s, p50 {run.p50:.1f} ms", file=sys.stderr)
                    if run.errors:
                        raise SystemExit(f"{label}: {run}")

    def wrk(self, work: Work, connections: int, seconds: int) -> Run:
        paths = self.folder / "paths"
        paths.write_text("\n".join(work.paths) + "\n")
        headers = [part for name, value in work.headers.items() for part in ("-H", f"{name}: {value}")]
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "-s", "bench/paths.lua",
                   *headers, work.origin, "--", str(paths)]  # fmt: skip
        out = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout
        return Run(**json.loads(out.splitlines()[-1]))

    def figure(self, label: str, connections: int, name: str) -> float:
        return mean(getattr(run, name) for run in self.runs[label, connections])

    def __str__(self) -> str:
        """Lay out what wrk counted, with the ratios to reach."""
        lines = [f"{'':32} {'16 connections':^28}   {'1 connection':^28}",
                 f"{'':32} {'req/s':>10} {'p50':>8} {'p99':>8}   {'req/s':>10} {'p50':>8} {'p99':>8}  ms"]  # fmt: skip
        for label in dict.fromkeys(label for label, count in self.runs if count == CONNECTIONS[0]):
            cells = [
                f"{self.figure(label, count, 'rate'):10,.1f} {self.figure(label, count, 'p50'):8.1f} "
                f"{self.figure(label, count, 'p99'):8.1f}"
                for count in CONNECTIONS
            ]
            lines.append(f"{label:32} {'   '.join(cells)}")
        lines += ["", f"{'':32} {'compared with':28} {'at least':>8} {'16 conn.':>9} {'1 conn.':>9}"]
        for label, targets in TARGETS.items():
            for other, target in targets.items():
                if (label, 16) in self.runs:
                    lines.append(self.compared(label, other, target))
        return "\n".join(lines)

    def compared(self, label: str, other: str, target: float) -> str:
        least = 1 / self.seconds  # where nothing was answered in time
        ratios = [
            self.figure(label, count, "rate") / max(least, self.figure(other, count, "rate")) for count in CONNECTIONS
        ]
        met = "" if ratios[0] >= target else "  missed"
        return f"{label:32} {other:28} {target:8} {ratios[0]:9.2f} {ratios[1]:9.2f}{met}"


def database(name: str) -> str:
    """Make an empty database beside the one that DATABASE_URL names, and give its address."""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return of(name)


def of(name: str) -> str:
    """Give the address of a database of the same server."""
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def python(*arguments: str, program: Path | str = sys.executable, **environment: str) -> str:
    """Run Python on a database and give the last line that it printed."""
    start = time.perf_counter()
    out = subprocess.run(
        [str(program), *arguments],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=os.environ | environment,
    ).stdout
    print(f"{' '.join(arguments)}: {time.perf_counter() - start:.0f} s", file=sys.stderr)
    return out.splitlines()[-1] if out else ""


@contextmanager
def portal(url: str, *, stored: bool) -> Iterator[str]:
    with gunicorn("cress_portal.wsgi", DATABASE_URL=url, STORED_PAGES=str(int(stored)), PROXY_SECONDS="10") as origin:
        yield origin


def compare(bench: Bench, parts: set[str]) -> None:
    """Measure the portal and the peer, with 200 roadmaps and 8,000 actions, then 100,000 that are searched."""
    url, peer_url = database("portal"), database("peer")
    there = json.loads(python("-m", "bench.content", "200", "100000" if "search" in parts else "400", DATABASE_URL=url))
    write_peer = partial(python, "-m", "bench.peer.load", "200", program=PEER, DATABASE_URL=peer_url)
    write_peer("8000")
    with ExitStack() as stack:
        stored, cold = (stack.enter_context(portal(url, stored=one)) for one in (True, False))
        peer = stack.enter_context(gunicorn("bench.peer.wsgi", PEER, DATABASE_URL=peer_url))
        page = Work(stored, [there["page"]])
        if "pages" in parts:
            _, headers, body = page.answer()
            etag = BROTLI | {"If-None-Match": headers["ETag"]}
            front = stack.enter_context(nginx(bench.folder / "nginx", stored, body))
            bench.measure({
                "bare view": Work(stack.enter_context(gunicorn("bench.bare")), ["/"]),
                "nginx: file": Work(front, ["/file"]),
                "peer: page": Work(peer, ["/feuille-3/"]),
                "roadmap page, stored": page,
                "roadmap page, behind nginx": Work(front, [there["page"]]),
                "roadmap page, 304": Work(stored, [there["page"]], etag),
                "roadmap page, cold": Work(cold, [there["page"]]),
                "roadmap page, preview": Work(stored, [there["draft"]], BROTLI | {"Cookie": there["session"]}),
            })  # fmt: skip
        if "lists" in parts:
            bench.measure({
                "peer: list": Work(peer, ["/"]),
                "list of roadmaps": Work(stored, ["/feuilles-de-route/"]),
                "list of roadmaps, sifted": Work(stored, ["/feuilles-de-route/?departement=44&etat=en-cours"]),
                "peer: 8,000 actions, sifted": Work(peer, ["/actions/?theme=theme-3&status=en-cours"]),
                "8,000 actions, sifted": Work(stored, [f"/actions/?theme={there['theme']}&statut=en-cours"]),
            })  # fmt: skip
        if "search" in parts:
            write_peer("100000")
            works = {}
            for label, shown in SEARCHES.items():
                paths = [f"/recherche/?q={quote(one)}" for one in questions(label, 100)]
                works |= {f"peer: search, {shown}": Work(peer, paths), f"search, {shown}": Work(stored, paths)}
            bench.measure(works)


def measure_queries() -> str:
    """Time the queries of the search alone, among 100,000 actions."""
    found = json.loads(python("-m", "bench.searching", "here", DATABASE_URL=of("portal")))
    lines = [f"{label:32} {found[label]:8.1f}{'' if found[label] <= QUERY_P99 else '  missed'}" for label in ASKED]
    return "\n".join([f"{'query of a search alone':32} {'p99':>8}  ms, at most {QUERY_P99}", *lines])


def grow(bench: Bench) -> str:
    """Measure pages that are laid out each time, with ten roadmaps, then with ten thousand."""
    works: dict[str, Work] = {}
    with ExitStack() as stack:
        for roadmaps in (10, 10_000):
            url = database(f"portal_{roadmaps}")
            there = json.loads(python("-m", "bench.content", str(roadmaps), str(40 * roadmaps), DATABASE_URL=url))
            origin = stack.enter_context(portal(url, stored=False))
            for label, path in {
                "page": there["page"],
                "list of roadmaps": "/feuilles-de-route/?etat=en-cours",
                "list of actions": f"/actions/?theme={there['theme']}",
                "search": "/recherche/?q=alimentation",
            }.items():
                works[f"{label}, {roadmaps}"] = Work(origin, [path])
        bench.measure(works, (1,))
    lines = [f"{'laid out each time, p50':32} {'10':>8} {'10,000':>8}  ms, at most {GROWTH} ×"]
    for label in ("page", "list of roadmaps", "list of actions", "search"):
        few, many = (bench.figure(f"{label}, {roadmaps}", 1, "p50") for roadmaps in (10, 10_000))
        missed = "" if many <= GROWTH * few else "  missed"
        lines.append(f"{label:32} {few:8.1f} {many:8.1f} {many / few:6.2f} ×{missed}")
    return "\n".join(lines)


def main() -> None:
    options = argparse.ArgumentParser(prog="make bench")
    options.add_argument("--seconds", type=int, default=4, help="how long wrk runs, each time")
    options.add_argument("--without", nargs="*", choices=PARTS, default=[])
    chosen = options.parse_args()
    parts = set(PARTS) - set(chosen.without)
    os.environ |= {"SECRET_KEY": "mesures", "HTTPS": "0", "DEBUG": "0", "DEMO": "0", "TASKS": "immediate",
                   "DJANGO_SETTINGS_MODULE": "cress_portal.settings"}  # fmt: skip
    start = time.perf_counter()
    with TemporaryDirectory(prefix="portail-bench-") as folder:
        os.environ["MEDIA_ROOT"] = f"{folder}/media"
        python("manage.py", "collectstatic", "--noinput", "--verbosity", "0")
        bench = Bench(Path(folder), chosen.seconds)
        tables = []
        if parts - {"growth"}:
            compare(bench, parts)
            tables.append(str(bench))
        if "search" in parts:
            tables.append(measure_queries())
        if "growth" in parts:
            tables.append(grow(bench))
    print(f"\n{platform.machine()}, {os.cpu_count()} cores, {WORKERS} workers, load {os.getloadavg()[0]:.1f}, "
          f"{(time.perf_counter() - start) / 60:.0f} min\n")  # fmt: skip
    print("\n\n".join(tables))


main()
