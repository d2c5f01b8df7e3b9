"""An edition in preparation as it will be read, as a page or as PDF."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from roadmaps.completeness import all_branches, tree
from roadmaps.models import Edition
from roadmaps.views.access import edition_for
from roadmaps.views.frames import framing
from roadmaps.views.writing_sheet import closed

VIEWS = {"page": "Page publique", "pdf": "PDF"}
PLACES = {"objectifs": "edition-objective", "actions": "edition-action"}


@require_safe
def edition_preview(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The whole document, or the sheet that ``fiche`` names ("actions/" and its uid); ``vue`` says page or PDF."""
    edition = edition_for("write", request, slug, number)
    if edition.is_published:
        return closed(request, edition.roadmap)
    view = request.GET.get("vue", "page")
    if view not in VIEWS:
        raise Http404
    sheets = previewed(edition)
    chosen = next((sheet for sheet in sheets if sheet["fiche"] == request.GET.get("fiche")), None)
    context = {
        "roadmap": edition.roadmap,
        "edition": edition,
        "view": view,
        "views": VIEWS,
        "sheets": sheets,
        "chosen": chosen,
        "framed": reverse("edition-pdf", args=[slug, number])
        if view == "pdf"
        else (chosen or {}).get("read") or reverse("edition-detail", args=[slug, number]),
    }
    return framing(render(request, "roadmaps/workspace/preview_page.html", context))


def previewed(edition: Edition) -> list[dict[str, str]]:
    """Give the objectives and actions of an edition, each with where it is read and written."""
    slug, number = edition.roadmap.slug, edition.number
    base = reverse("edition-edit", args=[slug, number])
    rows = []
    for branch in all_branches(tree(edition)):
        rows.append(("objectifs", branch.objective.uid, str(branch.objective), branch.objective.depth))
        rows += [("actions", leaf.action.uid, str(leaf.action), branch.objective.depth + 1) for leaf in branch.actions]
    return [
        {
            "fiche": f"{part}/{uid}",
            "title": title,
            "depth": str(depth),
            "read": reverse(PLACES[part], args=[slug, number, uid]),
            "write": f"{base}{part}/{uid}/",
        }
        for part, uid, title, depth in rows
    ]
