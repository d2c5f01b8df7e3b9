"""Staff write the pages: list, add, edit, preview, move."""

from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from editorial.forms import PageForm
from editorial.models import Page
from editorial.reading import Reading
from editorial.rules import may_place, may_publish, may_write
from editorial.tree import Tree
from editorial.views.access import page_for, page_to_place, require
from editorial.writing import move_page, save_page
from roadmaps.forms.rows import sent_back
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
    return render(request, "editorial/workspace/list_page.html", {"rows": rows, "may_write": writes})


@require_http_methods(["GET", "POST"])
def page_create(request: HttpRequest) -> HttpResponse:
    """Add a page; ``sous`` says under which one."""
    require(request, "write")
    parent = Page.objects.filter(pk=sent_back(request.GET.get("sous", ""))).first()
    return answer_page(request, Page(parent=parent))


@require_http_methods(["GET", "POST"])
def page_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit a page; what is sent of a page deleted meanwhile is not lost."""
    try:
        page = page_for("write", request, pk)
    except Http404:
        if not request.POST.get("version"):
            raise
        page = Page()
    return answer_page(request, page)


def answer_page(request: HttpRequest, page: Page) -> HttpResponse:
    """Save what was sent and stay on the page with a message, or show the form."""
    sent = (request.POST,) if request.method == "POST" else ()
    form = PageForm(*sent, instance=page, may_place=may_place(request.user, page))
    key = draft_key(request, form)
    outcome = save_page(form, request.user) if sent else None
    if outcome is Outcome.SAVED:
        messages.success(request, f"« {form.instance} » est enregistrée.")
        response = redirect("page-edit", form.instance.pk)
        response.set_cookie(SAVED, quote(key, safe=""), max_age=60, secure=request.is_secure(), samesite="Lax")
        return response
    context = {
        "form": form,
        "page": page if page.pk else None,
        "media": media(request, form),
        "draft_key": key,
        "may_publish": may_publish(request.user),
    }
    return render(request, "editorial/workspace/form_page.html", context, status=STATUS[outcome])


@require_safe
def page_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The page as it will be read once published."""
    page = page_for("read_drafts", request, pk)
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
