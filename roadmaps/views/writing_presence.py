"""The sign of life of an open sheet (static/js/presence.js)."""

from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from roadmaps.parts import Part
from roadmaps.presence import sign_of_life, told
from roadmaps.views.access import edition_for


@require_POST
def part_presence(request: HttpRequest, slug: str, number: int, part: Part, uid: str) -> JsonResponse:
    """Note that the user has the sheet open, and say who else has."""
    edition = edition_for("write", request, slug, number)
    row = get_object_or_404(part.rows(edition), uid=uid)
    return JsonResponse({"said": told(sign_of_life(edition, row.uid, request.user))})
