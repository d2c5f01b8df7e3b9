"""What happens to a document: its file is replaced, it goes to the bin, comes back, or is gone for good."""

from functools import partial

from django.db import transaction
from django.utils import timezone

from instances.history import Gesture, remember, said
from instances.models import Document, FormerFile
from people.models import User


@transaction.atomic
def save_document(document: Document, by: User | None, *, has_new_file: bool) -> None:
    """Save a document; the file that a new one replaces is kept among its earlier versions.

    Args:
        document: as it was typed, checked.
        by: who saves it.
        has_new_file: its file was just sent; otherwise it keeps the one that is stored by now.
    """
    stored = Document.objects.select_for_update().filter(pk=document.pk).first()
    before = said(stored) if stored else None
    if has_new_file:
        document.added_at, document.added_by = timezone.now(), by
        if stored:
            FormerFile.objects.create(
                document=stored, file=stored.file.name, added_at=stored.added_at, added_by=stored.added_by
            )
    elif stored:
        document.file, document.added_at, document.added_by = stored.file.name, stored.added_at, stored.added_by
    if stored:
        document.removed_at = stored.removed_at
    document.save()
    gesture = Gesture.DOCUMENT_WRITTEN if stored else Gesture.DOCUMENT_ADDED
    remember(document, by, gesture, before=before, after=said(document))


@transaction.atomic
def remove(document: Document, *, by: User | None = None) -> None:
    """Put a document in the bin: nobody opens it there."""
    Document.objects.filter(pk=document.pk).update(removed_at=timezone.now())
    remember(document, by, Gesture.DOCUMENT_REMOVED, before=said(document))


@transaction.atomic
def restore(document: Document, *, by: User | None = None) -> None:
    """Take a document out of the bin, published or not as it was."""
    Document.objects.filter(pk=document.pk).update(removed_at=None)
    remember(document, by, Gesture.DOCUMENT_RESTORED, after=said(document))


@transaction.atomic
def erase(document: Document, *, by: User | None = None) -> None:
    """Delete a document for good, with its files, once nothing can bring it back."""
    remember(document, by, Gesture.DOCUMENT_DELETED, before=said(document))
    files = [document.file, *(former.file for former in document.former_files.all())]
    document.delete()
    for file in files:
        transaction.on_commit(partial(file.storage.delete, file.name))
