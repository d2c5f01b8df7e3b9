"""Print a page as PDF, in a child process that may neither grow without end, run for ever nor fetch anything.

The child (``publishing.press``) loads WeasyPrint; the portal never does. It writes beside the target, and the
finished file takes its name in one move: whoever reads the target reads a whole document.
"""

import datetime as dt
import fcntl
import json
import logging
import os
import re
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

logger = logging.getLogger(__name__)
MEMORY = 1536 * 1024 * 1024  # bytes of address space; a 45-action roadmap uses about a third of it
SECONDS = 45  # of waiting: less than a server or a proxy gives an answer (docs/deploying.md)
CPU_SECONDS = 45
WAIT_SECONDS = 30  # for a free press, when nobody stands before the page
PATIENCE_SECONDS = 3  # for a free press, when somebody does
EMBEDDED = re.compile(rb"/Type /EmbeddedFile[^\x00]*?>>\s*stream\r?\n")
STALE_SECONDS = 600  # after which a .part or .lock file is what a killed process left


class PrintingError(Exception):
    """The document could not be printed; no file was written."""


class BusyPressError(PrintingError):
    """Every press was at work for as long as one may wait.

    Args:
        count: how many presses there are.
        seconds: for how long the oldest of their documents has been printing.
    """

    def __init__(self, count: int, seconds: float) -> None:
        super().__init__("toutes les presses sont occupées")
        self.count, self.seconds = count, max(1, round(seconds))


@dataclass(frozen=True)
class AttachedFile:
    """A text that goes inside a document: the data that it shows."""

    name: str
    description: str
    content: bytes
    dated: dt.datetime


def write_pdf(
    html: str,
    target: Path,
    attached: AttachedFile | None = None,
    *,
    wait: float | None = None,
    leaves_one: bool = False,
) -> None:
    """Print ``html`` into the file ``target``, as PDF/A-3a and PDF/UA-1.

    Args:
        html: a whole page, whose style sheets and images are files of the portal.
        target: where the PDF goes; its folder is made if missing.
        attached: what goes inside the file, if anything.
        wait: how long to wait for a free press, in seconds; by default as long as somebody waits before a page.
        leaves_one: the last press is left to others, as `free_press` says.

    Raises:
        BusyPressError: no press was free.
        PrintingError: the child failed, or passed its limits of memory or time.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    sweep(target.parent)
    handle, part = tempfile.mkstemp(suffix=".part", dir=target.parent)
    os.close(handle)
    order: dict[str, Any] = {
        "html": html,
        "target": part,
        "base_url": settings.PUBLIC_URL,
        "attachments": [order_of(attached)] if attached else [],
        "static_url": settings.STATIC_URL,
        "static_roots": [str(root) for root in (settings.STATIC_ROOT, *settings.STATICFILES_DIRS)],
        "memory": MEMORY,
        "seconds": CPU_SECONDS,
    }
    try:
        # The child may be killed, and leaves in a hurry: what it unpacks goes in a folder that is removed after it.
        with free_press(wait, leaves_one=leaves_one), tempfile.TemporaryDirectory() as scratch:
            child = subprocess.run(
                [sys.executable, "-m", "publishing.press"],
                input=json.dumps(order),
                capture_output=True,
                text=True,
                timeout=SECONDS,
                cwd=settings.BASE_DIR,
                env={
                    "PATH": os.environ.get("PATH", ""),
                    "HOME": tempfile.gettempdir(),
                    "TMPDIR": scratch,
                    "SOURCE_DATE_EPOCH": "0",
                },
                check=False,
            )
        if child.returncode:
            raise PrintingError(child.stderr[-2000:])
        if child.stderr:  # a style that is not known, a figure without alternative
            logger.warning("Printed with reserves: %s", child.stderr[-2000:])
        Path(part).replace(target)
    except subprocess.TimeoutExpired:
        raise PrintingError(f"plus de {SECONDS} secondes") from None
    finally:
        Path(part).unlink(missing_ok=True)


def order_of(file: AttachedFile) -> dict[str, str]:
    """Write a file to attach as the press reads it."""
    date = file.dated.astimezone(dt.UTC).replace(tzinfo=None).isoformat()
    return {"name": file.name, "description": file.description, "content": file.content.decode(), "date": date}


@contextmanager
def free_press(wait: float | None = None, *, leaves_one: bool = False) -> Iterator[None]:
    """Hold one of the machine's presses, as many as it has cores; the kernel frees it if we are killed.

    Args:
        wait: how long to wait for one, in seconds; by default as long as somebody waits before a page.
        leaves_one: where there are several, the last is not taken: what everyone may ask for, in as many versions as
            there are, never keeps a draft or a publication from being printed.

    Raises:
        BusyPressError: all were busy for that long.
    """
    count = os.cpu_count() or 1
    presses = range(max(1, count - leaves_one))
    folder = Path(tempfile.gettempdir())
    with one_of([folder / f"cress-portal-press-{os.getuid()}-{number}" for number in presses], wait):
        yield


@contextmanager
def one_of(places: list[Path], wait: float | None = None) -> Iterator[None]:
    """Hold one of some places, each a file that is locked; the kernel frees it if we are killed.

    Args:
        places: any of them will do.
        wait: how long to wait for one, in seconds; by default as long as somebody waits before a page.

    Raises:
        BusyPressError: all were held for that long.
    """
    deadline = time.monotonic() + (PATIENCE_SECONDS if wait is None else wait)
    while True:
        for path in places:
            with path.open("a") as lock:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    continue
                os.utime(lock.fileno())  # says to the others since when
                yield
                return
        if time.monotonic() > deadline:
            raise BusyPressError(len(places), time.time() - min(map(since, places)))
        time.sleep(0.2)


def since(place: Path) -> float:
    """Give when a place was taken; now, where it was freed in between."""
    try:
        return place.stat().st_mtime
    except FileNotFoundError:
        return time.time()


def attached_in(pdf: bytes) -> bytes:
    """Give back the file that ``write_pdf`` put inside a document; nothing where there is none."""
    found = EMBEDDED.search(pdf)
    return zlib.decompressobj().decompress(pdf[found.end() :]) if found else b""


def sweep(folder: Path) -> None:
    """Remove what killed processes left: unfinished files, places that nobody holds."""
    for left in (*folder.glob("*.part"), *folder.glob("*.lock")):
        with suppress(FileNotFoundError):  # it was finished, or swept, in between
            if time.time() - left.stat().st_mtime > STALE_SECONDS:
                left.unlink()


def pdf_bytes(html: str, attached: AttachedFile | None = None) -> bytes:
    """Print ``html`` and give the document, without keeping it: a draft is printed each time it is asked for.

    Raises:
        PrintingError: as ``write_pdf``.
    """
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "document.pdf"
        write_pdf(html, target, attached)
        return target.read_bytes()
