"""A rich text as blocks (paragraphs, lists, tables…) that hold words, and the blocks of two texts face to face."""

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from functools import cached_property

from ui.passages import Word, words
from ui.rich_text import sanitise

Pair = tuple["Block | None", "Block | None"]

_TOKEN = re.compile(r'<(?P<end>/?)(?P<name>[a-z0-9]+)(?:[^>"]|"[^"]*")*>|(?P<text>[^<]+)')
_INLINE = {"a", "strong", "em"}
_LINES = {"p", "h3", "h4", ""}  # hold nothing but words; "" is a run of words straight in a list item or a cell
_LISTS = {"ul", "ol"}
_ALIKE = 0.3  # share of words in common from which one block is the other, reworded
_LONGEST = 60  # blocks in a row of which each is tried against each


class Block:
    """An element that holds blocks or, when it has none, words."""

    def __init__(self, name: str, opening: str = "") -> None:
        self.name, self.opening = name, opening
        self.closing = f"</{name}>" if name else ""
        self.children: list[Block] = []
        self.words: list[Word] = []

    @property
    def kind(self) -> str:
        """What it can be another state of: a paragraph made a heading is the same, reworded or not."""
        return "line" if self.name in _LINES else "list" if self.name in _LISTS else self.name

    @cached_property
    def all_words(self) -> list[str]:
        return [*(word.key for word in self.words), *(key for child in self.children for key in child.all_words)]

    @cached_property
    def count(self) -> Counter[str]:
        return Counter(self.all_words)

    @property
    def signature(self) -> tuple[str, ...]:
        return (self.kind, self.shape, *self.all_words)

    @cached_property
    def shape(self) -> str:
        return "".join(f"{child.kind}({child.shape})" for child in self.children)

    @property
    def is_in_words(self) -> bool:
        return self.name in _LINES or bool(self.children and not self.children[-1].name)

    def run(self) -> "Block":
        """Give the block at its end where words may be written."""
        if self.name in _LINES:
            return self
        if not self.is_in_words:
            self.children.append(Block(""))
        return self.children[-1]


def lines(text: str) -> list[Block]:
    """Read a plain text, line by line."""
    found = []
    for line in text.split("\n"):
        found.append(Block(""))
        found[-1].words = [*words(line)]
    return found


def blocks(rich_text: str) -> list[Block]:
    """Read a rich text, sanitised first: whatever is given, what comes out of the blocks is sound."""
    root = Block("root")
    open_blocks, style = [root], list[str]()
    for token in _TOKEN.finditer(sanitise(rich_text)):
        name = token["name"]
        if token["text"]:
            write(open_blocks[-1], token["text"], tuple(style))
        elif name == "br":
            open_blocks[-1].run().words.append(Word("\n", "<br>"))
        elif name in _INLINE:
            style.append(token[0]) if not token["end"] else style.pop()
        elif token["end"]:
            leave(open_blocks, name)
        else:
            if open_blocks[-1].name in _LINES:  # a line holds no block
                open_blocks.pop()
            open_blocks[-1].children.append(Block(name, token[0]))
            open_blocks.append(open_blocks[-1].children[-1])
    return root.children


def write(block: Block, text: str, style: tuple[str, ...]) -> None:
    """Add words at the end of a block; the line ends of its source are spaces, those between blocks nothing."""
    if not text.strip() and not block.is_in_words:
        return
    written, found = block.run().words, list(words(html.unescape(text).replace("\n", " "), style))
    if found and not found[0].html:  # a space at the start belongs after the word before
        space = found.pop(0).space
        if written:
            written[-1] = written[-1]._replace(space=space)
    written.extend(found)


def leave(open_blocks: list[Block], name: str) -> None:
    if any(block.name == name for block in open_blocks):
        while open_blocks.pop().name != name:
            pass


def pairs(old: list[Block], new: list[Block]) -> Iterator[Pair]:
    """Put blocks face to face, in order: the same one or its new state, else nothing."""
    matcher = SequenceMatcher(None, [one.signature for one in old], [one.signature for one in new])
    for code, i, j, k, m in matcher.get_opcodes():
        yield from zip(old[i:j], new[k:m], strict=True) if code == "equal" else alike(old[i:j], new[k:m])


def is_same(pair: Pair) -> bool:
    """Say whether nothing of a block changed but its styles."""
    old, new = pair
    return bool(old and new and old.signature == new.signature)


def alike(old: list[Block], new: list[Block]) -> Iterable[Pair]:
    """Pair the blocks that have most words in common, without crossing; a block alone faces the one alone."""
    is_alone = len(old) == len(new) == 1
    if len(old) > _LONGEST or len(new) > _LONGEST:
        return [*((one, None) for one in old), *((None, one) for one in new)]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i, one in reversed(list(enumerate(old))):
        for k, other in reversed(list(enumerate(new))):
            paired = best[i + 1][k + 1] + likeness(one, other, is_alone=is_alone)
            best[i][k] = max(paired, best[i + 1][k], best[i][k + 1])
    return followed(old, new, best)


def followed(old: list[Block], new: list[Block], best: list[list[float]]) -> Iterator[Pair]:
    """Follow the best way through a table: what leaves comes before what arrives."""
    i = k = 0
    while i < len(old) or k < len(new):
        if i < len(old) and (k == len(new) or best[i][k] == best[i + 1][k]):
            yield old[i], None
            i += 1
        elif k < len(new) and (i == len(old) or best[i][k] == best[i][k + 1]):
            yield None, new[k]
            k += 1
        else:
            yield old[i], new[k]
            i, k = i + 1, k + 1


def likeness(old: Block, new: Block, *, is_alone: bool) -> float:
    """Say how much of two blocks is the same, from 0 to 1; 0 if one cannot be the other."""
    if old.kind != new.kind or (old.name == "tr" and len(old.children) != len(new.children)):
        return 0
    common, total = (old.count & new.count).total(), len(old.all_words) + len(new.all_words)
    share = 2 * common / total if total else 1
    return share if share >= _ALIKE else _ALIKE * is_alone
