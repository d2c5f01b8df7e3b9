"""Duplicate an action, a branch of the outline, a whole roadmap."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from publishing.versions import StaleVersionError
from roadmaps.copies import copy_roadmap, duplicate
from roadmaps.editions import EditionClosedError
from roadmaps.forms.copy import ModelledForm
from roadmaps.models import Edition, Roadmap
from roadmaps.parts import Part
from roadmaps.views.access import roadmap_for
from roadmaps.views.moving import outline_row
from roadmaps.views.writing_parts import part_url, quoted
from roadmaps.views.writing_roadmaps import collectivite_search
from roadmaps.views.writing_sheet import closed
from territories.models import Collectivite


@require_POST
def part_duplicate(request: HttpRequest, slug: str, number: int, part: Part, uid: str) -> HttpResponse:
    """Copy an objective with its branch, or an action, right after it."""
    row = outline_row(request, slug, number, part, uid)
    try:
        copy, batch = duplicate(row, by=request.user)
    except EditionClosedError:
        return closed(request, row.edition.roadmap)
    except StaleVersionError:
        raise Http404 from None
    messages.success(request, f"{quoted(part, str(copy))} est {part.agree('créé')}.", extra_tags=batch)
    return redirect(part_url("part-edit", row.edition, part, copy.uid))


@require_http_methods(["GET", "POST"])
def roadmap_duplicate(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose the collectivité, then say what the roadmap made on this model is called."""
    model = roadmap_for("write", request, slug)
    chosen = request.GET.get("collectivite", "")
    if not chosen:
        return collectivite_search(request, reverse("roadmap-duplicate", args=[slug]), f"Sur le modèle de « {model} »")
    collectivite = get_object_or_404(Collectivite.objects.current(), slug=chosen)
    source = Edition.objects.filter(roadmap=model).order_by("-number").first()
    new = Roadmap(collectivite=collectivite, kind=model.kind, title=model.title, is_fictional=model.is_fictional)
    form = ModelledForm(request.POST if request.method == "POST" else None, instance=new)
    if source and form.is_valid():
        try:
            copy_roadmap(source, new, with_partners=form.cleaned_data["with_partners"])
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, "La feuille de route est créée : relisez-la, tout y est à adapter.")
            return redirect("roadmap-edit", new.slug)
    context = {"model": model, "source": source, "collectivite": collectivite, "form": form}
    return render(request, "roadmaps/workspace/model_page.html", context, status=422 if form.is_bound else 200)
