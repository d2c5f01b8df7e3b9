"""The pages as a tree, read in one query whatever their number."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from editorial.models import Page


class Tree:
    """Pages in reading order: each before those below it, siblings by their rank."""

    def __init__(self, pages: Iterable[Page]) -> None:
        self._by_parent: dict[int | None, list[Page]] = defaultdict(list)
        for page in pages:
            self._by_parent[page.parent_id].append(page)
        self.pages = [*self.below(None)]
        self._by_pk = {page.pk: page for page in self.pages}

    @classmethod
    def online(cls) -> "Tree":
        """Give what everyone reads."""
        return cls(Page.objects.published().in_brief())

    @classmethod
    def whole(cls) -> "Tree":
        """Give what staff see."""
        return cls(Page.objects.in_brief().with_state())

    @property
    def roots(self) -> list[Page]:
        return self.children(None)

    def children(self, page: Page | None) -> list[Page]:
        """Give the pages just below one, or those of the first level."""
        return self._by_parent.get(page.pk if page else None, [])

    def below(self, page: Page | None) -> Iterator[Page]:
        """Give the pages below one, at any level, in reading order."""
        for child in self.children(page):
            yield child
            yield from self.below(child)

    def above(self, page: Page) -> list[Page]:
        """Give the pages above one, from the first level down."""
        found: list[Page] = []
        while parent := self._by_pk.get(page.parent_id or 0):
            found.insert(0, parent)
            page = parent
        return found

    def around(self, page: Page) -> tuple[Page | None, Page | None]:
        """Give the page before and the page after, in reading order."""
        here = next(rank for rank, one in enumerate(self.pages) if one.pk == page.pk)
        after = here + 1
        return self.pages[here - 1] if here else None, self.pages[after] if after < len(self.pages) else None
