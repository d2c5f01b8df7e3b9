"""What stands between the CRESS team and its space."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from people.models import Role, User
from people.rights import rights_of

OPEN = ("/compte/", "/sante/")  # where one signs in and adds it
WHY = (
    "Votre compte donne accès au travail de la CRESS : ajoutez une double authentification "
    "(une application ou une clé de sécurité) pour continuer."
)


class RequireSecondFactor:
    """Lead the CRESS team and the administrators to set up a second factor before anything else, but in the demo."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(OPEN) and must_add_second_factor(request.user):
            messages.warning(request, WHY)
            return redirect("mfa_index")
        return self.get_response(request)


def must_add_second_factor(user: User | AnonymousUser) -> bool:
    """Say whether the user belongs to the CRESS team or administers the portal, and has no second factor yet."""
    if settings.DEMO or not user.is_authenticated:
        return False
    return (user.is_staff or rights_of(user).team_at_least(Role.READER)) and not is_mfa_enabled(user)
