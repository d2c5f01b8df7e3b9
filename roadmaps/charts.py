"""The figures that the booklet draws: each drawing comes with its words, prepared once, and holds without colour."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from roadmaps.progress import COUNTED, UNSAID, Situation, Status, tally
from ui.charts import Bars
from ui.typography import number

ROUND = Decimal("94.25")  # once around a ring whose radius is 15
STACK_WIDTH, STACK_HEIGHT = 240, 8
HATCHES = {  # of a status in a stack, told apart without colour: which lines cross it, and how far apart they are
    Status.ONGOING: ("/", 4),
    Status.PLANNED: ("", 0),
    Status.PAUSED: ("|", 4),
    Status.DROPPED: ("/\\", 5),
    UNSAID: ("-", 3),
}


def counted(uid: str, caption: str, name: str, counts: Iterable[tuple[str, int]]) -> Bars:
    """Draw counts of actions."""
    values = [(label, Decimal(count), number(count)) for label, count in counts]
    return Bars.of(uid, caption, (name, "Actions"), values)


def share(row: dict[str, Any]) -> str:
    """Give the length of a percentage along the ring that draws it; nothing where the figure is no share."""
    if row["unit"] != "%":
        return ""
    value = Decimal(row["value"].replace("\u202f", "").replace(",", ".").replace("\u2212", "-"))
    return f"{value * ROUND / 100:.2f}" if 0 <= value <= 100 else ""  # noqa: PLR2004


@dataclass(frozen=True)
class Segment:
    """A part of a stack: a status, filled or crossed by its lines."""

    x: float
    width: float
    is_filled: bool
    lines: str  # of its hatching, as an SVG path


@dataclass(frozen=True)
class Stack:
    """How many of some actions have each status, in words and as parts of a bar."""

    label: str
    is_top: bool
    words: str
    segments: list[Segment]

    @classmethod
    def of(cls, label: str, situations: list[Situation], *, is_top: bool) -> "Stack":
        """Draw how some actions stand.

        Args:
            label: whose they are.
            situations: theirs, one at least.
            is_top: all of them, or those of a first-level objective.
        """
        counts = Counter(one.status for one in situations)
        segments, x = [], 0.0
        for status in COUNTED:
            width = counts[status] * STACK_WIDTH / len(situations)
            if width:
                segments.append(segment(status, x, width))
            x += width
        return cls(label, is_top, tally(situations), segments)


def segment(status: str, x: float, width: float) -> Segment:
    """Draw a status between two abscissas of a bar."""
    strokes, step = HATCHES.get(status, ("", 0))
    lines = "".join(line for stroke in strokes for line in hatching(stroke, x, x + width, step))
    return Segment(round(x, 1), round(width, 1), is_filled=status == Status.DONE, lines=lines)


def hatching(stroke: str, start: float, end: float, step: int) -> Iterator[str]:
    """Give the lines that cross a part of a bar; a slanted one is cut where the part ends."""
    if stroke == "-":
        for y in range(step, STACK_HEIGHT, step):
            yield f"M{start:.1f} {y}H{end:.1f}"
        return
    lean = 0 if stroke == "|" else STACK_HEIGHT
    foot = start - lean + step / 2
    while foot < end:
        low, high = max(foot, start), min(foot + lean, end)
        yield slanted(stroke, foot, low, high)
        foot += step


def slanted(stroke: str, foot: float, low: float, high: float) -> str:
    """Draw what lies between two abscissas of a line that leaves the bottom, or the top, of a bar at ``foot``."""
    if stroke == "|":
        return f"M{foot:.1f} 0V{STACK_HEIGHT}"
    ends = [low - foot, high - foot]
    first, last = [STACK_HEIGHT - rise for rise in ends] if stroke == "/" else ends
    return f"M{low:.1f} {first:.1f}L{high:.1f} {last:.1f}"


def legend(situations: Iterable[Situation]) -> list[dict[str, Any]]:
    """Give the statuses that a drawing shows, each with its look."""
    shown = {one.status: one.label for one in situations}
    return [{"label": shown[status], "segment": segment(status, 0, 16)} for status in COUNTED if status in shown]
