"""What a result shows of a text: the passage that answers best, the words looked for marked."""

from bisect import bisect_left

from django.utils.html import escape
from django.utils.safestring import SafeString

from finding.words import Word, words

LENGTH = 240  # signs of an excerpt
BEFORE = 60  # signs that lead to the first word that is marked


def marked(text: str, stems: set[str]) -> SafeString:
    """Give a text to a page, the words looked for marked."""
    return with_marks(text, [word for word in words(text) if word.stem in stems], 0, len(text))


def excerpt(text: str, stems: set[str]) -> SafeString:
    """Give the passage of a text where most of the words looked for are, or its beginning."""
    hits = [word for word in words(text) if word.stem in stems]
    start, end = passage(text, densest(hits))
    shown = with_marks(text, [word for word in hits if word.start >= start and word.end <= end], start, end)
    return SafeString(f"{'… ' if start else ''}{shown}{' …' if end < len(text) else ''}")


def densest(hits: list[Word]) -> int:
    """Give where the passage with the most different words starts; the first of equals."""
    starts = [word.start for word in hits]

    def answers(rank: int) -> int:
        return len({word.stem for word in hits[rank : bisect_left(starts, starts[rank] + LENGTH - BEFORE)]})

    best = max(range(len(hits)), key=answers, default=None)
    return 0 if best is None else starts[best]


def passage(text: str, first: int) -> tuple[int, int]:
    """Give the bounds of a passage around a place, between two words."""
    start = max(0, first - BEFORE)
    if start:
        space = text.find(" ", start, first)
        start = first if space < 0 else space + 1
    end = start + LENGTH
    if end >= len(text):
        return start, len(text)
    space = text.rfind(" ", start, end)
    return start, end if space <= first else space


def with_marks(text: str, hits: list[Word], start: int, end: int) -> SafeString:
    pieces, here = [], start
    for word in hits:
        pieces += [escape(text[here : word.start]), "<mark>", escape(text[word.start : word.end]), "</mark>"]
        here = word.end
    return SafeString("".join([*pieces, escape(text[here:end])]))
