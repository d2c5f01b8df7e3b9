"""The doors: each fetches what is written for an act, or refuses.

Whoever lacks the right is refused (403) before anything is looked for, so that nothing tells what exists.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from rules import test_rule

from editorial.models import ContactMessage, Page, Revision
from editorial.rooms import PAGES, Room


def require(request: HttpRequest, act: str, page: Page | None = None) -> None:
    """Refuse with 403 a user who may not do this.

    Raises:
        PermissionDenied: the table of ``rules.py`` says no.
    """
    if not test_rule(f"editorial.{act}", request.user, page):
        raise PermissionDenied


def written_for(act: str, request: HttpRequest, room: Room, pk: int) -> Any:
    """Give what is written for an act of ``rules.py`` ("read_drafts", "write", "publish"), with what is online of it.

    Raises:
        Http404: there is no such thing in this room.
        PermissionDenied: this user may not do this.
    """
    require(request, act)
    return get_object_or_404(room.doors(), pk=pk)


def page_to_place(request: HttpRequest, pk: int) -> Page:
    """Give a page to move; one that is online takes the right to publish."""
    page = written_for("write", request, PAGES, pk)
    require(request, "place", page)
    return page


def revision_to_read(request: HttpRequest, room: Room, pk: int) -> Revision:
    """Give a revision; the history is for those who write."""
    require(request, "write")
    return get_object_or_404(room.revisions, pk=pk)


def message_to_handle(request: HttpRequest, pk: int) -> ContactMessage:
    """Give a message of a visitor.

    Raises:
        Http404: there is no such message.
        PermissionDenied: this user answers none.
    """
    require(request, "answer_messages")
    return get_object_or_404(ContactMessage.objects.with_people(), pk=pk)
