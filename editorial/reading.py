"""A page as it is read: all that its template shows, prepared from its online text or from what is being written."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.safestring import SafeString

from editorial.models import Page, Text
from editorial.tree import Tree
from roadmaps.sigles import FirstUses
from ui.headings import Heading, anchored
from ui.rich_text import render

LONG = 3  # headings of the first level from which a page has a list of them


@dataclass(frozen=True)
class Link:
    """A way to another page."""

    title: str
    url: str
    summary: str


@dataclass(frozen=True)
class Reading:
    """What a reader sees of a page."""

    title: str
    summary: str
    body: SafeString
    contents: list[Heading]
    above: list[Link]
    children: list[Link]
    previous: Link | None
    following: Link | None
    updated_at: datetime

    @classmethod
    def online(cls, page: Page, tree: Tree) -> "Reading":
        """Give what everyone reads; the page has its online text."""
        return cls._of(page, tree, lambda one: one.online, Page.get_absolute_url, page.online.published_at)

    @classmethod
    def draft(cls, page: Page, tree: Tree) -> "Reading":
        """Give what is being written, each link leading to another preview."""
        return cls._of(page, tree, lambda one: one, preview_url, page.modified_at)

    @classmethod
    def _of(
        cls, page: Page, tree: Tree, text_of: Callable[[Page], Text], url: Callable[[Page], str], at: datetime
    ) -> "Reading":
        def link(other: Page) -> Link:
            return Link(text_of(other).title, url(other), text_of(other).summary)

        text, (before, after) = text_of(page), tree.around(page)
        body, headings = anchored(FirstUses().explained(render(text.body, under=1)))
        first = [heading for heading in headings if heading.level == 2]  # noqa: PLR2004 just under the h1
        return cls(
            title=text.title,
            summary=text.summary,
            body=body,
            contents=first if len(first) >= LONG else [],
            above=[link(one) for one in tree.above(page)],
            children=[link(one) for one in tree.children(page)],
            previous=link(before) if before else None,
            following=link(after) if after else None,
            updated_at=at,
        )


def preview_url(page: Page) -> str:
    return reverse("page-preview", args=[page.pk])
