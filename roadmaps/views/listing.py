"""The public lists of roadmaps and of actions: searched, sifted, sorted, and taken away."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from publishing.tables import FORMATS, file_response
from roadmaps.cards import action_cards, roadmap_cards
from roadmaps.forms.lists import ActionSieve, RoadmapSieve
from roadmaps.list_tables import about, action_table, roadmap_table
from roadmaps.region_map import region_map

ROADMAPS_A_PAGE, ACTIONS_A_PAGE = 24, 25


@login_not_required
@require_safe
def roadmap_list(request: HttpRequest) -> HttpResponse:
    """Every published roadmap, by département, kind, period, theme, lever, state, carrier."""
    today = timezone.localdate()
    sieve = RoadmapSieve(request.GET, today)
    page = Paginator(sieve.ordered(), ROADMAPS_A_PAGE).get_page(request.GET.get("page"))
    cards = roadmap_cards(page.object_list, today)
    sieve.count()
    context = {"sieve": sieve, "page": page, "cards": cards, "formats": list(FORMATS)}
    if not request.GET:  # the picture is of all of them
        context["map"] = region_map(today)
    return render(request, "roadmaps/roadmap_list_page.html", context)


@login_not_required
@require_safe
def action_list(request: HttpRequest) -> HttpResponse:
    """Every action of the editions in force, whoever carries it."""
    today = timezone.localdate()
    sieve = ActionSieve(request.GET, today)
    page = Paginator(sieve.ordered(), ACTIONS_A_PAGE).get_page(request.GET.get("page"))
    rows = action_cards(page.object_list, today)
    sieve.count()
    context = {"sieve": sieve, "page": page, "rows": rows, "formats": list(FORMATS)}
    return render(request, "roadmaps/action_list_page.html", context)


@login_not_required
@require_safe
def roadmap_export(request: HttpRequest, file_format: str) -> HttpResponse:
    """The roadmaps that the same address finds, as a file."""
    if file_format not in FORMATS:
        raise Http404
    today = timezone.localdate()
    table = roadmap_table(RoadmapSieve(request.GET, today).ordered(), today)
    said = about("Feuilles de route de l’ESS", request.get_full_path())
    return file_response([table], file_format, "feuilles-de-route", said)


@login_not_required
@require_safe
def action_export(request: HttpRequest, file_format: str) -> HttpResponse:
    """The actions that the same address finds, as a file."""
    if file_format not in FORMATS:
        raise Http404
    today = timezone.localdate()
    table = action_table(ActionSieve(request.GET, today).ordered(), today)
    said = about("Actions des feuilles de route de l’ESS", request.get_full_path())
    return file_response([table], file_format, "actions", said)
