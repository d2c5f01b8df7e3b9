"""One's own account."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from people.forms import NameForm


def account(request: HttpRequest) -> HttpResponse:
    """What the portal knows of whoever is signed in: his name, his address, his roles, and how he signs in."""
    form = NameForm(request.POST or None, instance=request.user)
    if form.is_valid():
        form.save()
        messages.success(request, "Votre nom est enregistré.")
        return redirect("account")
    memberships = request.user.memberships.select_related("collectivite")
    return render(request, "people/account_page.html", {"form": form, "memberships": memberships})
