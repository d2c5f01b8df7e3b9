"""The history of what is written, and what comes back from it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from editorial.history import Entry
from editorial.rooms import Room
from editorial.views.access import require, revision_to_read
from roadmaps.forms.rows import sent_back

PAGE_SIZE = 40


@require_safe
def history(request: HttpRequest, room: Room) -> HttpResponse:
    """Who changed what, the latest first: in the whole room, or in one thing (?fiche=12)."""
    require(request, "write")
    revisions = room.revisions
    one = room.doors().filter(pk=sent_back(request.GET.get("fiche", ""))).first()
    if one:
        revisions = revisions.about(one)
    page = Paginator(revisions, PAGE_SIZE).get_page(request.GET.get("page"))
    entries = [Entry.of(revision, room.fields) for revision in page]
    context = {"room": room, "page": page, "entries": entries, "one": one}
    return render(request, "editorial/workspace/history_page.html", context)


@require_safe
def revision_detail(request: HttpRequest, room: Room, pk: int) -> HttpResponse:
    """What one gesture changed, word by word, and what can come back."""
    revision = revision_to_read(request, room, pk)
    entry = Entry.of(revision, room.fields, with_marks=True)
    row = room.doors().filter(uid=revision.uid).first()
    context = {"room": room, "revision": revision, "entry": entry, "row": row}
    return render(request, "editorial/workspace/revision_page.html", context)


@require_POST
def restore(request: HttpRequest, room: Room, pk: int) -> HttpResponse:
    """Make a draft say again what it said before a gesture, or after it."""
    revision = revision_to_read(request, room, pk)
    state = revision.before if request.POST.get("version") == "avant" else revision.state
    if not state:
        raise Http404
    row = room.restore(revision, state, request.user)
    messages.success(request, f"Le texte de « {row} » est de retour, en brouillon.")
    return redirect(room.addresses["edit"], row.pk)
