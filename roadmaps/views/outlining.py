"""How a gesture made in the outline answers: in place for the script that asked, by leading back to it otherwise."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

from roadmaps.models import Edition
from roadmaps.pane import Pane


def is_in_place(request: HttpRequest) -> bool:
    """Say whether static/js/outline.js asks, and swaps the outline itself."""
    return request.headers.get("X-Plan") == "1"


def came_from(request: HttpRequest) -> str:
    """Give the page from which a gesture was made, as its form says it (``retour``), if it is one of ours."""
    page = request.POST.get("retour", "")
    is_ours = page.startswith("/") and url_has_allowed_host_and_scheme(page, allowed_hosts=None)
    return page if is_ours and is_address(urlsplit(page).path) else ""


def is_address(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


def answer_gesture(request: HttpRequest, edition: Edition, said: str, back: str, focus: str) -> HttpResponse:
    """Say what was done, and put the reader back where he was.

    Args:
        request: may say which page it comes from (``retour``) and which sheet is open there (``ouvert``).
        edition: as it is now.
        said: what was done, in words.
        back: address of the page, where the request does not say it.
        focus: id of what has the focus there.
    """
    page = came_from(request) or back.partition("#")[0]
    if is_in_place(request):
        pane = Pane(request, edition, request.POST.get("ouvert", ""), path=page)
        html = render_to_string("roadmaps/workspace/_outline.html", {"pane": pane}, request)
        return JsonResponse({"html": html, "said": said, "focus": focus})
    messages.success(request, said)
    return redirect(f"{page}#{focus}")


def answer_refusal(request: HttpRequest, said: str, response: HttpResponse) -> HttpResponse:
    """Say why nothing was done: to the script that asked, or by a page."""
    return JsonResponse({"said": said}, status=409) if is_in_place(request) else response
