"""What an edition in preparation still lacks, each line leading to the field."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from roadmaps.checklist import EMPTY, checklist
from roadmaps.criteria import CRITERIA, VERB
from roadmaps.freshness import freshness_of
from roadmaps.views.access import edition_for
from roadmaps.views.writing_sheet import closed

NAMES = {EMPTY, VERB.name, *(one.name for one in CRITERIA)}


@require_safe
def edition_missing(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """All that is missing, or the one thing that ``manque`` names."""
    edition = edition_for("write", request, slug, number)
    if edition.is_published:
        return closed(request, edition.roadmap)
    asked = request.GET.get("manque", "")
    only = asked if asked in NAMES else ""
    context = {
        "roadmap": edition.roadmap,
        "edition": edition,
        "checklist": checklist(edition, request.user, only),
        "freshness": freshness_of([edition])[edition.pk],
        "only": only,
    }
    return render(request, "roadmaps/workspace/missing_page.html", context)
