"""Who carries a roadmap, as the cover of its document shows them."""

from dataclasses import dataclass

from roadmaps.models import Roadmap


@dataclass(frozen=True)
class Carrier:
    """A collectivité on a cover: plain values, which stay what they were when it is renamed or draws another logo."""

    name: str
    logo: str  # the name of its file, which says what it shows; empty without one
    logo_alternative: str


def carriers_on_cover(roadmap: Roadmap) -> list[Carrier]:
    """Give those who carry a roadmap, the main one first.

    Args:
        roadmap: with its collectivité loaded, and those that carry it too.
    """
    return [Carrier(one.display_name, one.logo.name or "", one.logo_alternative) for one in roadmap.carriers]
