"""What managers decide: a page goes online, comes offline, is deleted. Each asks first, and says what will happen."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from editorial.history import TEXTS, changes, online_snapshot
from editorial.models import Page
from editorial.publication import HiddenAboveError, publish, withdraw
from editorial.views.access import page_for
from editorial.writing import delete_page
from publishing.versions import StaleVersionError
from roadmaps.forms.rows import sent_back

STALE = "Quelqu’un d’autre a modifié cette page entre-temps. Relisez-la, puis confirmez s’il le faut toujours."


@require_http_methods(["GET", "POST"])
def page_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Put online what is written, once it is seen what will change."""
    page = page_for("publish", request, pk)
    refusal = decide(request, page, publish, f"« {page} » est en ligne.")
    if refusal is None:
        return redirect("page-edit", pk)
    written = {name: getattr(page, name) for name in TEXTS}
    context = {"page": page, "changes": changes(online_snapshot(page.published), written), "refusal": refusal}
    return render(request, "editorial/workspace/publish_page.html", context, status=409 if refusal else 200)


@require_http_methods(["GET", "POST"])
def page_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a page offline, once it is said what goes offline with it."""
    page = page_for("publish", request, pk)
    refusal = decide(request, page, withdraw, f"« {page} » n’est plus en ligne.")
    if refusal is None:
        return redirect("page-edit", pk)
    context = {
        "title": "Retirer du site",
        "lead": "Le texte reste ici, et peut être publié de nouveau. Son adresse ne répondra plus.",
        "with_it": Page.objects.published().below(page.path).order_by("path"),
    }
    return ask(request, page, context, refusal)


@require_http_methods(["GET", "POST"])
def page_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a page, once it is said what goes with it."""
    page = page_for("publish", request, pk)
    refusal = decide(request, page, delete_page, f"« {page} » est supprimée.")
    if refusal is None:
        return redirect("workspace-page-list")
    context = {
        "title": "Supprimer",
        "lead": "Les adresses ne répondront plus. Les textes restent dans l’historique, d’où chacun peut revenir.",
        "with_it": Page.objects.below(page.path).order_by("path"),
    }
    return ask(request, page, context, refusal)


def decide(request: HttpRequest, page: Page, verb: Callable[..., Any], said: str) -> str | None:
    """Do what is confirmed by POST, with the version that was read.

    Args:
        request: asks by GET, confirms by POST.
        page: is read again where the verb refuses.
        verb: what is confirmed.
        said: once it is done.

    Returns:
        None once it is done; otherwise why it is refused, or nothing as long as it is only asked.
    """
    if request.method != "POST":
        return ""
    try:
        verb(page, sent_back(request.POST.get("version", "")), request.user)
    except (StaleVersionError, HiddenAboveError) as refusal:
        page.refresh_from_db()
        return str(refusal) or STALE
    messages.success(request, said)
    return None


def ask(request: HttpRequest, page: Page, context: dict[str, object], refusal: str) -> HttpResponse:
    context |= {"page": page, "refusal": refusal, "back": reverse("page-edit", args=[page.pk])}
    return render(request, "editorial/workspace/confirm_page.html", context, status=409 if refusal else 200)
