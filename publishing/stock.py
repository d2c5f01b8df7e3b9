"""Files made on demand, and kept for as long as they are asked for: they can always be made again."""

import os
import time
from collections.abc import Callable
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
        make(path)
        clear(path.parent)
        return path.open("rb")
    os.utime(path)
    return file


def clear(folder: Path) -> None:
    """Take away what nobody asked for in a month."""
    for path in folder.iterdir():
        if time.time() - path.stat().st_mtime > UNUSED_SECONDS:
            path.unlink(missing_ok=True)
