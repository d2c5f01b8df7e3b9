"""What the search finds of policy pages: their text online."""

from collections.abc import Iterable, Iterator
from typing import Any

from editorial.models import Page
from finding.index import Kind, Offer, Source
from ui.rich_text import plain


def online_pages() -> Any:
    return Page.objects.published().select_related("online")


def page_offers(page: Page) -> Iterator[Offer]:
    text = page.online
    yield Offer(
        "page",
        page.get_absolute_url(),
        text.title,
        "Politiques ESS",
        text.summary,
        plain(text.body),
        text.published_at,
    )


PAGES = Source("page", (Kind("page", "Page", "Pages", weight=6),), online_pages, page_offers)


def refresh_pages(pages: Iterable[Page]) -> None:
    """Say again in the search what is online of some pages."""
    PAGES.refresh(*(page.pk for page in pages))
