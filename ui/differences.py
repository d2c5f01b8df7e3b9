"""What changed between two texts, shown with marks: to be seen without colour, and heard.

A removed passage is struck through and an added one underlined (`ui/scss/_components.scss`); a screen reader says
« supprimé » or « ajouté » before it.
"""

from collections.abc import Iterable, Sequence
from enum import Enum
from itertools import groupby, zip_longest

from django.utils.safestring import SafeString

from ui.blocks import Block, Pair, blocks, is_same, lines, pairs
from ui.passages import Passage, Word, passages, words
from ui.rich_text import placed

SAID = {"ins": "ajouté", "del": "supprimé"}
LEFT_OUT = '<p class="muted">[…]<span class="visually-hidden"> passage inchangé</span></p>'


class Shown(Enum):
    """Which of two texts is shown."""

    BOTH = "both"
    OLD = "old"
    NEW = "new"


def marked(before: str, after: str) -> SafeString:
    """Show a plain text as it becomes: what is removed, then what is added, line by line and word by word."""
    return SafeString("\n".join(_blocks(pairs(lines(before), lines(after)), Shown.BOTH)))


def replaced(before: str, after: str) -> SafeString:
    """Show a value in the place of another: a figure, a date, a choice, whole."""
    both = [_mark(tag, [*words(text)]) for tag, text in (("del", before), ("ins", after)) if text]
    return SafeString(" → ".join(both))


def sides(before: str, after: str) -> tuple[SafeString, SafeString]:
    """Show two plain texts side by side: in the first what is removed, in the second what is added."""
    found = [*pairs(lines(before), lines(after))]
    left, right = ("\n".join(_blocks(found, side)) for side in (Shown.OLD, Shown.NEW))
    return SafeString(left), SafeString(right)


def marked_rich(before: str, after: str, *, under: int = 2, is_whole: bool = True) -> SafeString:
    """Show a rich text as it becomes, block by block.

    Args:
        before: the old text, as stored or as typed.
        after: the new one.
        under: level of the heading that it stands under, as for `ui.rich_text.render`.
        is_whole: whether the blocks that stay are shown, or only said to be left out.
    """
    found = [*pairs(blocks(before), blocks(after))]
    if is_whole or all(is_same(pair) for pair in found):
        return placed(_body(found, Shown.BOTH), under=under)
    runs = groupby(found, is_same)
    return placed("".join(LEFT_OUT if same else _body(run, Shown.BOTH) for same, run in runs), under=under)


def sides_rich(before: str, after: str, *, under: int = 2) -> tuple[SafeString, SafeString]:
    """Show two rich texts side by side: in the first what is removed, in the second what is added."""
    found = [*pairs(blocks(before), blocks(after))]
    return placed(_body(found, Shown.OLD), under=under), placed(_body(found, Shown.NEW), under=under)


def _line(old: list[Word], new: list[Word], shown: Shown) -> str:
    found = passages(old, new)
    return "".join(_passage(one, after, shown) for one, after in zip_longest(found, found[1:]))


def _passage(passage: Passage, after: Passage | None, shown: Shown) -> str:
    if passage.is_same:
        kept = list(passage.old if shown is Shown.OLD else passage.new)
        if after and after.old and shown is Shown.BOTH and not kept[-1].space:  # what is removed stood apart
            kept[-1] = kept[-1]._replace(space=passage.old[-1].space)
        return _written(kept)
    is_gone = shown is Shown.NEW or (shown is Shown.BOTH and not any(word.is_seen for word in passage.old))
    old = "" if is_gone else _mark("del", passage.old)
    new = "" if shown is Shown.OLD else _mark("ins", passage.new)
    return f"{old} {new}" if old and new and not old[-1].isspace() else old + new


def _mark(tag: str, text: list[Word]) -> str:
    """Mark a passage, without the space after it; one that shows nothing bears no mark."""
    if not any(word.is_seen for word in text):
        return _written(text)
    *start, last = text
    inner = _written([*start, last._replace(space="")])
    return f'<{tag}><span class="visually-hidden">{SAID[tag]}\u00a0: </span>{inner}</{tag}>{last.space}'


def _written(text: Sequence[Word]) -> str:
    """Write words out, those of one style together."""
    written = ""
    for style, run in groupby(text, lambda word: word.style):
        found = list(run)
        inner = "".join(word.html + word.space for word in found).removesuffix(found[-1].space)
        closing = "".join(f"</{tag[1:-1].split()[0]}>" for tag in reversed(style))
        written += f"{''.join(style)}{inner}{closing}{found[-1].space}"
    return written


def _body(found: Iterable[Pair], shown: Shown) -> str:
    return "".join(_blocks(found, shown))


def _blocks(found: Iterable[Pair], shown: Shown) -> Iterable[str]:
    """Write the blocks that stand on the side shown, as they become where there are two."""
    for old, new in found:
        block = (new or old) if shown is Shown.BOTH else old if shown is Shown.OLD else new
        if shown is Shown.BOTH and not new and block and not block.signature[2:]:
            continue  # an empty line that goes leaves nothing to see
        if block:
            yield _block(block, old or Block(block.name), new or Block(block.name), shown)


def _block(block: Block, old: Block, new: Block, shown: Shown) -> str:
    if block.name == "tr" and len(old.children) == len(new.children):  # cells face each other by their column
        found: Iterable[Pair] = zip(old.children, new.children, strict=True)
    else:
        found = pairs(old.children, new.children)
    return f"{block.opening}{_line(old.words, new.words, shown)}{_body(found, shown)}{block.closing}"
