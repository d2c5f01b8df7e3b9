"""Files made on demand, and kept for as long as they are asked for: they can always be made again."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from publishing.pdf import one_of

FOLDER = "impressions"
UNUSED_SECONDS = 30 * 24 * 3600  # after which a file goes
LOCK = ".lock"


def stocked(name: str, make: Callable[[Path], None]) -> BinaryIO:
    """Open a file of the stock, made the first time.

    Args:
        name: says all that the file shows: what is named the same is the same.
        make: writes it at a path, whole or not at all.

    Raises:
        BusyPressError: somebody else’s asking has it made, and it takes longer than one waits before a page.
    """
    path = place_of(name)
    try:
        file = path.open("rb")
    except FileNotFoundError:
        with in_turn(path):
            if not path.exists():  # whoever was first has made it
                make(path)
            file = path.open("rb")
        clear(path.parent)
        return file
    with suppress(FileNotFoundError):  # it was cleared in between, and is ours to read all the same
        os.utime(path)
    return file


def place_of(name: str) -> Path:
    return Path(settings.MEDIA_ROOT) / FOLDER / name


@contextmanager
def in_turn(path: Path, wait: float | None = None) -> Iterator[None]:
    """Hold a file’s place while it is made: whoever else wants it waits.

    Args:
        path: of the file; its folder is made if missing.
        wait: how long to wait for its place, in seconds; by default as long as somebody waits before a page.

    Raises:
        BusyPressError: the place was held for that long.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    place = path.with_name(f"{path.name}{LOCK}")
    with one_of([place], wait):
        try:
            yield
        finally:
            place.unlink(missing_ok=True)


def clear(folder: Path) -> None:
    """Take away what nobody asked for in a month, then what was asked for longest ago, until the rest holds."""
    used, room = time.time(), settings.PRINT_STOCK_BYTES
    for last, size, path in sorted(finished(folder), reverse=True):
        room -= size
        if room < 0 or used - last > UNUSED_SECONDS:
            path.unlink(missing_ok=True)


def finished(folder: Path) -> Iterator[tuple[float, int, Path]]:
    """Give the files of the stock, each with when it was last asked for and its size; not those that are being made."""
    for path in folder.iterdir():
        if path.suffix not in {LOCK, ".part"}:
            with suppress(FileNotFoundError):  # it was cleared in between
                stat = path.stat()
                yield stat.st_mtime, stat.st_size, path
