"""Who carries a roadmap, as the cover of its document shows them."""

from collections.abc import Iterable
from dataclasses import dataclass

from territories.models import Collectivite


@dataclass(frozen=True)
class Carrier:
    """A collectivité on a cover: plain values, which stay what they were when it is renamed or draws another logo."""

    name: str
    logo: str  # the name of its file, which says what it shows; empty without one
    logo_alternative: str


def carriers_on_cover(carriers: Iterable[Collectivite]) -> list[Carrier]:
    """Say who carries a roadmap.

    Args:
        carriers: the main one first.
    """
    return [Carrier(one.display_name, one.logo.name or "", one.logo_alternative) for one in carriers]
