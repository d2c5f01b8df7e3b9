"""Files that go with a roadmap: its annexes, its délibération, the documents of its démarche."""

import logging

from django.contrib.auth.decorators import login_not_required
from django.core.files import File
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from roadmaps.models import Annex, Milestone
from roadmaps.views.access import edition_to_read, kept_private

logger = logging.getLogger(__name__)


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
