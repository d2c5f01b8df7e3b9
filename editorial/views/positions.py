"""The positions as everyone reads them: the list and what it becomes elsewhere, one of them, its documents."""

import datetime as dt
import logging
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.core.files import File
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse, reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from editorial.exporting import table_of
from editorial.forms.sieve import Sieve
from editorial.models import FormerSlug, Publication
from editorial.position import Position
from publishing.pdf import PrintingError, write_pdf
from publishing.stock import stocked
from publishing.tables import FORMATS, file_response
from roadmaps.open_data import sha256_of
from roadmaps.sigles import FirstUses
from roadmaps.views.files import attachment
from ui.linked_data import breadcrumb, linked_data

logger = logging.getLogger(__name__)
PAGE_SIZE = 20
ENTRIES = 50
RETRY_AFTER = 30  # seconds
SCREEN = "layouts/screen.html"


def sieve_of(request: HttpRequest) -> Sieve:
    """Read what an address asks of the positions that are online."""
    return Sieve(request.GET, Publication.objects.online())


@login_not_required
@require_safe
def publication_list(request: HttpRequest) -> HttpResponse:
    """The positions, searched and sifted, the latest first."""
    sieve = sieve_of(request)
    page = Paginator(sieve.found().with_card(), PAGE_SIZE).get_page(request.GET.get("page"))
    sieve.count()
    context = {"sieve": sieve, "page": page, "formats": list(FORMATS)}
    return render(request, "editorial/position_list_page.html", context)


@login_not_required
@require_safe
def publication_export(request: HttpRequest, file_format: str) -> HttpResponse:
    """What the list shows, with the same filters, as a table."""
    if file_format not in FORMATS:
        raise Http404
    table = table_of(sieve_of(request).found().with_content())
    return file_response([table], file_format, "prises-de-position")


class PublicationFeed(Feed):
    """The positions that a list shows, the latest to go online first."""

    feed_type = Atom1Feed
    title = "Prises de position"
    link = reverse_lazy("publication-list")
    language = "fr"

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpRequest:
        return request

    def feed_url(self, request: HttpRequest) -> str:
        return request.get_full_path()

    def items(self, request: HttpRequest) -> Any:
        return sieve_of(request).found().in_brief().order_by("-published_at", "-pk")[:ENTRIES]

    def item_title(self, item: Publication) -> str:
        return f"{item.get_kind_display()}\u00a0: {item.title}"

    def item_description(self, item: Publication) -> str:
        return item.summary

    def item_updateddate(self, item: Publication) -> dt.datetime | None:
        return item.published_at

    item_pubdate = item_updateddate


@login_not_required
@require_safe
def publication_feed(request: HttpRequest) -> HttpResponse:
    """The positions as Atom, with the filters of the list."""
    return PublicationFeed()(request)


def to_read(slug: str) -> Publication:
    """Give the position that everyone reads at an address.

    Raises:
        Http404: there is none.
    """
    return get_object_or_404(Publication.objects.online().with_content(), slug=slug)


@login_not_required
@require_safe
def publication_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One position; a former address leads for ever to the new one."""
    row = Publication.objects.online().with_content().filter(slug=slug).first()
    if row is None:
        former = get_object_or_404(FormerSlug.objects.select_related("publication__online"), slug=slug)
        if not former.publication.is_published:
            raise Http404
        return redirect(former.publication, permanent=True)
    position = Position(row)
    position.body = FirstUses().explained(position.body)
    context = {"position": position, "row": row, "layout": SCREEN, "linked_data": told_to_machines(position)}
    return render(request, "editorial/position_page.html", context)


def told_to_machines(position: Position) -> SafeString:
    """Say what a position is, and the way to it, in JSON-LD."""
    home, row = settings.PUBLIC_URL, position.row
    way = [("Prises de position", home + reverse("publication-list")), (position.title, position.online_url)]
    return linked_data(
        "Article",
        headline=position.title,
        description=position.summary,
        url=position.online_url,
        articleSection=position.kind,
        datePublished=row.dated_on.iso if row.dated_on else None,
        dateModified=row.published_at.isoformat() if row.published_at else None,
        inLanguage="fr",
        author=[{"@type": "Organization", "name": one["name"]} for one in position.signatories],
        publisher={"@type": "Organization", "name": settings.CRESS_NAME},
        isBasedOn=row.source_url,
        breadcrumb=breadcrumb(way),
    )


@login_not_required
@require_safe
def publication_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of a position printed, kept for as long as it says the same."""
    row = to_read(slug)
    position = Position(row)
    context = {"position": position, "portal_name": settings.PORTAL_NAME, "cress_name": settings.CRESS_NAME}
    html = render_to_string("editorial/print/position.html", context)
    try:
        file = stocked(f"{sha256_of(html.encode())}.pdf", partial(write_pdf, html, leaves_one=True))
    except PrintingError:
        logger.exception("Printing of position %s", row.pk)
        failed = {"title": position.title, "url": position.url}
        page = render(request, "editorial/printing_failed_page.html", failed, status=503)
        page["Retry-After"] = RETRY_AFTER
        return page
    return FileResponse(file, filename=f"{slug}.pdf")


@login_not_required
@require_safe
def publication_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The document of a position, to be saved."""
    return sent(to_read(slug).file)


@login_not_required
@require_safe
def publication_answer(request: HttpRequest, slug: str) -> HttpResponse:
    """The document of the answer, to be saved."""
    return sent(to_read(slug).answer_file)


def sent(file: File) -> HttpResponse:
    """Send a PDF, by its own type."""
    response = attachment(file)
    response["Content-Type"] = "application/pdf"
    return response
