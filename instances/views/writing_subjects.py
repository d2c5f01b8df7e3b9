"""What of the roadmaps is carried in a body, as staff say it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from instances.forms.subjects import SubjectForm
from instances.subjects import carry, drop
from instances.views.access import instance_for
from instances.views.gestures import GesturePage, answer_gesture, posted
from roadmaps.models import Roadmap


@require_http_methods(["GET", "POST"])
def subject_create(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose a roadmap (``feuille``), then what of it is carried in the body."""
    instance = instance_for("write", request, slug)
    chosen = request.GET.get("feuille", "")
    if not chosen:
        roadmaps = Roadmap.objects.select_related("collectivite").order_by("collectivite__search", "title")
        context = {"instance": instance, "roadmaps": list(roadmaps)}
        status = 422 if request.method == "POST" else 200
        return render(request, "instances/workspace/subject_page.html", context, status=status)
    roadmap = get_object_or_404(Roadmap, slug=chosen)
    form = SubjectForm(**posted(request, {}), roadmap=roadmap)
    page = GesturePage(
        instance,
        title="Ce qui y est porté",
        submit="Ajouter",
        said="C’est ajouté : la page de l’instance et celle de la feuille de route se répondent.",
        back=reverse("instance-desk", args=[slug]),
        lead=roadmap.title,
    )

    def act() -> None:
        carry(instance, roadmap, form.cleaned_data["uid"], form.cleaned_data["note"], by=request.user)

    return answer_gesture(request, form, page, act)


@require_POST
def subject_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Say that an objective or action is no longer carried in a body."""
    instance = instance_for("write", request, slug)
    subject = get_object_or_404(instance.subjects.select_related("roadmap"), pk=pk)
    drop(instance, subject.roadmap, subject, by=request.user)
    messages.success(request, "C’est retiré.")
    return redirect("instance-desk", slug)


@require_POST
def steering_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Say that a body no longer steers a roadmap."""
    instance = instance_for("write", request, slug)
    drop(instance, get_object_or_404(instance.roadmaps, pk=pk), by=request.user)
    messages.success(request, "C’est retiré.")
    return redirect("instance-desk", slug)
