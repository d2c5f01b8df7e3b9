"""The roadmaps of the workspace: their list, a new one, what belongs to them beside their editions."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from roadmaps.editions import create_roadmap
from roadmaps.forms.names import save_named
from roadmaps.forms.roadmap import ActorsForm, FirstEditionForm, RoadmapForm
from roadmaps.models import Edition, Roadmap
from roadmaps.rules import may_write, reads_every_draft
from roadmaps.standings import standings
from roadmaps.views.access import require, roadmap_for
from roadmaps.views.writing_sheet import SheetPage, answer_sheet, media
from territories.models import Collectivite

PAGE_SIZE = 30
FOUND = 25  # collectivités that a search shows


@require_safe
def workspace_roadmap_list(request: HttpRequest) -> HttpResponse:
    """All the roadmaps for the CRESS team, its own for a collectivité; what changed last comes first."""
    query = request.GET.get("q", "").strip()
    found = Roadmap.objects.of_territory(request.user).matching(query).with_state()
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "standings": standings(page),
        "query": query,
        "is_team": reads_every_draft(request.user),
        "may_write": may_write(request.user),
    }
    return render(request, "roadmaps/workspace/roadmap_list_page.html", context)


@require_http_methods(["GET", "POST"])
def roadmap_create(request: HttpRequest) -> HttpResponse:
    """Choose the collectivité, then say what the roadmap is."""
    require("write", request.user)
    chosen = request.GET.get("collectivite", "")
    if not chosen:
        return collectivite_search(request, reverse("roadmap-create"), "Nouvelle feuille de route")
    collectivite = get_object_or_404(Collectivite.objects.current(), slug=chosen)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = RoadmapForm(*posted, instance=Roadmap(collectivite=collectivite))
    first = FirstEditionForm(*posted, instance=Edition(number=1), prefix="edition")
    if posted and all([form.is_valid(), first.is_valid()]):
        try:
            roadmap = create(form, first)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, "La feuille de route est créée : son brouillon est ouvert, écrivez-le ici.")
            return redirect("roadmap-edit", roadmap.slug)
    context = {"form": form, "first": first, "collectivite": collectivite, "media": media(request, form)}
    status = 422 if posted else 200
    return render(request, "roadmaps/workspace/create_page.html", context, status=status)


def collectivite_search(request: HttpRequest, address: str, purpose: str) -> HttpResponse:
    """Show the collectivités that a name, a postal code or a code may mean.

    Args:
        request: its query string says what is looked for.
        address: of the page that the chosen one leads to.
        purpose: what it is chosen for, in words.
    """
    query = request.GET.get("q", "").strip()
    found = Collectivite.objects.current().matching(query)
    found = found.select_related("departement", "region").prefetch_related("departements")[:FOUND]
    context = {"query": query, "found": found, "limit": FOUND, "address": address, "purpose": purpose}
    return render(request, "roadmaps/workspace/collectivite_page.html", context)


@transaction.atomic
def create(form: RoadmapForm, first: FirstEditionForm) -> Roadmap:
    """Save a checked roadmap, and what was said of its first edition."""
    save_named([form])
    edition = create_roadmap(form.instance, form.cleaned_data["co_carriers"])
    Edition.objects.filter(pk=edition.pk).update(**first.cleaned_data)
    return form.instance


@require_http_methods(["GET", "POST"])
def roadmap_identity(request: HttpRequest, slug: str) -> HttpResponse:
    """What the roadmap is, through all its editions; its address stays."""
    roadmap = roadmap_for("describe", request, slug)
    form = RoadmapForm(*((request.POST, request.FILES) if request.method == "POST" else ()), instance=roadmap)
    page = SheetPage(
        roadmap,
        title="Caractéristiques",
        lead="Elles valent pour toutes les éditions, et se voient aussitôt si l’une est publiée.",
        said="Les caractéristiques sont enregistrées.",
        back=reverse("roadmap-edit", args=[slug]),
    )
    return answer_sheet(request, form, page)


@require_http_methods(["GET", "POST"])
def roadmap_actors(request: HttpRequest, slug: str) -> HttpResponse:
    """Who does what for the roadmap as a whole."""
    roadmap = roadmap_for("write", request, slug)
    form = ActorsForm(*((request.POST,) if request.method == "POST" else ()), instance=roadmap)
    page = SheetPage(
        roadmap,
        title="Acteurs",
        lead="Porteurs, pilotes, rédaction, signataires, financeurs, partenaires de la feuille de route entière.",
        said="Les acteurs sont enregistrés.",
        back=reverse("roadmap-edit", args=[slug]),
    )
    return answer_sheet(request, form, page)
