"""Where each roadmap of a list stands: its editions, how complete the latest is, when it was last worked on."""

from collections.abc import Iterable
from dataclasses import dataclass

from roadmaps.completeness import Progress, progress_of
from roadmaps.freshness import Freshness, freshness_of
from roadmaps.models import Edition, Roadmap


@dataclass(frozen=True)
class Standing:
    """A line of the list."""

    roadmap: Roadmap
    editions: list[Edition]  # the latest first
    progress: Progress  # of the latest: the draft, where there is one
    freshness: Freshness

    @property
    def draft(self) -> Edition | None:
        return None if self.editions[0].is_published else self.editions[0]

    @property
    def current(self) -> Edition | None:
        """The one that everyone reads."""
        return next((edition for edition in self.editions if edition.is_published), None)


def standings(roadmaps: Iterable[Roadmap]) -> list[Standing]:
    """Weigh the roadmaps given by ``with_state`` that have an edition, in two queries."""
    known = [roadmap for roadmap in roadmaps if roadmap.all_editions]  # type: ignore[attr-defined]  # prefetched
    latest = {roadmap.pk: roadmap.all_editions[0] for roadmap in known}  # type: ignore[attr-defined]
    progress, freshness = progress_of(latest.values()), freshness_of(latest.values())
    return [
        Standing(
            roadmap,
            roadmap.all_editions,  # type: ignore[attr-defined]
            progress[latest[roadmap.pk].pk],
            freshness[latest[roadmap.pk].pk],
        )
        for roadmap in known
    ]
