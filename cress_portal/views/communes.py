"""Ma commune: from a name or a postal code to what is promised there."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cress_portal.promises import territory_of
from territories.finding_places import LONGEST, commune_at, heir_of, meant_by


@login_not_required
@require_safe
def my_commune(request: HttpRequest) -> HttpResponse:
    """What covers the commune of ``commune``, an address, or the one that ``q`` means; which one, where several may be.

    Raises:
        Http404: no commune has this address.
    """
    query = " ".join(request.GET.get("q", "").split())[:LONGEST]
    context: dict[str, Any] = {"query": query}
    if slug := request.GET.get("commune", ""):
        commune = commune_at(slug[:LONGEST])
        if commune is None:
            raise Http404
    else:
        context["meant"] = meant = meant_by(query, settings.REGION_CODE)
        is_found = len(meant.communes) == 1 and not (meant.is_near or meant.others)
        commune = meant.communes[0] if is_found else None
    if commune:
        heir = heir_of(commune)
        context |= {
            "territory": territory_of(heir, timezone.localdate()),
            "former": commune if heir != commune else None,
        }
    return render(request, "portal/commune_page.html", context)
