"""A visitor asks to be told by mail, confirms from his mailbox, and ends it when he wants: no account, no cookie.

None of these pages has a token against forged forms: a visitor has no cookie that a forged form would use. What lets
him confirm, change and end is the signed word of a link in his mails. Opening a link changes nothing, since scanners of
mails open them all.
"""

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from alerts.followed import Followed, followed
from alerts.forms import CHANGE, END_ALL, AlertForm, GestureForm
from alerts.models import TO_CONFIRM, Alert, Request, Subscriber
from alerts.subscribing import CONFIRM, END, MINE, ask, change, confirm, end, key_of, token_of
from publishing.allowance import Allowance, SpentAllowanceError

REQUESTS = Allowance("alerts", amount=10, duration=3600)
TOO_MANY = "Dix demandes sont déjà parties de chez vous depuis une heure\u00a0: réessayez dans {minutes} minutes."
MAIL_IS_DOWN = (
    "Le courriel de confirmation n’a pas pu partir\u00a0: l’alerte n’est pas demandée, et votre adresse n’est pas "
    "gardée. Réessayez dans quelques minutes."
)
DONE = {
    "confirmee": "Votre alerte est en place.",
    "changee": "La fréquence est changée.",
    "arretee": "L’alerte est arrêtée, elle ne vous écrira plus.",
}


# A visitor has no cookie, so no token of one: nobody can make him act in a name of his. What acts on an alert is the
# signed link of a mail, which only its reader has.
@csrf_exempt
@login_not_required
@never_cache
@sensitive_post_parameters("email")
@require_http_methods(["GET", "HEAD", "POST"])
def alert_create(request: HttpRequest, kind: str) -> HttpResponse:
    """Ask to be told of what the address names: a roadmap, or a list with its filters."""
    thing = followed(kind, request.GET.urlencode())
    if thing is None:
        raise Http404
    if request.method == "POST":
        form = AlertForm(request.POST)
        status = asked(request, thing, form) if form.is_valid() else 422
        if not status:
            return redirect("alert-asked")
    else:
        form, status = AlertForm(), 200
    return render(request, "alerts/alert_form_page.html", {"form": form, "thing": thing}, status=status)


def asked(request: HttpRequest, thing: Followed, form: AlertForm) -> int:
    """Have the mail sent that asks to confirm; otherwise say why in the form, and give the status of the answer."""
    visitor = get_adapter().get_client_ip(request)
    try:
        REQUESTS.take(visitor)
    except SpentAllowanceError as limit:
        form.add_error(None, TOO_MANY.format(minutes=limit.seconds // 60 + 1))
        return 429
    if ask(thing, form.cleaned_data["email"], form.cleaned_data["frequency"]):
        return 0
    REQUESTS.give_back(visitor)
    form.add_error(None, MAIL_IS_DOWN)
    return 503


@login_not_required
@require_safe
def alert_asked(request: HttpRequest) -> HttpResponse:
    """Say what to do now; it is the same page whether or not the address has alerts already."""
    return render(request, "alerts/alert_asked_page.html", {"days": TO_CONFIRM.days})


@csrf_exempt  # the link is the right, as above
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def alert_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm, from the mail, that one wants the alert."""
    wish = Request.objects.waiting().filter(pk=key_to_enter(CONFIRM, token)).first()
    if wish and request.method == "POST":
        alert = confirm(wish)
        return mine(alert.subscriber, "confirmee")
    context = {"wish": wish, "days": TO_CONFIRM.days}
    return render(request, "alerts/alert_confirm_page.html", context, status=200 if wish else 410)


@csrf_exempt  # a mail reader posts here by itself
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def alert_end(request: HttpRequest, token: str) -> HttpResponse:
    """End an alert, from its mail; one that is ended already is ended."""
    alert = Alert.objects.filter(pk=key_to_enter(END, token)).select_related("subscriber").first()
    is_done = alert is None or request.method == "POST"
    if alert and is_done:
        end(alert.subscriber, alert)
    return render(request, "alerts/alert_end_page.html", {"alert": alert, "is_done": is_done})


@csrf_exempt  # the link is the right, as above
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def alert_list(request: HttpRequest, token: str) -> HttpResponse:
    """All the alerts of whoever received a mail: how often each tells, and its end."""
    subscriber = Subscriber.objects.filter(pk=key_to_enter(MINE, token)).first()
    alerts = Alert.objects.filter(subscriber=subscriber)
    status = 200
    if subscriber and request.method == "POST":
        form = GestureForm(request.POST, alerts)
        if form.is_valid():
            return mine(subscriber, done(subscriber, form))
        status = 422
    context = {
        "subscriber": subscriber,
        "alerts": alerts,
        "frequencies": Alert.Frequency.choices,
        "done": DONE.get(request.GET.get("fait", ""), ""),
    }
    return render(request, "alerts/alert_list_page.html", context, status=status)


def done(subscriber: Subscriber, form: GestureForm) -> str:
    """Do what a subscriber wants; give the word of what was done."""
    gesture, alert = form.cleaned_data["gesture"], form.cleaned_data["alert"]
    if gesture == CHANGE:
        change(alert, form.cleaned_data["frequency"])
        return "changee"
    end(subscriber, None if gesture == END_ALL else alert)
    return "arretee"


def key_to_enter(name: str, token: str) -> int:
    """Give the key of what a link is about.

    Raises:
        Http404: the link was not written here.
    """
    key = key_of(name, token)
    if key is None:
        raise Http404
    return key


def mine(subscriber: Subscriber, word: str) -> HttpResponse:
    """Lead to the alerts of a subscriber, and say there what was done."""
    return redirect(f"{reverse(MINE, args=[token_of(MINE, subscriber)])}?fait={word}")
