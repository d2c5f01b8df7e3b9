"""Files that go with a roadmap: its PDF, its annexes, the documents of its démarche."""

import logging

from django.contrib.auth.decorators import login_not_required
from django.core.files import File
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from publishing.pdf import PrintingError
from roadmaps.models import Annex, Edition, Milestone
from roadmaps.printing import draft_pdf, kept_printing
from roadmaps.views.access import edition_to_read, kept_private
from roadmaps.views.frames import framed

logger = logging.getLogger(__name__)
RETRY_AFTER = 30  # seconds


@login_not_required
@require_safe
def edition_pdf(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """The PDF of an edition: the one that was kept when it was published, or a draft printed now."""
    edition, _ = edition_to_read(request.user, slug, number)
    try:
        return published_pdf(edition) if edition.is_published else printed_draft(edition)
    except PrintingError:
        logger.exception("PDF of edition %s", edition.pk)
        page = render(request, "roadmaps/printing_failed_page.html", {"edition": edition}, status=503)
        page["Retry-After"] = RETRY_AFTER
        return page


def published_pdf(edition: Edition) -> HttpResponse:
    printing = kept_printing(edition)
    try:
        file = printing.file.open()
    except FileNotFoundError as lost:  # it is the proof: it comes back from a backup, not from another printing
        raise PrintingError(f"fichier perdu : {printing.file.name}") from lost
    response = FileResponse(file, filename=f"{edition.roadmap.slug}-edition-{edition.number}.pdf")
    response["ETag"] = f'"{printing.sha256}"'
    return response


def printed_draft(edition: Edition) -> HttpResponse:
    response = HttpResponse(draft_pdf(edition), content_type="application/pdf")
    name = f"{edition.roadmap.slug}-edition-{edition.number}-brouillon.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return kept_private(edition, framed(edition, response))


@login_not_required
@require_safe
def annex_file(request: HttpRequest, slug: str, number: int, uid: str) -> HttpResponse:
    """The file of an annex."""
    edition, _ = edition_to_read(request.user, slug, number)
    return kept_private(edition, attachment(get_object_or_404(Annex, edition=edition, uid=uid).file))


@login_not_required
@require_safe
def deliberation_file(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The délibération by which an edition was adopted."""
    edition, _ = edition_to_read(request.user, slug, number)
    return kept_private(edition, attachment(edition.deliberation))


@login_not_required
@require_safe
def milestone_file(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The document of a step of the démarche."""
    edition, _ = edition_to_read(request.user, slug)
    return kept_private(edition, attachment(get_object_or_404(Milestone, roadmap=edition.roadmap, pk=pk).document))


def attachment(file: File) -> FileResponse:
    """Send a file to be saved, never to be opened inside the portal's pages.

    Raises:
        Http404: there is no file.
    """
    if not file:
        raise Http404
    try:
        return FileResponse(file.open(), as_attachment=True, filename=file.name.rpartition("/")[2])
    except FileNotFoundError:
        logger.exception("Missing file %s", file.name)
        raise Http404 from None
