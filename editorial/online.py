"""What everyone reads: a page goes online as it is written, and comes offline with all that is below it."""

from django.db import transaction
from django.utils import timezone

from editorial.findable import refresh_pages
from editorial.history import Gesture, remember
from editorial.models import FormerAddress, OnlineText, Page
from editorial.pages import online_snapshot, texts
from editorial.placing import hold_tree
from people.models import User
from publishing.versions import StaleVersionError


class HiddenError(Exception):
    """It may not go online as it is; its text says why."""


class HiddenAboveError(HiddenError):
    """The page above is not online: this one would be nowhere in the tree."""

    def __init__(self, page: Page) -> None:
        super().__init__(f"Publiez d’abord la page au-dessus : « {page.parent} ».")


def held(page: Page, version: int) -> Page:
    """Hold the tree and give a page as it is, if it is as it was read.

    Raises:
        StaleVersionError: somebody wrote in it since ``version`` was read, or deleted it.
    """
    hold_tree()
    found = Page.objects.select_related("parent__online", "online").filter(pk=page.pk, version=version).first()
    if found is None:
        raise StaleVersionError
    return found


@transaction.atomic
def publish(page: Page, version: int, by: User) -> OnlineText:
    """Put online what a page says.

    Args:
        page: which.
        version: the one that was read when the publication was decided.
        by: who decides it.

    Raises:
        HiddenAboveError: the page above is not online.
        StaleVersionError: somebody wrote in the page since, or deleted it.
    """
    page = held(page, version)
    if page.parent and not page.parent.is_published:
        raise HiddenAboveError(page)
    before = online_snapshot(page)
    FormerAddress.objects.filter(path=page.path).delete()
    said = texts(page)
    if before == said:
        return page.published
    text = OnlineText(page=page, published_at=timezone.now(), published_by=by, **said)
    text.save()
    refresh_pages([page])
    remember(page, by, Gesture.PUBLISHED, before=before, after=said)
    return text


@transaction.atomic
def withdraw(page: Page, version: int, by: User) -> None:
    """Take a page offline with all that is below it; what is written stays.

    Raises:
        StaleVersionError: somebody wrote in the page since ``version`` was read, or deleted it.
    """
    page = held(page, version)
    branch = [page, *Page.objects.below(page.path).select_related("online")]
    for one in branch:
        if one.published:
            remember(one, by, Gesture.WITHDRAWN, before=online_snapshot(one), after=None)
            one.published.delete()
    refresh_pages(branch)
