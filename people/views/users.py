"""The users and their roles, for the managers of the CRESS team."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from people import accounts, memberships
from people.forms import RoleForm
from people.models import Invitation, User
from people.views import access

USERS_PER_PAGE = 50


def user_list(request: HttpRequest) -> HttpResponse:
    """Everyone who has an account, and the invitations not accepted yet."""
    access.require(request, "people.manage_users")
    users = Paginator(User.objects.with_memberships(), USERS_PER_PAGE).get_page(request.GET.get("page"))
    invitations = Invitation.objects.pending().select_related("collectivite", "invited_by")
    return render(request, "people/user_list_page.html", {"page": users, "invitations": invitations})


def user_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One user, his roles, and what can be done about them."""
    return render(request, "people/user_page.html", {"subject": access.user_to_manage(request, pk)})


@require_POST
def user_deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a user from signing in."""
    user = access.user_to_manage(request, pk)
    try:
        accounts.deactivate(user)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, f"Le compte de {user} est désactivé.")
    return redirect("user-detail", pk)


@require_POST
def user_reactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a user sign in again."""
    user = access.user_to_manage(request, pk)
    accounts.reactivate(user)
    messages.success(request, f"Le compte de {user} est de nouveau actif.")
    return redirect("user-detail", pk)


def membership_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a role."""
    membership = access.membership_to_manage(request, pk)
    held = membership.role
    form = RoleForm(request.POST or None, instance=membership)
    if form.is_valid():
        try:
            memberships.change_role(membership, form.cleaned_data["role"])
        except ValidationError as refusal:
            membership.role = held
            form.add_error("role", refusal.messages)
        else:
            messages.success(request, f"{membership.user} a maintenant le rôle « {membership.get_role_display()} ».")
            return redirect("user-detail", membership.user_id)
    return render(request, "people/membership_page.html", {"membership": membership, "form": form})


@require_POST
def membership_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a role away."""
    membership = access.membership_to_manage(request, pk)
    user, scope = membership.user, membership.scope
    try:
        memberships.withdraw(membership)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, f"{user} n’a plus de rôle ici : {scope}.")
    return redirect("user-detail", user.pk)
