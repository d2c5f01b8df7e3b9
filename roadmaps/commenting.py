"""What is said of a draft by those who read it, and what the CRESS makes of it.

A comment belongs to its edition: published, the edition keeps it, closed to writing; discarded, it takes it away. What
it is about is known by kind and uid, so that it follows a row that moves, and remains when the row is gone.
"""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from people.models import User
from publishing.versions import StaleVersionError
from roadmaps.editions import EditionClosedError, hold
from roadmaps.models import Comment, Edition

OVER = "Cette édition est publiée : ses commentaires se lisent encore, mais ne changent plus."
TOO_LATE = "Ce commentaire a reçu une réponse, ou il est clos : il ne se retire plus."


class TooLateError(Exception):
    """Somebody answered or closed the comment meanwhile: it can no longer be withdrawn."""

    def __init__(self) -> None:
        super().__init__(TOO_LATE)


@transaction.atomic
def comment(edition: Edition, by: User, text: str, *, kind: str, uid: str = "", title: str = "") -> Comment:
    """Say something of a draft.

    Args:
        edition: in preparation.
        by: who says it.
        text: plain, 5,000 characters at most.
        kind: what it is about, one of ``Comment.Kind``.
        uid: of the row it is about; none for the whole document.
        title: what that row is called now, for the day when it is gone.

    Raises:
        EditionClosedError: the edition is published, or gone.
        ValidationError: the text is empty or too long.
    """
    keep_open(edition)
    said = Comment(edition=edition, kind=kind, uid=uid, title=title, text=text, author=by, written_at=timezone.now())
    said.full_clean()
    said.save()
    return said


@transaction.atomic
def answer(said: Comment, by: User, text: str, version: int, *, is_closing: bool = False) -> None:
    """Answer a comment, or write the answer again.

    Args:
        said: the comment.
        by: who answers.
        text: plain, 5,000 characters at most.
        version: of the comment that was read, so that two answers never erase each other.
        is_closing: the answer settles it.

    Raises:
        EditionClosedError: the edition is published, or gone.
        StaleVersionError: somebody answered, closed or withdrew it meanwhile.
        ValidationError: the text is too long.
    """
    keep_open(said.edition)
    if said.is_closed:
        raise StaleVersionError
    said.claim(version)
    said.answer, said.answered_by, said.answered_at = text, by, timezone.now()
    said.full_clean()
    said.save(update_fields=["answer", "answered_by", "answered_at"])
    if is_closing:
        close(said, by)


@transaction.atomic
def close(said: Comment, by: User) -> None:
    """Say that a comment is settled; closed already, it stays as it is.

    Raises:
        EditionClosedError: the edition is published, or gone.
    """
    keep_open(said.edition)
    Comment.objects.to_handle().filter(pk=said.pk).update(
        closed_by=by, closed_at=timezone.now(), reopened_by=None, reopened_at=None, version=F("version") + 1
    )


@transaction.atomic
def reopen(said: Comment, by: User) -> None:
    """Say that a closed comment is not settled; open already, it stays as it is.

    Raises:
        EditionClosedError: the edition is published, or gone.
    """
    keep_open(said.edition)
    Comment.objects.filter(pk=said.pk, closed_at__isnull=False).update(
        closed_by=None, closed_at=None, reopened_by=by, reopened_at=timezone.now(), version=F("version") + 1
    )


@transaction.atomic
def withdraw(said: Comment) -> None:
    """Take back a comment that nobody has answered.

    Raises:
        EditionClosedError: the edition is published, or gone.
        TooLateError: somebody answered or closed it.
    """
    keep_open(said.edition)
    withdrawn, _ = Comment.objects.withdrawable().filter(pk=said.pk).delete()
    if not withdrawn:
        raise TooLateError


def keep_open(edition: Edition) -> None:
    """Keep the consultation of a draft open for the transaction.

    Raises:
        EditionClosedError: it is over.
    """
    try:
        hold(edition, is_written=False)
    except EditionClosedError:
        raise EditionClosedError(OVER) from None
