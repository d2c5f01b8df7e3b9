"""The headings of a text that a page shows: each can be pointed at, and a long text has a list of them."""

import html
import re
from collections import Counter
from dataclasses import dataclass

from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.text import slugify

_HEADING = re.compile(r"<h(?P<level>[2-6])>(?P<inner>.*?)</h(?P=level)>", re.DOTALL)


@dataclass(frozen=True)
class Heading:
    """A heading of a text: where it is and what it says."""

    key: str
    title: str
    level: int


def anchored(text: SafeString) -> tuple[SafeString, list[Heading]]:
    """Give each heading of a text an id of its own.

    Args:
        text: as `ui.rich_text.render` gives it.

    Returns:
        The text, and its headings in order; one that says nothing is left as it is.
    """
    headings: list[Heading] = []
    seen: Counter[str] = Counter()

    def anchor(found: re.Match[str]) -> str:
        title = " ".join(html.unescape(strip_tags(found["inner"])).split())
        if not title:
            return found[0]
        key = f"partie-{slugify(title)[:60].strip('-')}"
        seen[key] += 1
        if seen[key] > 1:
            key = f"{key}--{seen[key]}"
        headings.append(Heading(key, title, int(found["level"])))
        return f'<h{found["level"]} id="{key}">{found["inner"]}</h{found["level"]}>'

    return SafeString(_HEADING.sub(anchor, text)), headings
