"""The doors: each fetches an object for an act, or refuses.

What a visitor may not see is not there (404, the same page as for what never existed); what a user sees but
may not do is refused (403).
"""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from rules import test_rule

from people.models import User
from roadmaps.forms.rows import sent_back
from roadmaps.models import Comment, Content, Edition, Roadmap

Reader = User | AnonymousUser


def editions_to_read(user: Reader, slug: str) -> list[Edition]:
    """Give the editions of a roadmap that ``user`` may read, the latest first.

    Raises:
        Http404: there is none: no such roadmap, or nothing of it for this user.
    """
    editions = list(
        Edition.objects.filter(roadmap__slug=slug)
        .visible_to(user)
        .select_related("roadmap__collectivite", "roadmap__referent", "printing")
        .order_by("-number")
    )
    if not editions:
        raise Http404
    return editions


def edition_to_read(user: Reader, slug: str, number: int | None = None) -> tuple[Edition, list[Edition]]:
    """Give one edition to read, with all those that ``user`` may read.

    Args:
        user: who reads.
        slug: of the roadmap.
        number: which; by default the current one, else the draft for those who may read it.

    Raises:
        Http404: it is not there for this user.
    """
    editions = editions_to_read(user, slug)
    if number is None:
        wanted = [edition for edition in editions if edition.is_published] or editions
    else:
        wanted = [edition for edition in editions if edition.number == number]
    if not wanted:
        raise Http404
    return wanted[0], editions


def roadmap_for(act: str, request: HttpRequest, slug: str) -> Roadmap:
    """Give a roadmap for an act of ``rules.py`` ("write", "describe", "publish").

    Raises:
        Http404: this user sees nothing of it.
        PermissionDenied: he sees it, and may not do this.
    """
    roadmap = Roadmap.objects.select_related("collectivite").filter(slug=slug).first()
    if roadmap is None:
        raise Http404
    admit(act, request.user, roadmap)
    return roadmap


def edition_for(act: str, request: HttpRequest, slug: str, number: int) -> Edition:
    """Give one edition of a roadmap for an act, published or not: what may be done to it then is for the verb to say.

    Raises:
        Http404: nothing of the roadmap is there for this user, or it has no such edition.
        PermissionDenied: he sees it, and may not do this.
    """
    found = Edition.objects.select_related("roadmap__collectivite").filter(roadmap__slug=slug, number=number).first()
    if found is None:
        roadmap_for(act, request, slug)
        raise Http404
    admit(act, request.user, found.roadmap)
    return found


def row_to_write(request: HttpRequest, slug: str, number: int, model: type[Content], uid: str) -> Content | None:
    """Give a row of an edition to write, with its edition, in one query; none if it is not there.

    Raises:
        Http404: nothing of the roadmap is there for this user.
        PermissionDenied: he sees it, and may not do this.
    """
    rows = model._default_manager.select_related("edition__roadmap__collectivite")
    found = rows.filter(edition__roadmap__slug=slug, edition__number=number, uid=uid).first()
    if found:
        admit("write", request.user, found.edition.roadmap)
    return found


def edition_to_discuss(user: Reader, slug: str, number: str = "") -> tuple[Edition, list[Edition]]:
    """Give an edition whose comments ``user`` may read, with all those of the roadmap, each with its carriers.

    Args:
        user: who reads.
        slug: of the roadmap.
        number: which, as an address says it; by default the one in preparation, else the latest.

    Raises:
        Http404: it is not there for this user.
    """
    known = Edition.objects.filter(roadmap__slug=slug, roadmap__in=Roadmap.objects.of_territory(user))
    editions = list(known.with_carriers().with_comment_count().order_by("-number"))
    wanted = [edition for edition in editions if not number or edition.number == sent_back(number)]
    if not wanted:
        raise Http404
    return wanted[0], editions


def comment_for(act: str, request: HttpRequest, slug: str, pk: int) -> Comment:
    """Give a comment for an act of ``rules.py`` ("handle_comments", "reopen_comment", "withdraw_comment").

    Raises:
        Http404: it is not there for this user.
        PermissionDenied: he sees it, and may not do this.
    """
    found = Comment.objects.visible_to(request.user).filter(edition__roadmap__slug=slug, pk=pk).first()
    if found is None:
        raise Http404
    found.edition = Edition.objects.with_carriers().get(pk=found.edition_id)
    require(act, request.user, found)
    return found


def admit(act: str, user: Reader, roadmap: Roadmap) -> None:
    """Let a user through for an act, or refuse as if the roadmap were not there where he sees nothing of it.

    Raises:
        Http404: this user sees nothing of it.
        PermissionDenied: he sees it, and may not do this.
    """
    may_write = test_rule("roadmaps.write", user)  # and so sees everything
    if not may_write and not Roadmap.objects.visible_to(user).filter(pk=roadmap.pk).exists():
        raise Http404
    require(act, user, roadmap)


def require(act: str, user: Any, about: Roadmap | Comment | None = None) -> None:
    """Refuse with 403 a user who may not do this.

    Raises:
        PermissionDenied: the table of ``rules.py`` says no.
    """
    if not test_rule(f"roadmaps.{act}", user, about):
        raise PermissionDenied


def kept_private(edition: Edition, response: HttpResponse) -> HttpResponse:
    """Keep what shows, or only names, an edition in preparation out of every cache between us and its reader.

    Args:
        edition: the latest that the response shows or names.
        response: what is answered.
    """
    if not edition.is_published:
        response["Cache-Control"] = "private, no-store"
    return response
