"""The logo of a collectivité: the picture that everyone may see, and the page where it is given."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe
from rules import test_rule

from cress_portal.forms import LogoForm
from territories.logos import FOLDER, keep_logo, withdraw_logo
from territories.models import Collectivite

ONE_YEAR = 365 * 24 * 3600


@login_not_required
@require_safe
def collectivite_logo(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """The picture that a collectivité has for a logo today; another one has another address."""
    collectivite = get_object_or_404(Collectivite, slug=slug, logo=f"{FOLDER}/{name}.png")
    try:
        response = FileResponse(collectivite.logo.open(), content_type="image/png")
    except FileNotFoundError:
        raise Http404 from None
    response["Cache-Control"] = f"public, max-age={ONE_YEAR}, immutable"
    return response


@require_http_methods(["GET", "POST"])
def logo_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Give a collectivité a logo, or withdraw the one that it has."""
    collectivite = get_object_or_404(Collectivite, slug=slug)
    if not test_rule("people.give_logo", request.user, collectivite):
        raise PermissionDenied
    form = LogoForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if "retirer" in request.POST:
        withdraw_logo(collectivite)
        messages.success(request, "Le logo est retiré\u00a0: les prochains documents n’en porteront pas.")
    elif form.is_valid():
        keep_logo(collectivite, form.cleaned_data["logo"])
        messages.success(request, "Le logo est enregistré\u00a0: voyez s’il est bien tel que vous l’attendiez.")
    else:
        context = {"collectivite": collectivite, "form": form}
        return render(request, "portal/logo_page.html", context, status=422 if form.is_bound else 200)
    return redirect("logo-edit", slug)
