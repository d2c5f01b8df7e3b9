"""The codes of the outline, numbered again when asked: choose how, read old → new, apply."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from publishing.versions import StaleVersionError
from roadmaps.codes import fingerprint, recodings, renumber_codes, usual_prefix
from roadmaps.editions import EditionClosedError
from roadmaps.forms.codes import PatternForm
from roadmaps.models import Edition
from roadmaps.views.access import edition_for
from roadmaps.views.writing_parts import desk
from roadmaps.views.writing_sheet import closed
from ui.typography import plural


@require_http_methods(["GET", "POST"])
def codes_renumber(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The query string says how codes are drawn, and shows them; a POST writes what was shown."""
    edition = edition_for("write", request, slug, number)
    if edition.is_published:
        return closed(request, edition.roadmap)
    asked = request.POST if request.method == "POST" else request.GET
    form = PatternForm(
        asked if request.method == "POST" or "objectives" in asked else None, prefix_now=usual_prefix(edition)
    )
    if request.method != "POST" or not form.is_valid():
        return show(request, edition, form, status=422 if form.errors else 200)
    try:
        batch = renumber_codes(edition, form.pattern, request.POST.get("lu", ""), request.user)
    except EditionClosedError:
        return closed(request, edition.roadmap)
    except StaleVersionError:
        return show(request, edition, form, is_stale=True, status=409)
    messages.success(
        request, "Les codes sont renumérotés." if batch else "Les codes étaient déjà ceux-là.", extra_tags=batch
    )
    return redirect("roadmap-edit", edition.roadmap.slug)


def show(
    request: HttpRequest, edition: Edition, form: PatternForm, *, is_stale: bool = False, status: int = 200
) -> HttpResponse:
    """Show the choice, and once it is made what it does to each row."""
    rows = recodings(edition, form.pattern) if form.is_bound and form.is_valid() else []
    changing = sum(one.changes for one in rows)
    context = {
        "roadmap": edition.roadmap,
        "edition": edition,
        "form": form,
        "rows": rows,
        "changing": changing,
        "told": f"{plural(changing, 'code change', 'codes changent')} sur {len(rows)}",
        "read": fingerprint(rows),
        "is_stale": is_stale,
        "back": desk(edition, "plan"),
    }
    return render(request, "roadmaps/workspace/codes_page.html", context, status=status)
