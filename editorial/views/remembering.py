"""The history of the pages, and what comes back from it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from editorial.history import Entry
from editorial.models import Page, PageRevision
from editorial.views.access import require, revision_to_read
from editorial.writing import restore
from roadmaps.forms.rows import sent_back

PAGE_SIZE = 40


@require_safe
def page_history(request: HttpRequest) -> HttpResponse:
    """Who changed what, the latest first: in all the pages, or in one (?fiche=12)."""
    require(request, "write")
    revisions = PageRevision.objects.select_related("by")
    one = Page.objects.filter(pk=sent_back(request.GET.get("fiche", ""))).first()
    if one:
        revisions = revisions.of_page(one)
    page = Paginator(revisions, PAGE_SIZE).get_page(request.GET.get("page"))
    entries = [Entry.of(revision) for revision in page]
    return render(request, "editorial/workspace/history_page.html", {"page": page, "entries": entries, "one": one})


@require_safe
def page_revision(request: HttpRequest, pk: int) -> HttpResponse:
    """What one gesture changed, word by word, and what can come back."""
    revision = revision_to_read(request, pk)
    page = Page.objects.filter(uid=revision.uid).first()
    context = {"revision": revision, "entry": Entry.of(revision, with_marks=True), "page": page}
    return render(request, "editorial/workspace/revision_page.html", context)


@require_POST
def page_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the draft of a page say again what it said before a gesture, or after it."""
    revision = revision_to_read(request, pk)
    state = revision.before if request.POST.get("version") == "avant" else revision.state
    if not state:
        raise Http404
    page = restore(revision, state, request.user)
    messages.success(request, f"Le texte de « {page} » est de retour, en brouillon.")
    return redirect("page-edit", page.pk)
