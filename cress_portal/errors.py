"""The pages that answer when an answer could not be made."""

import sys
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from cress_portal.open_data.answers import is_asked, refusal

RETRY_AFTER = 30  # seconds


@login_not_required
def server_error(request: HttpRequest) -> HttpResponse:
    """Say in French that the database is out (503) or that the portal has a fault (500).

    Django calls it while the exception is current. The pages are rendered without the request, so that nothing
    asks the database who is signed in.
    """
    names = {"portal_name": settings.PORTAL_NAME}
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        headers: dict[str, Any] = {"Retry-After": RETRY_AFTER, "Cache-Control": "no-store"}
        if is_asked(request):
            return refusal(503, "Le portail ne peut pas répondre pour l’instant : revenez dans un moment.", **headers)
        return HttpResponse(render_to_string("503.html", names), status=503, headers=headers)
    if is_asked(request):
        return refusal(500, "Le portail a un défaut : cette demande n’a pas pu aboutir.")
    return HttpResponse(render_to_string("500.html", names), status=500)


@login_not_required
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say in French that the request does not make sense."""
    if is_asked(request):
        return refusal(400, "Cette adresse ne se lit pas.")
    return render(request, "400.html", status=400)
