"""Files that go with a roadmap: its PDF, its annexes, the documents of its démarche."""

from django.contrib.auth.decorators import login_not_required
from django.core.files import File
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from publishing.pdf import PrintingError
from roadmaps.models import Annex, Edition, Milestone
from roadmaps.printing import draft_pdf, kept_printing
from roadmaps.views.access import edition_to_read


@login_not_required
@require_safe
def edition_pdf(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """The PDF of an edition: the one that was kept when it was published, or a draft printed now."""
    edition, _ = edition_to_read(request.user, slug, number)
    try:
        return published_pdf(edition) if edition.is_published else printed_draft(edition)
    except PrintingError:
        return render(request, "roadmaps/printing_failed_page.html", {"edition": edition}, status=503)


def published_pdf(edition: Edition) -> HttpResponse:
    printing = kept_printing(edition)
    response = FileResponse(printing.file.open(), filename=f"{edition.roadmap.slug}-edition-{edition.number}.pdf")
    response["ETag"] = f'"{printing.sha256}"'
    return response


def printed_draft(edition: Edition) -> HttpResponse:
    response = HttpResponse(draft_pdf(edition), content_type="application/pdf")
    name = f"{edition.roadmap.slug}-edition-{edition.number}-brouillon.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


@login_not_required
@require_safe
def annex_file(request: HttpRequest, slug: str, number: int, uid: str) -> HttpResponse:
    """The file of an annex."""
    edition, _ = edition_to_read(request.user, slug, number)
    return attachment(get_object_or_404(Annex, edition=edition, uid=uid).file)


@login_not_required
@require_safe
def deliberation_file(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The délibération by which an edition was adopted."""
    edition, _ = edition_to_read(request.user, slug, number)
    return attachment(edition.deliberation)


@login_not_required
@require_safe
def milestone_file(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The document of a step of the démarche."""
    edition, _ = edition_to_read(request.user, slug)
    return attachment(get_object_or_404(Milestone, roadmap=edition.roadmap, pk=pk).document)


def attachment(file: File) -> FileResponse:
    """Send a file to be saved, never to be opened inside the portal's pages.

    Raises:
        Http404: there is no file.
    """
    if not file:
        raise Http404
    return FileResponse(file.open(), as_attachment=True, filename=file.name.rpartition("/")[2])
