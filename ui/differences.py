"""What changed between two texts, shown with marks: to be seen without colour, and heard.

A removed passage is struck through and an added one underlined (`ui/scss/_components.scss`); a screen reader says
« supprimé » or « ajouté » before it.
"""

import re
from difflib import SequenceMatcher

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString
from lxml.html.diff import htmldiff

from ui.rich_text import sanitise

SAID = {"ins": "ajouté", "del": "supprimé"}
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
_MARK = re.compile(r"<(ins|del)>")
_EMPTY = re.compile(r"<(ins|del|p|li|ul|ol|h3|h4|blockquote|strong|em|a)(?: [^>]*)?>\s*</\1>")
_cleaner = nh3.Cleaner(
    tags={
        "a", "blockquote", "br", "del", "em", "h3", "h4", "ins", "li", "ol", "p", "strong", "table", "tbody", "td",
        "th", "tr", "ul",
    },
    attributes={"a": {"href"}, "th": {"scope", "colspan", "rowspan"}, "td": {"colspan", "rowspan"}},
    link_rel=None,
)  # fmt: skip


def marked(before: str, after: str) -> SafeString:
    """Show a plain text as it becomes: what is removed, then what is added, word by word."""
    return SafeString("".join(_removed(old, new) + _added(old, new) for old, new in _pieces(before, after)))


def replaced(before: str, after: str) -> SafeString:
    """Show a value in the place of another: a figure, a date, a choice, whole."""
    both = [_mark(tag, text) for tag, text in (("del", before), ("ins", after)) if text]
    return SafeString(" → ".join(both))


def sides(before: str, after: str) -> tuple[SafeString, SafeString]:
    """Show two plain texts side by side: in the first what is removed, in the second what is added."""
    pieces = list(_pieces(before, after))
    left = "".join(_removed(old, new) or escape(old) for old, new in pieces)
    right = "".join(_added(old, new) for old, new in pieces)
    return SafeString(left), SafeString(right)


def marked_rich(before: str, after: str) -> SafeString:
    """Show a rich text as it becomes."""
    return _heard(_difference(before, after))


def sides_rich(before: str, after: str) -> tuple[SafeString, SafeString]:
    """Show two rich texts side by side: in the first what is removed, in the second what is added."""
    both = _difference(before, after)
    return _heard(_without("ins", both)), _heard(_without("del", both))


def _pieces(before: str, after: str) -> list[tuple[str, str]]:
    """Cut two texts into passages that face each other; changes that only a space parts are one."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    pieces: list[tuple[str, str]] = []
    for _, i, j, k, m in SequenceMatcher(None, old, new).get_opcodes():
        piece = "".join(old[i:j]), "".join(new[k:m])
        is_gap = piece[0] == piece[1] and not piece[0].strip()
        if pieces and pieces[-1][0] != pieces[-1][1] and (is_gap or piece[0] != piece[1]):
            pieces[-1] = pieces[-1][0] + piece[0], pieces[-1][1] + piece[1]
        else:
            pieces.append(piece)
    return pieces


def _removed(old: str, new: str) -> str:
    return "" if old == new or not old else _mark("del", old)


def _added(old: str, new: str) -> str:
    if old == new:
        return escape(new)
    return _mark("ins", new) if new else ""


def _mark(tag: str, text: str) -> str:
    return f"<{tag}>{_hidden(tag)}{escape(text)}</{tag}>"


def _hidden(tag: str) -> str:
    return f'<span class="visually-hidden">{SAID[tag]}\u00a0: </span>'


def _difference(before: str, after: str) -> str:
    cleaned = _cleaner.clean(htmldiff(sanitise(before), sanitise(after)))
    return _stripped(cleaned)


def _stripped(html: str) -> str:
    """Drop the elements that hold nothing, and those that then hold nothing."""
    while (stripped := _EMPTY.sub("", html)) != html:
        html = stripped
    return html


def _without(tag: str, html: str) -> str:
    return _stripped(re.sub(rf"<{tag}>.*?</{tag}>", "", html, flags=re.DOTALL))


def _heard(html: str) -> SafeString:
    return SafeString(_MARK.sub(lambda mark: mark[0] + _hidden(mark[1]), html).strip())
