"""The styles that a page has before its own, lightened: the same bytes in a sixth less memory.

WeasyPrint 70 begins with rules on every element for the marks of its list and for five kinds of notes, and so works out
seven styles an element where one is of use. Our pages have no notes, and marks only in their lists.
"""

import re
from pathlib import Path
from typing import Any

import weasyprint
from weasyprint import CSS, HTML
from weasyprint.css.counters import CounterStyle

NOTES = re.compile(r"^::(?:foot)?note-.*$", re.MULTILINE)
MARKS = re.compile(r"^::marker", re.MULTILINE)


class Page(HTML):
    """A page that is printed, with the styles that it needs. The method that gives them is private."""

    def _ua_stylesheets(self, forms: bool = False) -> list[Any]:  # noqa: FBT001, FBT002 WeasyPrint’s signature
        return [CSS(string=light_styles(), counter_style=CounterStyle())]


def light_styles() -> str:
    """Give WeasyPrint’s own first styles without those that every element would carry for nothing."""
    styles = (Path(weasyprint.__file__).parent / "css" / "html5_ua.css").read_text(encoding="utf-8")
    return MARKS.sub("li::marker", NOTES.sub("", styles))
