"""Invite someone; what becomes of an invitation; the page that its link opens."""

from smtplib import SMTPException

from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from people import invitations
from people.forms import InvitationForm, NewcomerForm
from people.models import Invitation, User
from people.views import access


def invitation_create(request: HttpRequest) -> HttpResponse:
    """Invite someone."""
    access.require(request, "people.manage_users")
    form = InvitationForm(request.POST or None)
    if form.is_valid():
        try:
            token = invitations.invite(form.instance, by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            send_link(request, form.instance, token)
            return redirect("user-list")
    return render(request, "people/invitation_form_page.html", {"form": form})


@require_POST
def invitation_resend(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a new link, valid for fourteen days; the one sent before dies."""
    invitation = access.invitation_to_manage(request, pk)
    send_link(request, invitation, invitations.renew(invitation))
    return redirect("user-list")


@require_POST
def invitation_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget the invitation: its link is now unknown."""
    invitation = access.invitation_to_manage(request, pk)
    invitation.delete()
    messages.success(request, f"L’invitation de {invitation.email} est annulée.")
    return redirect("user-list")


def send_link(request: HttpRequest, invitation: Invitation, token: str) -> None:
    """E-mail the link, and tell the manager whether it has gone."""
    url = request.build_absolute_uri(reverse("invitation-accept", args=[token]))
    body = render_to_string("people/email/invitation.txt", {"invitation": invitation, "url": url}, request)
    subject = render_to_string("people/email/invitation_subject.txt", {}, request).strip()
    try:
        send_mail(subject, body, None, [invitation.email])
    except (SMTPException, OSError):
        messages.error(
            request,
            f"L’invitation de {invitation.email} est enregistrée, mais le courriel n’est pas parti : "
            "renvoyez-la dans quelques minutes.",
        )
    else:
        messages.success(request, f"L’invitation est envoyée à {invitation.email}.")


@login_not_required
@never_cache
@sensitive_post_parameters("password")
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """Let the person invited open an account, or add the role to the account that she has."""
    invitation = invitations.find(token)
    if invitation is None:
        return render(request, "people/invitation_unknown_page.html", status=404)
    if invitation.accepted_at or invitation.is_expired:
        return render(request, "people/invitation_over_page.html", {"invitation": invitation}, status=410)
    if request.user.is_authenticated and request.user.email == invitation.email:
        return accept_as_oneself(request, invitation)
    if request.user.is_authenticated or User.objects.filter(email=invitation.email).exists():
        return render(request, "people/invitation_sign_in_page.html", {"invitation": invitation})
    return accept_as_newcomer(request, invitation)


def accept_as_oneself(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Add the role to the account that is signed in."""
    if request.method != "POST":
        return render(request, "people/invitation_accept_page.html", {"invitation": invitation})
    try:
        invitations.accept(invitation, request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, f"Votre nouveau rôle est enregistré : {invitation.scope}.")
    return redirect("desk")


def accept_as_newcomer(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Open an account, then sign in."""
    form = NewcomerForm(request.POST or None)
    if form.is_valid():
        try:
            user = invitations.accept_as_newcomer(invitation, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            return perform_login(request, user)
    return render(request, "people/invitation_newcomer_page.html", {"form": form, "invitation": invitation})
