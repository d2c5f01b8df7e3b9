"""What somebody sends after the session ended is not lost: the page that says so carries it, to be sent again."""

from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render, resolve_url

WRITTEN_IN = "/espace/"  # elsewhere what is sent may be a password
OF_THE_FORM = "csrfmiddlewaretoken"


class RequireSignIn(LoginRequiredMiddleware):
    """Lead whoever is not signed in to do so; what was sent with it waits on the page, to be sent again."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseBase:
        if request.method == "POST" and typed_in(request) and not asked_by_script(request):
            return answer(request, status=401)
        return super().handle_no_permission(request, view_func)


def refused_token(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is not the session’s: one of ours, older than a sign-in, or one of another site.

    Only to what a page of the portal sent, as its Origin says, is it given back: what another site made somebody send
    is not to be sent again in one click.
    """
    is_ours = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    if is_ours and typed_in(request):
        return answer(request, status=403)
    return render(request, "403_csrf.html", status=403)


def typed_in(request: HttpRequest) -> list[tuple[str, str]]:
    """Give what a page of the space sent, name by name, in order."""
    if not request.path.startswith(WRITTEN_IN):
        return []
    return [(name, value) for name, values in request.POST.lists() if name != OF_THE_FORM for value in values]


def asked_by_script(request: HttpRequest) -> bool:
    """Say whether a script of the portal asks: it keeps what was typed, and says what to do (static/js/)."""
    return any(name in request.headers for name in ("X-Autosave", "X-Plan"))


def answer(request: HttpRequest, status: int) -> HttpResponse:
    context = {
        "typed": typed_in(request),
        "has_files": bool(request.FILES),
        "sign_in": "" if request.user.is_authenticated else f"{resolve_url(settings.LOGIN_URL)}?next={request.path}",
    }
    return render(request, "people/send_again_page.html", context, status=status)
