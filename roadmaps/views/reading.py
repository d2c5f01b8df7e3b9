"""The pages that everyone reads, and that members of a collectivité also read in draft."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from roadmaps.document import Document
from roadmaps.models import ProgressReport
from roadmaps.sigles import FirstUses
from roadmaps.views.access import edition_to_read, editions_to_read, kept_private
from roadmaps.views.frames import framed


@login_not_required
@require_safe
def roadmap_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The current edition, whole."""
    return edition_page(request, slug)


@login_not_required
@require_safe
def edition_detail(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One edition, whole: past, current, or in preparation for those who may read it."""
    return edition_page(request, slug, number)


def edition_page(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    document = Document(*edition_to_read(request.user, slug, number))
    explain(document)
    context = {"document": document, "roadmap": document.roadmap, "layout": "layouts/screen.html"}
    return answered(document, render(request, "roadmaps/edition_page.html", context))


def explain(document: Document) -> None:
    """Explain each sigle where the page of a document first says it; a printed one has a list of them."""
    uses = FirstUses()
    document.foreword = uses.explained(document.foreword)
    for section in document.sections_before:
        section["body"] = uses.explained(section["body"])
    for objective in document.objectives:
        objective.text = uses.explained(objective.text)
        for action in objective.actions:
            action.summary = uses.explained(action.summary)
            action.description = uses.explained(action.description)
    for text in (*document.sections_after, *document.annexes):
        text["body"] = uses.explained(text["body"])
    document.sources = uses.explained(document.sources)


def answered(document: Document, response: HttpResponse) -> HttpResponse:
    return kept_private(document.editions[0], framed(document.edition, response))


@login_not_required
@require_safe
def edition_list(request: HttpRequest, slug: str) -> HttpResponse:
    """All the editions of a roadmap that the reader may read."""
    editions = editions_to_read(request.user, slug)
    context = {"roadmap": editions[0].roadmap, "editions": editions}
    return kept_private(editions[0], render(request, "roadmaps/edition_list_page.html", context))


@login_not_required
@require_safe
def action_detail(request: HttpRequest, slug: str, uid: str, number: int | None = None) -> HttpResponse:
    """One action, its place in the document and its neighbours."""
    document = Document(*edition_to_read(request.user, slug, number))
    found = document.find_action(uid)
    if not found:
        raise Http404
    rank, action = found
    action.level = 1
    action.description = FirstUses().explained(action.description)
    context = {
        "document": document,
        "roadmap": document.roadmap,
        "action": action,
        "path": document.path_to(uid),
        "around": document.around_part(uid),
        "previous": document.actions[rank - 1] if rank else None,
        "next": document.actions[rank + 1] if rank + 1 < len(document.actions) else None,
        "reports": ProgressReport.objects.before(action.situation.report, document.roadmap, uid)
        if action.situation
        else [],
    }
    return answered(document, render(request, "roadmaps/action_page.html", context))


@login_not_required
@require_safe
def objective_detail(request: HttpRequest, slug: str, uid: str, number: int | None = None) -> HttpResponse:
    """One objective: its text, its indicators, what hangs from it."""
    document = Document(*edition_to_read(request.user, slug, number))
    path = document.path_to(uid)
    if not path or path[-1].uid != uid:
        raise Http404
    path[-1].text = FirstUses().explained(path[-1].text)
    context = {
        "document": document,
        "roadmap": document.roadmap,
        "objective": path[-1],
        "path": path[:-1],
        "around": document.around_part(uid),
    }
    return answered(document, render(request, "roadmaps/objective_page.html", context))
