"""The weekly mail of reminders: refused from the mail itself, taken again from the board."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from instances.digests import choose, user_of
from instances.views.access import require
from people.models import User


@csrf_exempt  # a mail reader posts here by itself, and the signed word is what lets it
@login_not_required
@require_http_methods(["GET", "POST"])
def digest_refuse(request: HttpRequest, token: str) -> HttpResponse:
    """Refuse the weekly mail; opening the link asks, so that a scanner of mails refuses nothing."""
    user = user_of(token)
    if user is None:
        raise Http404
    is_done = request.method == "POST"
    if is_done:
        choose(user, is_refused=True)
    response = render(request, "instances/digest_refused_page.html", {"is_done": is_done})
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def digest_choose(request: HttpRequest) -> HttpResponse:
    """Take the weekly mail again, or refuse it."""
    require("follow", request)
    is_refused = request.POST.get("refuse") == "1"
    if isinstance(request.user, User):
        choose(request.user, is_refused=is_refused)
    said = "ne vous sera plus envoyé" if is_refused else "vous sera envoyé chaque semaine"
    messages.success(request, f"Le récapitulatif {said}.")
    return redirect("workspace-instance-list")
