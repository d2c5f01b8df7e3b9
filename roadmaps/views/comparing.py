"""What changed between two editions of a roadmap, for whoever may read both."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from roadmaps.comparison import compare
from roadmaps.models import Edition
from roadmaps.views.access import edition_to_read, kept_private


@login_not_required
@require_safe
def edition_changes(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """From the edition before, or from the one that ``depuis`` names."""
    edition, editions = edition_to_read(request.user, slug, number)
    others = [other for other in editions if other.number != number]
    asked = request.GET.get("depuis", "")
    since = chosen(others, asked) if asked else next((other for other in others if other.number < number), None)
    context = {
        "roadmap": edition.roadmap,
        "edition": edition,
        "others": others,
        "asked": asked,
        "since": since,
        "comparison": compare(since, edition) if since else None,
    }
    return kept_private(editions[0], render(request, "roadmaps/changes_page.html", context))


def chosen(editions: list[Edition], number: str) -> Edition | None:
    return next((edition for edition in editions if str(edition.number) == number), None)
