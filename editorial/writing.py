"""How a page is saved, moved, deleted and brought back: in one transaction, never over what somebody else wrote."""

from django.db import transaction
from django.db.models import prefetch_related_objects

from editorial.findable import PAGES, refresh_pages
from editorial.forms.page import TAKEN, PageForm
from editorial.history import Gesture, State, remember
from editorial.models import MAX_LEVELS, FormerAddress, Page, PageRevision
from editorial.online import held
from editorial.pages import TEXTS, snapshot
from editorial.placing import close_gap, hold_tree, move, path_under, settle
from editorial.rules import may_place
from editorial.saving import free_slug, save_or_tell
from people.models import User
from publishing.versions import StaleVersionError
from roadmaps.writing import Outcome, claim, reread


def save_page(form: PageForm, by: User) -> Outcome:
    """Save a form, or make it ready to be shown again with the reason.

    Args:
        form: bound.
        by: who writes, for the history.
    """
    return save_or_tell(form, by, _save, TAKEN)


def _save(form: PageForm, by: User) -> Outcome:
    hold_tree()
    claim(form)
    reread(form.instance)
    former = Page.objects.select_related("parent", "online").filter(pk=form.instance.pk).first()
    if form.may_place:
        if former and not may_place(by, former):  # it went online since it was read
            raise StaleVersionError
        form.offer_places(former or form.instance)
    if not form.is_valid():
        transaction.set_rollback(True)
        return Outcome.INVALID
    page = form.save()
    settle(page, former)
    if former and former.path != page.path:
        refresh_pages([page, *Page.objects.below(page.path)])
    gesture = Gesture.WRITTEN if former else Gesture.CREATED
    remember(page, by, gesture, before=snapshot(former) if former else None, after=snapshot(page))
    return Outcome.SAVED


@transaction.atomic
def move_page(page: Page, step: int, by: User) -> bool:
    """Move a page among its siblings, such as they are now (see `editorial.placing.move`)."""
    hold_tree()
    before = snapshot(page)
    moved = move(page, step)
    if moved:
        page.refresh_from_db(fields=["position"])
        remember(page, by, Gesture.MOVED, before=before, after=snapshot(page))
    return moved


@transaction.atomic
def delete_page(page: Page, version: int, by: User) -> None:
    """Delete a page with all that is below it; what each of them said, and where it was, stays in the history.

    Raises:
        StaleVersionError: somebody wrote in the page since ``version`` was read, or deleted it.
    """
    page = held(page, version)
    branch = [page, *Page.objects.below(page.path).select_related("parent").order_by("path")]
    prefetch_related_objects(branch, "former_addresses")
    close_gap(page)
    for one in branch:
        addresses = [one.path, *(former.path for former in one.former_addresses.all())]
        remember(one, by, Gesture.DELETED, before=snapshot(one) | {"addresses": addresses}, after=None)
    keys = [one.pk for one in branch]
    for one in sorted(branch, key=lambda one: -one.level):
        one.delete()
    PAGES.refresh(*keys)


@transaction.atomic
def restore(revision: PageRevision, state: State, by: User) -> Page:
    """Make the draft of a page say again what it said; a page that was deleted is created again, as a draft.

    Args:
        revision: what is taken back; its page may be gone.
        state: what the page will say, as the revision kept it.
        by: who wants it back.
    """
    hold_tree()
    page = Page.objects.select_related("parent").filter(uid=revision.uid).first()
    before = snapshot(page) if page else None
    page = page or stand_in(revision.uid)
    for name in TEXTS:
        setattr(page, name, state[name])
    page.version += bool(before)
    page.full_clean(validate_unique=False)
    page.save()
    if before is None:
        lead_on(page)
        settle(page, None)
    remember(page, by, Gesture.RESTORED, before=before, after=snapshot(page))
    return page


def last_place(uid: str) -> State:
    """Give where a page stood when it was deleted, and the addresses that led to it."""
    deleted = PageRevision.objects.filter(uid=uid, gesture=Gesture.DELETED).first()
    return deleted.state if deleted else {"parent": "", "slug": uid}


def stand_in(uid: str) -> Page:
    """Make again a page that was deleted, where it stood if that is still possible."""
    state = last_place(uid)
    parent = Page.objects.filter(uid=state["parent"]).first()
    if parent and parent.level == MAX_LEVELS:
        parent = None
    slug = free_slug(state["slug"], Page.objects.filter(parent=parent).values_list("slug", flat=True))
    return Page(uid=uid, parent=parent, slug=slug, path=path_under(parent, slug))


def lead_on(page: Page) -> None:
    """Let the addresses that led to a deleted page lead to it again, but those that lead elsewhere now."""
    addresses = last_place(page.uid).get("addresses", [])  # deletions of long ago kept none
    left = [FormerAddress(path=path, page=page) for path in addresses if path != page.path]
    FormerAddress.objects.bulk_create(left, ignore_conflicts=True)
