"""The history of a roadmap, its bin, and what takes a gesture back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from roadmaps.chronicle import Entry, counted, detail, sheet_address
from roadmaps.editions import EditionClosedError
from roadmaps.models import Revision, Roadmap
from roadmaps.restoration import CannotComeBackError, put_back_from, restore, undo
from roadmaps.views.access import roadmap_for
from roadmaps.views.outlining import came_from
from ui.typography import plural

PAGE_SIZE = 40


@require_safe
def roadmap_history(request: HttpRequest, slug: str) -> HttpResponse:
    """Who changed what, the latest first: in the whole roadmap, or in one sheet (?fiche=action-a2b3c4d5)."""
    roadmap = roadmap_for("write", request, slug)
    revisions = roadmap.revisions.select_related("by", "edition")
    kind, _, uid = request.GET.get("fiche", "").partition("-")
    named = request.GET.get("versions") == "nommees"
    if uid:
        revisions = revisions.of_sheet(roadmap, kind, uid)
    if named:
        revisions = revisions.exclude(name="")
    page = Paginator(revisions, PAGE_SIZE).get_page(request.GET.get("page"))
    entries = [Entry.of(revision) for revision in page]
    context = {
        "roadmap": roadmap,
        "page": page,
        "entries": entries,
        "sheet": entries[0].revision.title if uid and entries else "",
        "named": named,
    }
    return render(request, "roadmaps/workspace/history_page.html", context)


@require_safe
def revision_detail(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What one gesture changed, word by word, and what can come back."""
    roadmap = roadmap_for("write", request, slug)
    revision = one_of(roadmap, pk)
    address = sheet_address(revision)
    context = {
        "roadmap": roadmap,
        "revision": revision,
        "detail": detail(revision),
        "sheet_url": reverse("part-edit", kwargs=address) if address else "",
        "may_come_back": revision.edition is not None and not revision.edition.is_published,
    }
    return render(request, "roadmaps/workspace/revision_page.html", context)


@require_POST
def revision_name(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Give a version a name, to find it again; an empty name takes it away."""
    roadmap = roadmap_for("write", request, slug)
    revision = one_of(roadmap, pk)
    name = " ".join(request.POST.get("name", "").replace("\0", "").split())
    longest = Revision._meta.get_field("name").max_length or 0
    if len(name) > longest:
        messages.error(request, f"Ce nom est trop long : {longest} caractères au plus.")
    else:
        Revision.objects.filter(pk=revision.pk).update(name=name)
        messages.success(request, f"Cette version s’appelle « {name} »." if name else "Cette version n’a plus de nom.")
    return redirect("revision-detail", slug, pk)


@require_POST
def revision_restore(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Make a sheet say again what it said: the deleted branch, the whole sheet, or one of its fields."""
    roadmap = roadmap_for("write", request, slug)
    revision = one_of(roadmap, pk)
    try:
        if revision.gesture == Revision.Gesture.DELETED:
            made = restore(revision, request.user)
        else:
            side = "after" if request.POST.get("version") == "apres" else "before"
            made = put_back_from(revision, side, request.user, field=request.POST.get("champ", ""))
    except (EditionClosedError, CannotComeBackError) as refusal:
        messages.error(request, str(refusal))
        return redirect("revision-detail", slug, pk)
    messages.success(request, f"« {revision.title} » est de retour.", extra_tags=made.batch if made else "")
    address = sheet_address(revision)
    return redirect("part-edit", **address) if address else redirect("roadmap-edit", slug)


@require_safe
def roadmap_bin(request: HttpRequest, slug: str) -> HttpResponse:
    """What was deleted from the edition in preparation, and can come back."""
    roadmap = roadmap_for("write", request, slug)
    deleted = roadmap.revisions.in_bin().select_related("by", "edition")
    page = Paginator(deleted, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [{"entry": Entry.of(revision), "losses": counted(revision.before or {}, revision.kind)} for revision in page]
    return render(request, "roadmaps/workspace/bin_page.html", {"roadmap": roadmap, "page": page, "rows": rows})


@require_POST
def gesture_undo(request: HttpRequest, slug: str, batch: str) -> HttpResponse:
    """Take back what was just done, whatever the number of sheets it touched."""
    roadmap = roadmap_for("write", request, slug)
    try:
        undone = undo(batch, roadmap, request.user)
    except (EditionClosedError, CannotComeBackError) as refusal:
        messages.error(request, str(refusal))
    else:
        what = f"« {undone[0].title} »" if len(undone) == 1 else plural(len(undone), "fiche", "fiches")
        messages.success(request, f"C’est annulé : {what}.")
    return redirect(came_from(request) or reverse("roadmap-edit", args=[slug]))


def one_of(roadmap: Roadmap, pk: int) -> Revision:
    """Give a revision of a roadmap.

    Raises:
        Http404: it has none such.
    """
    revision = get_object_or_404(roadmap.revisions.select_related("by", "edition"), pk=pk)
    revision.roadmap = roadmap
    if revision.edition:
        revision.edition.roadmap = roadmap
    return revision
