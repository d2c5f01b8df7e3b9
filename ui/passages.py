"""Two texts cut into words, the French way, then into passages that face each other."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import NamedTuple

from django.utils.html import escape

# A figure with its no-break spaces; a word with its hyphens and the apostrophe that ends it; any other sign.
_WORD = re.compile(r"(\d+(?:[\u00a0\u202f.,]\d+)*(?!\w)|\w+(?:-\w+)*[’']?|[^\w\s])(\s*)|\s+")
_TINY = 3  # signs: two changes that only « de » or a comma parts read better as one
_REWRITTEN = 0.2  # share of a text under which what stayed is only chance


class Word(NamedTuple):
    """A word and the space after it: spaces, apostrophes and styles are shown, and are no difference."""

    key: str
    html: str
    space: str = ""
    style: tuple[str, ...] = ()  # the opening tags around it

    @property
    def is_seen(self) -> bool:
        return bool(self.key.strip())


class Passage(NamedTuple):
    """What stands in the old text and, at the same place, in the new one."""

    old: list[Word]
    new: list[Word]
    is_same: bool


def words(text: str, style: tuple[str, ...] = ()) -> Iterable[Word]:
    """Cut a text into words; put together again, they are the text.

    Args:
        text: plain, without markup.
        style: the opening tags around it; to lead elsewhere is to say something else.
    """
    address = "".join(tag for tag in style if tag.startswith("<a"))
    for match in _WORD.finditer(text):
        word = match[1] or ""
        yield Word(word.replace("’", "'") + address, escape(word), match[2] if word else match[0], style)


def passages(old: list[Word], new: list[Word]) -> list[Passage]:
    """Give the passages of two texts, in order, those that say the same and those that do not in turn."""
    found: list[Passage] = []
    matcher = SequenceMatcher(None, [word.key for word in old], [word.key for word in new])
    for code, i, j, k, m in matcher.get_opcodes():
        found.append(Passage(old[i:j], new[k:m], is_same=code == "equal"))
    found = [passage for passage in joined(found) if passage.old or passage.new]
    shortest = min(size(old), size(new))
    kept = sum(size(passage.new) for passage in found if passage.is_same)
    if 0 < kept < shortest * _REWRITTEN:
        return [Passage(old, new, is_same=False)]
    return found


def joined(found: list[Passage]) -> Iterable[Passage]:
    """Join the changes that next to nothing parts."""
    waiting: Passage | None = None
    for rank, passage in enumerate(found):
        is_between = waiting is not None and is_tiny(passage) and rank + 1 < len(found)
        if passage.is_same and not is_between:
            if waiting:
                yield waiting
            waiting = None
            yield passage
        elif waiting:
            waiting = Passage(waiting.old + passage.old, waiting.new + passage.new, is_same=False)
        else:
            waiting = passage
    if waiting:
        yield waiting


def is_tiny(passage: Passage) -> bool:
    return size(passage.new) <= _TINY


def size(text: Iterable[Word]) -> int:
    return sum(len(word.key) for word in text)
