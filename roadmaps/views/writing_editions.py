"""The desk of a roadmap, and what is done to an edition as a whole."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from publishing.versions import StaleVersionError
from roadmaps import editions
from roadmaps.completeness import part_counts
from roadmaps.editions import EditionClosedError
from roadmaps.forms.edition import EditionForm
from roadmaps.models import Edition
from roadmaps.pane import DOCUMENT, Pane
from roadmaps.parts import PARTS
from roadmaps.rules import may_describe, may_publish
from roadmaps.views.access import edition_for, roadmap_for
from roadmaps.views.writing_sheet import SheetPage, answer_sheet, closed, history_of


@require_safe
def roadmap_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """The desk of a roadmap: where its editions stand, the parts of the draft, its outline."""
    roadmap = roadmap_for("write", request, slug)
    known = list(Edition.objects.filter(roadmap=roadmap).select_related("published_by").order_by("-number"))
    draft = next((edition for edition in known if not edition.is_published), None)
    context = {
        "roadmap": roadmap,
        "draft": draft,
        "published": [edition for edition in known if edition.is_published],
        "may_publish": may_publish(request.user),
        "may_describe": may_describe(request.user, roadmap),
    }
    if draft:
        draft.roadmap = roadmap
        context |= {"pane": Pane(request, draft), "with_outline": True}
    return render(request, "roadmaps/workspace/roadmap_page.html", context)


@require_http_methods(["GET", "POST"])
def edition_edit(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What the edition says as a whole: period, levels, foreword, sources."""
    edition = edition_for("write", request, slug, number)
    form = EditionForm(*((request.POST, request.FILES) if request.method == "POST" else ()), instance=edition)
    page = SheetPage(
        edition.roadmap,
        title="Document",
        said="Le document est enregistré.",
        back=reverse("roadmap-edit", args=[slug]),
        edition=edition,
        pane=None if edition.is_published else Pane(request, edition, DOCUMENT),
        stay=request.get_full_path(),
        gestures=[history_of(edition)],
        subject=DOCUMENT,
    )
    return answer_sheet(request, form, page)


@require_POST
def edition_open(request: HttpRequest, slug: str) -> HttpResponse:
    """Open the next edition, a copy of the latest."""
    roadmap = roadmap_for("write", request, slug)
    try:
        draft = editions.open_draft(roadmap)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, f"L’édition {draft.number} est ouverte : elle reprend tout de la précédente.")
    return redirect("roadmap-edit", slug)


@require_http_methods(["GET", "POST"])
def edition_discard(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Delete the draft and all that it holds, once that is said."""
    edition = edition_for("publish", request, slug, number)
    if edition.is_published:
        return closed(request, edition.roadmap)
    is_stale = request.method == "POST" and request.POST.get("version") != state_of(edition)
    if request.method == "POST" and not is_stale:
        try:
            editions.discard(edition)
        except EditionClosedError:
            return closed(request, edition.roadmap)
        except StaleVersionError:
            is_stale, edition = True, edition_for("publish", request, slug, number)
        else:
            messages.success(request, f"L’édition {number} en préparation est supprimée.")
            return redirect("roadmap-edit", slug)
    context = {
        "roadmap": edition.roadmap,
        "edition": edition,
        "version": state_of(edition),
        "losses": losses(edition),
        "is_stale": is_stale,
    }
    return render(request, "roadmaps/workspace/discard_page.html", context, status=409 if is_stale else 200)


def state_of(edition: Edition) -> str:
    """Say which draft was read: written in, or commented on, it is another one."""
    return f"{edition.modified_at.isoformat()} {edition.comments.count()}"


def losses(edition: Edition) -> list[str]:
    """Count, in words, what is lost with an edition."""
    counts = part_counts(edition)
    lost = [f"{part.plural} : {counts[part.model._meta.model_name or '']}" for part in PARTS if not part.is_in_outline]
    tree = f"Objectifs : {counts['objective']}, actions : {counts['action']}"
    return [*lost, tree, f"Commentaires : {edition.comments.count()}"]
