"""What a page tells machines that read it: JSON-LD, in the words of schema.org."""

import json
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}  # nothing in it closes the element


def linked_data(kind: str, **said: Any) -> SafeString:
    """Write a thing as a block of data.

    Args:
        kind: its type at schema.org: « WebSite », « WebPage ».
        said: its properties; those that say nothing are left out.
    """
    thing = {"@context": "https://schema.org", "@type": kind} | {name: value for name, value in said.items() if value}
    text = SafeString(json.dumps(thing, ensure_ascii=False).translate(_ESCAPES))
    return format_html('<script type="application/ld+json">{}</script>', text)


def breadcrumb(links: list[tuple[str, str]]) -> dict[str, Any]:
    """Give the way to a page, from the first page down.

    Args:
        links: the title and the whole address of each.
    """
    items = [
        {"@type": "ListItem", "position": rank, "name": title, "item": url}
        for rank, (title, url) in enumerate(links, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}
