"""Who sits where: appoint, renew, replace, end, correct, cancel; several seats at once after an election."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from instances.forms.mandates import (
    CancellationForm,
    CorrectionForm,
    ElectionForm,
    EndForm,
    NominationForm,
    RenewalForm,
    ReplacementForm,
)
from instances.mandates import (
    ONE_DAY,
    appoint,
    cancel,
    correct,
    end,
    fill,
    period_of,
    predecessor,
    renew,
    replace,
    why_kept,
)
from instances.models import Mandate, Seat
from instances.views.access import instance_for, mandate_for, seat_for
from instances.views.gestures import GesturePage, answer_gesture, posted
from ui.typography import day as told

GONE = "La nomination disparaît du registre, et reste dans l’historique de l’instance."


def page_of(mandate: Mandate, title: str, submit: str, said: str) -> GesturePage:
    """Say where a gesture on a mandate takes place."""
    seat = mandate.seat
    term = f", échéance le {told(mandate.term_on)}" if mandate.term_on else ""
    lead = f"{seat} : {mandate.person}, {period_of(mandate)}{term}."
    return GesturePage(seat.instance, title, submit, said, reverse("instance-desk", args=[seat.instance.slug]), lead)


@require_http_methods(["GET", "POST"])
def mandate_appoint(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Put somebody on a seat."""
    seat = seat_for("write", request, slug, pk)
    form = NominationForm(**posted(request, {"starts_on": timezone.localdate()}))
    said = "Le mandat est enregistré."
    desk = reverse("instance-desk", args=[slug])
    lead = "Si un mandat échu s’y prolonge, il se termine la veille du début de celui-ci."
    page = GesturePage(seat.instance, f"Nommer : {seat}", "Nommer", said, desk, lead)
    return answer_gesture(request, form, page, lambda: appoint(seat, form.nomination(), by=request.user))


@require_http_methods(["GET", "POST"])
def mandate_renew(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Give the same person a new term."""
    mandate = mandate_for("write", request, slug, pk)
    starts_on = mandate.term_on + ONE_DAY if mandate.term_on else None
    form = RenewalForm(**posted(request, {"version": mandate.version, "starts_on": starts_on}))
    page = page_of(mandate, f"Renouveler {mandate.person}", "Renouveler", "Le mandat est renouvelé.")

    def act() -> None:
        said = form.cleaned_data
        dates = {name: said[name] for name in ("term_on", "starts_on")}
        renew(mandate, form.claimed_version, **dates, act=said["act"], by=request.user)

    return answer_gesture(request, form, page, act, mandate)


@require_http_methods(["GET", "POST"])
def mandate_replace(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Put somebody else on the seat before the term."""
    mandate = mandate_for("write", request, slug, pk)
    initial = {"version": mandate.version, "quality": mandate.quality, "on_behalf_of": str(mandate.on_behalf_of or "")}
    form = ReplacementForm(**posted(request, initial))
    page = page_of(mandate, f"Remplacer {mandate.person}", "Remplacer", "Le remplacement est enregistré.")

    def act() -> None:
        replace(mandate, form.claimed_version, form.nomination(), form.cleaned_data["reason"], by=request.user)

    return answer_gesture(request, form, page, act, mandate)


@require_http_methods(["GET", "POST"])
def mandate_end(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Say that a mandate is over."""
    mandate = mandate_for("write", request, slug, pk)
    last_day = mandate.ended_on or timezone.localdate()
    form = EndForm(**posted(request, {"version": mandate.version, "ended_on": last_day}))
    page = page_of(mandate, f"Fin du mandat de {mandate.person}", "Terminer le mandat", "Le mandat est terminé.")

    def act() -> None:
        said = form.cleaned_data
        end(mandate, form.claimed_version, said["ended_on"], said["reason"], by=request.user)

    return answer_gesture(request, form, page, act, mandate)


@require_http_methods(["GET", "POST"])
def mandate_correct(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Mend what was mistyped in a mandate, over or not."""
    mandate = mandate_for("write", request, slug, pk)
    form = CorrectionForm(request.POST if request.method == "POST" else None, instance=mandate)
    page = page_of(mandate, f"Corriger le mandat de {mandate.person}", "Corriger", "Le mandat est corrigé.")

    def act() -> None:
        correct(form.corrected(), form.claimed_version, by=request.user)

    return answer_gesture(request, form, page, act, mandate)


@require_http_methods(["GET", "POST"])
def mandate_cancel(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take back an appointment that was a mistake, or will not take place."""
    mandate = mandate_for("write", request, slug, pk)
    form = CancellationForm(**posted(request, {"version": mandate.version}), former=predecessor(mandate))
    title, submit = f"Annuler la nomination de {mandate.person}", "Annuler cette nomination"
    page = page_of(mandate, title, submit, "La nomination est annulée.")
    page.lead += f" {why_kept(mandate) or GONE}"
    page.keep = "Garder cette nomination"

    def act() -> None:
        resumes = form.cleaned_data.get("resumes", False)
        cancel(mandate, form.claimed_version, resumes=resumes, by=request.user)

    return answer_gesture(request, form, page, act, mandate)


@require_http_methods(["GET", "POST"])
def seats_fill(request: HttpRequest, slug: str) -> HttpResponse:
    """Fill several seats at once, after an election."""
    instance = instance_for("write", request, slug)
    today = timezone.localdate()
    seats = list(Seat.objects.filter(instance=instance).standing_open(today))
    form = ElectionForm(**posted(request, {"starts_on": today}), seats=seats)
    page = GesturePage(
        instance,
        title="Après une élection",
        submit="Enregistrer les mandats",
        said="Les mandats sont enregistrés.",
        back=reverse("instance-desk", args=[slug]),
        lead="Tapez qui prend chaque siège ; un siège laissé vide ne change pas. Tout est enregistré, ou rien.",
    )

    def act() -> None:
        fill(form.nominations(), closes_running=form.cleaned_data["closes_running"], by=request.user)

    return answer_gesture(request, form, page, act)
