"""Staff write the positions: list, add, edit, preview, open a document of a draft."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from editorial.forms.position import PositionForm
from editorial.forms.sieve import Sieve
from editorial.models import Publication
from editorial.position import Position, lacks
from editorial.positions import save_position
from editorial.rooms import POSITIONS
from editorial.rules import may_write
from editorial.views.access import require, written_for
from editorial.views.positions import sent
from editorial.views.writing import answer_form, row_to_write

PAGE_SIZE = 30
FILES = {"document": "file", "reponse": "answer_file"}


@require_safe
def workspace_list(request: HttpRequest) -> HttpResponse:
    """Every position, with its state and what it lacks."""
    require(request, "read_drafts")
    sieve = Sieve(request.GET, Publication.objects.written())
    page = Paginator(sieve.found().with_lacks(), PAGE_SIZE).get_page(request.GET.get("page"))
    sieve.count()
    context = {
        "room": POSITIONS,
        "sieve": sieve,
        "page": page,
        "rows": [{"row": row, "lacks": len(lacks(row))} for row in page],
        "may_write": may_write(request.user),
    }
    return render(request, "editorial/workspace/publication_list_page.html", context)


@require_http_methods(["GET", "POST"])
def publication_create(request: HttpRequest) -> HttpResponse:
    """Add a position."""
    require(request, "write")
    return answer_position(request, Publication())


@require_http_methods(["GET", "POST"])
def publication_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit a position; what is sent of one deleted meanwhile is not lost."""
    return answer_position(request, row_to_write(request, POSITIONS, pk))


def answer_position(request: HttpRequest, row: Publication) -> HttpResponse:
    sent_there = (request.POST, request.FILES) if request.method == "POST" else ()
    missing = lacks(row) if row.pk else []
    return answer_form(request, POSITIONS, PositionForm(*sent_there, instance=row), save_position, {"lacks": missing})


@require_safe
def publication_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The position as it will be read once published."""
    row = written_for("read_drafts", request, POSITIONS, pk)
    context = {
        "position": Position(row),
        "row": row,
        "layout": "layouts/workspace.html",
        "is_draft": True,
        "may_write": may_write(request.user),
    }
    return render(request, "editorial/position_page.html", context)


@require_safe
def publication_draft_file(request: HttpRequest, pk: int, which: str) -> HttpResponse:
    """A document of a draft."""
    row = written_for("read_drafts", request, POSITIONS, pk)
    if which not in FILES:
        raise Http404
    response = sent(getattr(row, FILES[which]))
    response["Cache-Control"] = "private, no-store"
    return response
