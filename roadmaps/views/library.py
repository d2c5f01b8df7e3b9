"""The library of model actions: find one, keep one, insert one."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from publishing.versions import StaleVersionError
from roadmaps.editions import EditionClosedError
from roadmaps.forms.library import EntryForm
from roadmaps.library import content, found, insert, keep, summary
from roadmaps.models import Action, Indicator, ModelAction, Objective, Step
from roadmaps.parts import BY_ADDRESS, Part
from roadmaps.snapshots import name_of
from roadmaps.views.access import require
from roadmaps.views.moving import outline_row
from roadmaps.views.writing_parts import desk, part_url, place_of, quoted
from roadmaps.views.writing_sheet import closed
from roadmaps.words import tell, vocabulary
from ui.typography import plural

PAGE_SIZE = 30
EMPTY = ("", "non")


@dataclass
class Card:
    """A model as a list shows it."""

    model: ModelAction
    summary: str
    size: str

    @classmethod
    def of(cls, model: ModelAction) -> "Card":
        counts = [
            plural(len(model.content.get(name_of(part), [])), *words)
            for part, words in ((Step, ("étape", "étapes")), (Indicator, ("indicateur", "indicateurs")))
            if model.content.get(name_of(part))
        ]
        return cls(model, summary(model), ", ".join(counts))


@require_safe
def library_list(request: HttpRequest) -> HttpResponse:
    """All the models, or those that a search finds."""
    require("write", request.user)
    return render(request, "roadmaps/workspace/library_page.html", searched(request))


@require_http_methods(["GET", "POST"])
def library_insert(request: HttpRequest, slug: str, number: int, part: Part, uid: str) -> HttpResponse:
    """Choose a model for an objective; it becomes its last action."""
    objective = outline_row(request, slug, number, part, uid)
    if not isinstance(objective, Objective):
        raise Http404
    roadmap = objective.edition.roadmap
    if objective.edition.is_published:
        return closed(request, roadmap)
    if request.method == "POST":
        return insert_chosen(request, objective)
    context = searched(request) | {"roadmap": roadmap, "objective": objective, "back": place_of(part, objective)}
    return render(request, "roadmaps/workspace/library_page.html", context)


def insert_chosen(request: HttpRequest, objective: Objective) -> HttpResponse:
    """Insert the model that a button names; where somebody took it away, say so."""
    key = request.POST.get("modele", "")
    model = ModelAction.objects.filter(pk=int(key)).first() if key.isdecimal() and len(key) < PAGE_SIZE else None
    if model is None:
        messages.warning(request, "Ce modèle n’est plus dans la bibliothèque : rien n’est inséré.")
        return redirect(request.path)
    try:
        action, batch = insert(model, objective, request.user)
    except EditionClosedError:
        return closed(request, objective.edition.roadmap)
    except StaleVersionError:
        messages.warning(request, "Cet objectif vient d’être supprimé : rien n’est inséré.")
        return redirect(desk(objective.edition, "plan"))
    part = BY_ADDRESS["actions"]
    messages.success(request, f"{quoted(part, str(action))} est insérée : adaptez-la.", extra_tags=batch)
    return redirect(part_url("part-edit", action.edition, part, action.uid))


@require_POST
def library_keep(request: HttpRequest, slug: str, number: int, part: Part, uid: str) -> HttpResponse:
    """Keep an action as a model, of a published edition too."""
    action = outline_row(request, slug, number, part, uid)
    if not isinstance(action, Action):
        raise Http404
    model = keep(action, request.user)
    messages.success(request, "L’action est gardée dans la bibliothèque : dites quand s’en servir.")
    return redirect("library-entry", model.pk)


@require_http_methods(["GET", "POST"])
def library_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what a model is for, or take it out of the library."""
    require("write", request.user)
    model = get_object_or_404(ModelAction, pk=pk)
    if "supprimer" in request.POST:
        return take_out(request, model)
    form = EntryForm(request.POST if request.method == "POST" else None, instance=model)
    if form.is_valid():
        form.save()
        messages.success(request, f"Le modèle « {model} » est enregistré.")
        return redirect("library-list")
    told = tell(Action, content(model), vocabulary())
    context = {"form": form, "model": model, "told": [one for one in told.values() if one.text not in EMPTY]}
    return render(request, "roadmaps/workspace/library_entry_page.html", context, status=422 if form.is_bound else 200)


def take_out(request: HttpRequest, model: ModelAction) -> HttpResponseRedirect:
    messages.success(request, f"Le modèle « {model} » n’est plus dans la bibliothèque.")
    model.delete()
    return redirect("library-list")


def searched(request: HttpRequest) -> dict[str, object]:
    """Give what a list of models shows."""
    query = request.GET.get("q", "").strip()
    page = Paginator(found(query), PAGE_SIZE).get_page(request.GET.get("page"))
    return {"query": query, "page": page, "cards": [Card.of(model) for model in page]}
