"""« Déplacer vers… »: an objective or an action goes anywhere in the outline, with all that is its own."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from publishing.versions import StaleVersionError
from roadmaps.editions import EditionClosedError
from roadmaps.forms.place import GONE, PlaceForm
from roadmaps.parts import Part
from roadmaps.places import PlaceGoneError, move_to
from roadmaps.views.access import edition_for
from roadmaps.views.writing_parts import part_url, place_of, quoted
from roadmaps.views.writing_sheet import closed
from roadmaps.writing import what_goes_with


@require_http_methods(["GET", "POST"])
def part_move_to(request: HttpRequest, slug: str, number: int, part: Part, uid: str) -> HttpResponse:
    """Choose the objective and the place under it; a place that is gone meanwhile is said, and another is asked."""
    row = outline_row(request, slug, number, part, uid)
    if row.edition.is_published and request.method != "POST":
        return closed(request, row.edition.roadmap)
    form = PlaceForm(request.POST if request.method == "POST" else None, row=row)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            moved = move_to(row, form.cleaned_data["place"], by=request.user)
        except EditionClosedError:
            return closed(request, row.edition.roadmap)
        except StaleVersionError:
            raise Http404 from None
        except PlaceGoneError:
            form, status = PlaceForm(request.POST, row=row), 409
            if form.is_valid():  # the list of places, read again, does not tell it
                form.add_error("place", GONE)
        else:
            what = part.agree("déplacé") if moved else "déjà à cette place"
            messages.success(request, f"{quoted(part, str(row))} est {what}.", extra_tags=moved.batch if moved else "")
            return redirect(part_url("part-edit", row.edition, part, row.uid))
    context = {
        "roadmap": row.edition.roadmap,
        "row": row,
        "form": form,
        "followers": what_goes_with(row),
        "back": place_of(part, row),
    }
    return render(request, "roadmaps/workspace/move_page.html", context, status=status)


def outline_row(request: HttpRequest, slug: str, number: int, part: Part, uid: str) -> Any:
    """Give an objective or an action to write.

    Raises:
        Http404: it is not there, or is of another kind.
        PermissionDenied: the user may not write.
    """
    edition = edition_for("write", request, slug, number)
    if not part.is_in_outline:
        raise Http404
    row = get_object_or_404(part.rows(edition), uid=uid)
    row.edition = edition
    return row
