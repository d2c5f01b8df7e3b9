"""What managers decide: what goes online, comes offline, is deleted. Each asks first, and says what will happen."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods

from editorial.history import changes
from editorial.models import Written
from editorial.online import HiddenError
from editorial.rooms import Room
from editorial.views.access import written_for
from publishing.versions import StaleVersionError
from roadmaps.forms.rows import sent_back

STALE = "Quelqu’un d’autre a modifié cette {} entre-temps. Relisez-la, puis confirmez s’il le faut toujours."


@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, room: Room, pk: int) -> HttpResponse:
    """Put online what is written, once it is seen what will change."""
    row = written_for("publish", request, room, pk)
    refusal = decide(request, room, row, room.publish, f"« {row} » est en ligne.")
    if refusal is None:
        return redirect(room.addresses["edit"], pk)
    context = {
        "room": room,
        "row": row,
        "changes": changes(room.online(row), room.written(row), room.fields),
        "lacks": room.lacks(row),
        "refusal": refusal,
    }
    return render(request, "editorial/workspace/publish_page.html", context, status=409 if refusal else 200)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, room: Room, pk: int) -> HttpResponse:
    """Take something offline, once it is said what goes offline with it."""
    row = written_for("publish", request, room, pk)
    refusal = decide(request, room, row, room.withdraw, f"« {row} » n’est plus en ligne.")
    if refusal is None:
        return redirect(room.addresses["edit"], pk)
    context = {
        "title": "Retirer du site",
        "lead": "Le texte reste ici, et peut être publié de nouveau. Son adresse ne répondra plus.",
        "with_it": [one for one in room.below(row) if one.is_published],
    }
    return ask(request, room, row, context, refusal)


@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, room: Room, pk: int) -> HttpResponse:
    """Delete something, once it is said what goes with it."""
    row = written_for("publish", request, room, pk)
    refusal = decide(request, room, row, room.delete)
    if refusal is None:
        messages.success(request, gone(room, row))
        return redirect(room.addresses["list"])
    context = {
        "title": "Supprimer",
        "lead": "Les adresses ne répondront plus. Les textes restent dans l’historique, d’où chacun peut revenir.",
        "with_it": room.below(row),
    }
    return ask(request, room, row, context, refusal)


def gone(room: Room, row: Written) -> SafeString:
    """Say that something is deleted, with the way back to it."""
    deleted = room.revisions.filter(uid=row.uid).first()
    way = reverse(room.addresses["revision"], args=[deleted.pk]) if deleted else reverse(room.addresses["history"])
    return format_html('« {} » est supprimée. <a href="{}">La rétablir</a>', row, way)


def decide(request: HttpRequest, room: Room, row: Written, verb: Callable[..., Any], said: str = "") -> str | None:
    """Do what is confirmed by POST, with the version that was read.

    Args:
        request: asks by GET, confirms by POST.
        room: where it is written.
        row: is read again where the verb refuses.
        verb: what is confirmed.
        said: once it is done, if anything.

    Returns:
        None once it is done; otherwise why it is refused, or nothing as long as it is only asked.
    """
    if request.method != "POST":
        return ""
    try:
        verb(row, sent_back(request.POST.get("version", "")), request.user)
    except (StaleVersionError, HiddenError) as refusal:
        row.refresh_from_db()
        return str(refusal) or STALE.format(room.one)
    if said:
        messages.success(request, said)
    return None


def ask(request: HttpRequest, room: Room, row: Written, context: dict[str, object], refusal: str) -> HttpResponse:
    context |= {"room": room, "row": row, "refusal": refusal, "back": reverse(room.addresses["edit"], args=[row.pk])}
    return render(request, "editorial/workspace/confirm_page.html", context, status=409 if refusal else 200)
