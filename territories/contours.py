"""The shapes of a région’s collectivités, as SVG paths (territories/data/contours/README.md)."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "data" / "contours"


@dataclass(frozen=True)
class Contours:
    """The drawing of a région, by code of its collectivités: SIREN of an EPCI, INSEE code otherwise."""

    width: int
    height: int
    places: dict[str, dict[str, Any]]  # path
    departements: dict[str, dict[str, Any]]  # path, and where the number is written (middle)


@cache
def contours(region: str) -> Contours | None:
    """Give the drawing of a région, by its INSEE code; nothing where there is none."""
    drawn = {path.stem: path for path in FOLDER.glob("*.json")}
    return Contours(**json.loads(drawn[region].read_text())) if region in drawn else None
