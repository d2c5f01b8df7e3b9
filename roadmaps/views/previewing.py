"""An edition in preparation as it will be read, as a page or as PDF."""

from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from roadmaps.completeness import all_branches, tree
from roadmaps.models import Content, Edition
from roadmaps.views.access import edition_for
from roadmaps.views.frames import framing
from roadmaps.views.writing_sheet import closed

VIEWS = {"page": "Page publique", "pdf": "PDF"}
WHOLE = {"page": "edition-detail", "pdf": "edition-pdf"}
ALONE = {"objectifs": "edition-objective", "actions": "edition-action"}


class Previewed(NamedTuple):
    """A sheet that may be shown alone, and where it is read and written."""

    uid: str
    title: str
    read: str
    write: str


@require_safe
def edition_preview(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The document, or the sheet whose uid is ``fiche``, as a page or as PDF (``vue``); ``cadre`` gives it alone."""
    edition = edition_for("write", request, slug, number)
    if edition.is_published:
        return closed(request, edition.roadmap)
    view = request.GET.get("vue", "page")
    if view not in VIEWS:
        raise Http404
    sheets = previewed(edition)
    chosen = sheets.get(request.GET.get("fiche", "")) if view == "page" else None
    framed = chosen.read if chosen else reverse(WHOLE[view], args=[slug, number])
    if "cadre" in request.GET:
        return redirect(framed)
    context = {
        "roadmap": edition.roadmap,
        "edition": edition,
        "view": view,
        "views": VIEWS,
        "sheets": sheets,
        "chosen": chosen,
        "framed": framed,
    }
    return framing(render(request, "roadmaps/workspace/preview_page.html", context))


def previewed(edition: Edition) -> dict[str, Previewed]:
    """Give the objectives and actions of an edition by uid, in the order of the outline."""
    place = [edition.roadmap.slug, edition.number]
    base = reverse("edition-edit", args=place)

    def shown(part: str, row: Content) -> Previewed:
        return Previewed(row.uid, str(row), reverse(ALONE[part], args=[*place, row.uid]), f"{base}{part}/{row.uid}/")

    rows = {}
    for branch in all_branches(tree(edition)):
        rows[branch.objective.uid] = shown("objectifs", branch.objective)
        rows |= {leaf.action.uid: shown("actions", leaf.action) for leaf in branch.actions}
    return rows
