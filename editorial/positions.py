"""How a position is saved, put online, taken offline, deleted and brought back: never over what somebody else wrote."""

from django.db import transaction
from django.utils import timezone

from editorial.forms.position import TAKEN, PositionForm
from editorial.history import Gesture, State, remember
from editorial.models import FormerSlug, Publication, PublicationRevision, Revision
from editorial.online import HiddenError
from editorial.saving import free_slug, save_or_tell
from editorial.states import state_of, take
from people.models import User
from publishing.versions import StaleVersionError
from roadmaps.writing import Outcome, claim, reread


class TakenAddressError(HiddenError):
    """Another position is online at its address."""

    def __init__(self) -> None:
        super().__init__(TAKEN)


def whole(key: int) -> Publication:
    """Give a position as it is stored, with all that it says."""
    return Publication.objects.with_content().filter(pk=key)[0]


def save_position(form: PositionForm, by: User) -> Outcome:
    """Save a form, or make it ready to be shown again with the reason.

    Args:
        form: bound.
        by: who writes, for the history.
    """
    return save_or_tell(form, by, _save, TAKEN)


def _save(form: PositionForm, by: User) -> Outcome:
    claim(form)
    before = state_of(whole(form.instance.pk)) if form.instance.pk else None
    reread(form.instance)
    if not form.is_valid():
        transaction.set_rollback(True)
        return Outcome.INVALID
    saved = form.save()
    gesture = Gesture.WRITTEN if before else Gesture.CREATED
    remember(saved, by, gesture, before=before, after=state_of(whole(saved.pk)))
    return Outcome.SAVED


def held(publication: Publication, version: int) -> Publication:
    """Hold a position and give it as it is, if it is as it was read.

    Raises:
        StaleVersionError: somebody wrote in it since ``version`` was read, or deleted it.
    """
    rows = Publication.objects.written().select_for_update().filter(pk=publication.pk, version=version)
    if not rows.values_list("pk", flat=True).first():
        raise StaleVersionError
    return whole(publication.pk)


def online_state(publication: Publication) -> State | None:
    """Say what everyone reads of a position, if anything."""
    return state_of(whole(publication.published.pk)) if publication.is_published else None


@transaction.atomic
def publish(publication: Publication, version: int, by: User) -> Publication:
    """Put online what a position says; its former address leads on where it changed.

    Args:
        publication: which.
        version: the one that was read when the publication was decided.
        by: who decides it.

    Returns:
        What everyone reads from now on.

    Raises:
        StaleVersionError: somebody wrote in it since, or deleted it.
        TakenAddressError: another position is online at its address.
    """
    publication = held(publication, version)
    said, before = state_of(publication), online_state(publication)
    row = publication.published or Publication(draft=publication)
    if Publication.objects.online().filter(slug=publication.slug).exclude(pk=row.pk).exists():
        raise TakenAddressError
    if row.pk:
        leave_address(publication)
    FormerSlug.objects.filter(slug=publication.slug).delete()
    row.version = publication.version  # by which one knows whether something was written since
    if before == said:
        row.save(update_fields=["version"])
        return row
    row.published_at, row.published_by = timezone.now(), by
    take(row, said)
    remember(publication, by, Gesture.PUBLISHED, before=before, after=said)
    return row


def leave_address(publication: Publication) -> None:
    """Let the address where a position is online lead on, where it is written that it will be elsewhere."""
    if publication.published.slug != publication.slug:
        FormerSlug.objects.update_or_create(slug=publication.published.slug, defaults={"publication": publication})


@transaction.atomic
def withdraw(publication: Publication, version: int, by: User) -> None:
    """Take a position offline; what is written stays.

    Raises:
        StaleVersionError: somebody wrote in it since ``version`` was read, or deleted it.
    """
    publication = held(publication, version)
    if publication.published:
        leave_address(publication)
        remember(publication, by, Gesture.WITHDRAWN, before=online_state(publication), after=None)
        publication.published.delete()


@transaction.atomic
def delete(publication: Publication, version: int, by: User) -> None:
    """Delete a position, online and written; what it said, and where it was, stays in the history.

    Raises:
        StaleVersionError: somebody wrote in it since ``version`` was read, or deleted it.
    """
    publication = held(publication, version)
    addresses = list(publication.former_slugs.values_list("slug", flat=True))
    if publication.published:
        addresses.append(publication.published.slug)
    remember(publication, by, Gesture.DELETED, before=state_of(publication) | {"addresses": addresses}, after=None)
    publication.delete()


@transaction.atomic
def restore(revision: Revision, state: State, by: User) -> Publication:
    """Make the draft of a position say again what it said; one that was deleted is created again, as a draft.

    Args:
        revision: what is taken back; its position may be gone.
        state: what the position will say, as the revision kept it.
        by: who wants it back.
    """
    row = Publication.objects.written().with_content().filter(uid=revision.uid).first()
    before = state_of(row) if row else None
    row = row or Publication(uid=revision.uid)
    others = Publication.objects.written().exclude(pk=row.pk)
    row.version += bool(before)
    take(row, state | {"slug": free_slug(state["slug"], others.values_list("slug", flat=True))})
    if before is None:
        lead_on(row)
    remember(row, by, Gesture.RESTORED, before=before, after=state_of(whole(row.pk)))
    return row


def lead_on(row: Publication) -> None:
    """Let the addresses that led to a deleted position lead to it again, but those that lead elsewhere now."""
    deleted = PublicationRevision.objects.filter(uid=row.uid, gesture=Gesture.DELETED).first()
    addresses = deleted.state["addresses"] if deleted else []
    left = [FormerSlug(slug=slug, publication=row) for slug in addresses if slug != row.slug]
    FormerSlug.objects.bulk_create(left, ignore_conflicts=True)
