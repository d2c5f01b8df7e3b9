"""Visitors meet the team and write to it."""

from urllib.parse import urlsplit

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from editorial.contact import AN_ERROR, receive, team_by_subject
from editorial.forms.contact import ContactForm, path_only
from editorial.models import ContactMessage
from publishing.allowance import Allowance, SpentAllowanceError

MESSAGES = Allowance("messages", amount=5, duration=3600)
RECEIPT = "editorial.receipt"
RECEIPT_SECONDS = 3600
TOO_MANY = (
    "Cinq messages sont déjà partis de votre adresse depuis une heure. Le vôtre est ci-dessous : réessayez {until}."
)


@login_not_required
@require_safe
def team(request: HttpRequest) -> HttpResponse:
    """Who answers on what."""
    return render(request, "editorial/team_page.html", {"subjects": team_by_subject()})


# A visitor has no cookie, so no token of one; whoever forged this form for him would send a message in no name of his.
@csrf_exempt
@login_not_required
@never_cache
@sensitive_post_parameters("text", "email")
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """Write to the CRESS; ``sujet`` says what about, ``erreur`` that the page one comes from is wrong somewhere."""
    if request.method != "POST":
        is_error = "erreur" in request.GET
        form = ContactForm(about=page_before(request) if is_error else "")
        form.initial |= {"subject": AN_ERROR if is_error else request.GET.get("sujet", "")}
        return render(request, "editorial/contact_page.html", {"form": form})
    form, status = ContactForm(request.POST), 422
    if form.is_valid():
        try:
            MESSAGES.take(get_adapter().get_client_ip(request))
        except SpentAllowanceError as limit:
            form.add_error(None, TOO_MANY.format(until=f"dans {limit.seconds // 60 + 1} minutes"))
            status = 429
        else:
            message = form.save(commit=False)
            receive(message)
            return redirect("contact-received", signing.dumps(message.pk, salt=RECEIPT))
    return render(request, "editorial/contact_page.html", {"form": form}, status=status)


def page_before(request: HttpRequest) -> str:
    """Give the page of the portal that led here: browsers say it, for pages of one site."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    return path_only(came_from.path) if came_from.netloc == request.get_host() else ""


@login_not_required
@never_cache
@require_safe
def contact_received(request: HttpRequest, token: str) -> HttpResponse:
    """Say truly what became of a message, to whoever has just sent it."""
    try:
        key = signing.loads(token, salt=RECEIPT, max_age=RECEIPT_SECONDS)
    except signing.BadSignature:
        raise Http404 from None
    message = ContactMessage.objects.filter(pk=key).first()
    if message is None:
        raise Http404
    return render(request, "editorial/contact_received_page.html", {"message": message})
