"""Files made on demand, and kept for as long as they are asked for: they can always be made again."""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

FOLDER = "impressions"
UNUSED_SECONDS = 30 * 24 * 3600  # after which a file goes


def stocked(name: str, make: Callable[[Path], None]) -> BinaryIO:
    """Open a file of the stock, made the first time.

    Args:
        name: says all that the file shows: what is named the same is the same.
        make: writes it at a path, whole or not at all.
    """
    path = Path(settings.MEDIA_ROOT) / FOLDER / name
    try:
        file = path.open("rb")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        with in_turn(path):
            if not path.exists():  # whoever was first has made it
                make(path)
        clear(path.parent)
        return path.open("rb")
    os.utime(path)
    return file


@contextmanager
def in_turn(path: Path) -> Iterator[None]:
    """Hold a file’s place while it is made; whoever else wants it waits, and the kernel frees it if we are killed."""
    place = path.with_name(f"{path.name}.lock")
    with place.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            yield
        finally:
            place.unlink(missing_ok=True)


def clear(folder: Path) -> None:
    """Take away what nobody asked for in a month."""
    for path in folder.iterdir():
        with suppress(FileNotFoundError):  # it was finished, or cleared, in between
            if time.time() - path.stat().st_mtime > UNUSED_SECONDS:
                path.unlink()
