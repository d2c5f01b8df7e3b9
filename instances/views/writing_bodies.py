"""The register as staff keep it: bodies and their seats."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from instances.bodies import close_seat, dissolve, revive, verify
from instances.forms.body import ClosingForm, DissolutionForm, InstanceForm, SeatForm
from instances.forms.mandates import Gesture
from instances.models import Instance, Seat
from instances.views.access import instance_for, require, seat_for
from instances.views.gestures import GesturePage, answer_gesture, answer_sheet, posted


@require_http_methods(["GET", "POST"])
def instance_create(request: HttpRequest) -> HttpResponse:
    """Enter a body in the register."""
    require("write", request)
    form = InstanceForm(*((request.POST,) if request.method == "POST" else ()), instance=Instance())
    page = GesturePage(
        None,
        title="Nouvelle instance",
        submit="Créer l’instance",
        said="L’instance est créée : ajoutez ses sièges.",
        back=reverse("workspace-instance-list"),
        lead="Le nom, le niveau et la nature suffisent : le reste peut attendre.",
        leads_to_desk=True,
    )
    return answer_sheet(request, form, page)


@require_http_methods(["GET", "POST"])
def instance_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what a body is; its address stays."""
    instance = instance_for("write", request, slug)
    form = InstanceForm(*((request.POST,) if request.method == "POST" else ()), instance=instance)
    said = "Les caractéristiques sont enregistrées."
    page = GesturePage(instance, "Caractéristiques", "Enregistrer", said, desk_of(instance))
    return answer_sheet(request, form, page)


def desk_of(instance: Instance) -> str:
    return reverse("instance-desk", args=[instance.slug])


@require_POST
def instance_verify(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that all that is told of a body is true today."""
    verify(instance_for("write", request, slug), by=request.user)
    messages.success(request, "L’instance est vérifiée d’aujourd’hui.")
    return redirect("instance-desk", slug)


@require_http_methods(["GET", "POST"])
def instance_dissolve(request: HttpRequest, slug: str) -> HttpResponse:
    """Say from when a body no longer exists, and what replaces it."""
    instance = instance_for("write", request, slug)
    form = DissolutionForm(**posted(request, {"version": instance.version}))
    page = GesturePage(
        instance,
        title="Fin de l’instance",
        submit="Enregistrer la fin de l’instance",
        said="La fin de l’instance est enregistrée ; sa page reste pour mémoire.",
        back=desk_of(instance),
        lead="Ses sièges sont supprimés ce jour-là, et les mandats en cours s’arrêtent la veille.",
    )

    def act() -> None:
        said = form.cleaned_data
        dissolve(instance, form.claimed_version, said["dissolved_on"], said["successors"], by=request.user)

    return answer_gesture(request, form, page, act, instance)


@require_http_methods(["GET", "POST"])
def instance_revive(request: HttpRequest, slug: str) -> HttpResponse:
    """Take back the end of a body."""
    instance = instance_for("write", request, slug)
    form = Gesture(**posted(request, {"version": instance.version}))
    page = GesturePage(
        instance,
        title="Annuler la fin de l’instance",
        submit="Annuler la fin de l’instance",
        said="La fin de l’instance est annulée : ses sièges et ses mandats reprennent.",
        back=desk_of(instance),
        lead=f"{instance.end_told} Ses sièges et les mandats terminés avec elle reprennent, comme avant.",
        keep="Laisser comme c’est",
    )

    def act() -> None:
        revive(instance, form.claimed_version, by=request.user)

    return answer_gesture(request, form, page, act, instance)


@require_http_methods(["GET", "POST"])
def seat_create(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a seat to a body."""
    instance = instance_for("write", request, slug)
    return answer_seat(request, Seat(instance=instance), "Ajouter un siège")


@require_http_methods(["GET", "POST"])
def seat_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change what a seat is."""
    seat = seat_for("write", request, slug, pk)
    return answer_seat(request, seat, seat.label)


def answer_seat(request: HttpRequest, seat: Seat, title: str) -> HttpResponse:
    form = SeatForm(*((request.POST,) if request.method == "POST" else ()), instance=seat)
    body = seat.instance
    page = GesturePage(body, title, "Enregistrer", "Le siège est enregistré.", desk_of(body), body.end_told)
    return answer_sheet(request, form, page)


@require_http_methods(["GET", "POST"])
def seat_close(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Say from when a seat no longer exists."""
    seat = seat_for("write", request, slug, pk)
    form = ClosingForm(**posted(request, {"version": seat.version}))
    page = GesturePage(
        seat.instance,
        title=f"Supprimer le siège « {seat} »",
        submit="Supprimer le siège",
        said="Le siège est supprimé.",
        back=desk_of(seat.instance),
        lead="Qui y siège part la veille, sa suppléance aussi ; ce qui fut reste pour mémoire.",
    )

    def act() -> None:
        close_seat(seat, form.claimed_version, form.cleaned_data["closed_on"], by=request.user)

    return answer_gesture(request, form, page, act, seat)
