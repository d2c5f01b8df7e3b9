"""Where pages stand: under which page, at which address, in which order.

Ranks are dense among siblings: 0, 1, 2… An address left behind leads to the new one. Each verb is called in a
transaction that holds the tree.
"""

from django.db.models import QuerySet

from editorial.models import MAX_LEVELS, FormerAddress, Page
from editorial.tree import Tree
from roadmaps.outline import renumber


def hold_tree() -> None:
    """Keep the others from moving or publishing pages until the transaction ends."""
    list(Page.objects.select_for_update().order_by("pk").values_list("pk", flat=True))


def path_under(parent: Page | None, slug: str) -> str:
    return f"{parent.path}/{slug}" if parent else slug


def siblings(page: Page) -> QuerySet[Page]:
    """Give the pages among which one is ordered, in order, itself included once saved."""
    return Page.objects.filter(parent=page.parent_id)


def possible_parents(page: Page, tree: Tree) -> list[Page]:
    """Give the pages under which one may stand with all that is below it, in reading order.

    What is online stands only under what is online.
    """
    below = [*tree.below(page)] if page.pk else []
    height = max((one.level for one in below), default=page.level) - page.level + 1 if page.pk else 1
    return [
        one
        for one in tree.pages
        if one.pk != page.pk
        and one not in below
        and one.level + height <= MAX_LEVELS
        and (one.is_published or not page.is_published)
    ]


def settle(page: Page, former: Page | None) -> None:
    """Follow a page that was just saved: its rank among new siblings, and the addresses of its whole branch.

    Args:
        page: as it is now.
        former: as it was; None for a new one.
    """
    if former is None or former.parent_id != page.parent_id:
        others = list(siblings(page).exclude(pk=page.pk))
        renumber([*others, page])
        if former:
            close_gap(former)
    if former and former.path != page.path:
        carry_branch(page, former.path)


def carry_branch(page: Page, former_path: str) -> None:
    """Give the pages below one their new addresses, and let every former one of the branch lead on."""
    below = list(Page.objects.below(former_path).select_related("online"))
    left = [FormerAddress(path=former_path, page=page), *(FormerAddress(path=one.path, page=one) for one in below)]
    for one in below:
        one.path = page.path + one.path.removeprefix(former_path)
    Page.objects.bulk_update(below, ["path"])
    take_address([page, *below])
    FormerAddress.objects.bulk_create(left, ignore_conflicts=True)  # one that led elsewhere already still does


def take_address(pages: list[Page]) -> None:
    """Have former addresses lead no more where pages are online now; a draft takes nobody’s address."""
    FormerAddress.objects.filter(path__in=[one.path for one in pages if one.is_published]).delete()


def move(page: Page, step: int) -> bool:
    """Move a page among its siblings, -1 for up and 1 for down; False where it is at the end already."""
    rows = list(siblings(page))
    here = rows.index(page)
    there = here + step
    possible = 0 <= there < len(rows)
    if possible:
        rows.insert(there, rows.pop(here))
    renumber(rows)
    return possible


def close_gap(page: Page) -> None:
    """Number again the siblings that a page has left, or is leaving."""
    renumber(list(siblings(page).exclude(pk=page.pk)))
