"""Staff write the pages: list, add, edit, preview, move."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from editorial.forms.page import PageForm
from editorial.models import Page
from editorial.reading import Reading
from editorial.rooms import PAGES, Room
from editorial.rules import may_place, may_publish, may_write
from editorial.tree import Tree
from editorial.views.access import page_to_place, require, written_for
from editorial.writing import move_page, save_page
from roadmaps.forms.rows import sent_back
from roadmaps.forms.sheet import SheetForm
from roadmaps.views.writing_sheet import SAVED, STATUS, draft_key, media
from roadmaps.writing import Outcome

STEPS = {"haut": -1, "bas": 1}


@require_safe
def page_list(request: HttpRequest) -> HttpResponse:
    """Every page, with its state and its neighbours to pass."""
    require(request, "read_drafts")
    tree, is_publisher, writes = Tree.whole(), may_publish(request.user), may_write(request.user)
    rows = [
        {
            "page": page,
            "is_first": tree.children(parent)[0] is page,
            "is_last": tree.children(parent)[-1] is page,
            "may_move": is_publisher or (writes and not page.is_published),
        }
        for page in tree.pages
        for parent in [tree.above(page)[-1] if page.parent_id else None]
    ]
    context = {"room": PAGES, "rows": rows, "may_write": writes}
    return render(request, "editorial/workspace/page_list_page.html", context)


@require_http_methods(["GET", "POST"])
def page_create(request: HttpRequest) -> HttpResponse:
    """Add a page; ``sous`` says under which one."""
    require(request, "write")
    parent = Page.objects.filter(pk=sent_back(request.GET.get("sous", ""))).first()
    return answer_page(request, Page(parent=parent))


@require_http_methods(["GET", "POST"])
def page_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit a page; what is sent of a page deleted meanwhile is not lost."""
    return answer_page(request, row_to_write(request, PAGES, pk))


def row_to_write(request: HttpRequest, room: Room, pk: int) -> Any:
    """Give what is edited; a new row for what is sent of one that was deleted meanwhile."""
    try:
        return written_for("write", request, room, pk)
    except Http404:
        if not request.POST.get("version"):
            raise
        return room.model()


def answer_page(request: HttpRequest, page: Page) -> HttpResponse:
    """Save what was sent and stay on the page with a message, or show the form."""
    sent = (request.POST,) if request.method == "POST" else ()
    form = PageForm(*sent, instance=page, may_place=may_place(request.user, page))
    return answer_form(request, PAGES, form, save_page, {})


def answer_form(
    request: HttpRequest, room: Room, form: SheetForm, save: Callable[..., Outcome], context: dict[str, Any]
) -> HttpResponse:
    """Save what was sent and stay where it is written with a message, or show the form with the reason.

    Args:
        request: asks by GET, sends by POST.
        room: where it is written.
        form: bound if something was sent.
        save: the verb, given the form and who writes.
        context: what the page shows beside.
    """
    key = draft_key(request, form)
    row = form.instance if form.instance.pk else None
    outcome = save(form, request.user) if request.method == "POST" else None
    if outcome is Outcome.SAVED:
        messages.success(request, f"« {form.instance} » est enregistrée.")
        response = redirect(room.addresses["edit"], form.instance.pk)
        response.set_cookie(SAVED, quote(key, safe=""), max_age=60, secure=request.is_secure(), samesite="Lax")
        return response
    context |= {
        "room": room,
        "form": form,
        "row": row,
        "media": media(request, form),
        "draft_key": key,
        "may_publish": may_publish(request.user),
    }
    template = f"editorial/workspace/{room.name}_form_page.html"
    return render(request, template, context, status=STATUS[outcome])


@require_safe
def page_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The page as it will be read once published."""
    page = written_for("read_drafts", request, PAGES, pk)
    context = {
        "page": page,
        "reading": Reading.draft(page, Tree.whole()),
        "layout": "layouts/workspace.html",
        "is_draft": True,
        "may_write": may_write(request.user),
    }
    return render(request, "editorial/detail_page.html", context)


@require_POST
def page_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a page up or down among its siblings, and come back to it."""
    page = page_to_place(request, pk)
    way = request.POST.get("sens", "")
    if way not in STEPS:
        raise Http404
    if not move_page(page, STEPS[way], request.user):
        messages.info(request, f"« {page} » est déjà en {way}.")
    return redirect(f"{reverse('workspace-page-list')}#{way}-{page.pk}")
