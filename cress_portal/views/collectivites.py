"""The public list of collectivités, and the same as a file."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cress_portal.collectivite_list import CollectiviteSieve, roadmaps_of, table
from publishing.tables import FORMATS, file_response
from roadmaps.list_tables import about
from ui.typography import plural

PAGE_SIZE = 50


@login_not_required
@require_safe
def collectivite_list(request: HttpRequest) -> HttpResponse:
    """The collectivités that carry a published roadmap, or those that are asked for in the whole register."""
    sieve = CollectiviteSieve(request.GET, timezone.localdate())
    page = Paginator(sieve.ordered().select_related("departement"), PAGE_SIZE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    roadmaps = roadmaps_of(shown)
    rows = [
        {
            "url": one.get_absolute_url(),
            "name": one.display_name,
            "kind": one.get_kind_display(),
            "departement": one.departement.name if one.departement else "",
            "roadmaps": plural(len(roadmaps[one.pk]), "feuille de route", "feuilles de route")
            if one.pk in roadmaps
            else "",
        }
        for one in shown
    ]
    sieve.count()
    context = {"sieve": sieve, "page": page, "rows": rows, "query": sieve.chosen("q"), "formats": list(FORMATS)}
    return render(request, "portal/collectivite_list_page.html", context)


@login_not_required
@require_safe
def collectivite_export(request: HttpRequest, file_format: str) -> HttpResponse:
    """The collectivités that the same address finds, as a file."""
    if file_format not in FORMATS:
        raise Http404
    listed = CollectiviteSieve(request.GET, timezone.localdate()).ordered()
    said = about("Collectivités et feuilles de route de l’ESS", request.get_full_path())
    return file_response([table(listed)], file_format, "collectivites", said)
