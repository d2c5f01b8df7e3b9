"""The démarche: the dated steps by which a roadmap is built, adopted and followed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from roadmaps.forms.roadmap import MilestoneForm
from roadmaps.models import Milestone
from roadmaps.views.access import roadmap_for
from roadmaps.views.writing_sheet import SheetPage, answer_deletion, answer_sheet


@require_safe
def milestone_list(request: HttpRequest, slug: str) -> HttpResponse:
    """All the steps, the oldest first."""
    roadmap = roadmap_for("write", request, slug)
    context = {"roadmap": roadmap, "milestones": Milestone.objects.filter(roadmap=roadmap)}
    return render(request, "roadmaps/workspace/milestone_list_page.html", context)


@require_http_methods(["GET", "POST"])
def milestone_create(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a step."""
    return answer_milestone(request, Milestone(roadmap=roadmap_for("write", request, slug)))


@require_http_methods(["GET", "POST"])
def milestone_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Edit a step; what is sent of a step deleted meanwhile is not lost."""
    roadmap = roadmap_for("write", request, slug)
    milestone = Milestone.objects.filter(roadmap=roadmap, pk=pk).first()
    if milestone is None and not request.POST.get("version"):
        raise Http404
    milestone = milestone or Milestone()
    milestone.roadmap = roadmap
    return answer_milestone(request, milestone)


def answer_milestone(request: HttpRequest, milestone: Milestone) -> HttpResponse:
    slug = milestone.roadmap.slug
    steps = reverse("milestone-list", args=[slug])
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    page = SheetPage(
        milestone.roadmap,
        title=str(milestone) or "Ajouter une étape de la démarche",
        said="L’étape de la démarche est enregistrée.",
        back=steps,
        crumbs=[{"label": "Démarche", "url": steps}],
        another=reverse("milestone-create", args=[slug]),
        remove=reverse("milestone-delete", args=[slug, milestone.pk]) if milestone.pk else "",
    )
    return answer_sheet(request, MilestoneForm(*posted, instance=milestone), page)


@require_http_methods(["GET", "POST"])
def milestone_delete(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Delete a step, once it is confirmed."""
    roadmap = roadmap_for("write", request, slug)
    milestone = get_object_or_404(Milestone.objects.select_related("roadmap"), roadmap=roadmap, pk=pk)
    back = reverse("milestone-list", args=[slug])
    said = f"L’étape « {milestone} » est supprimée."
    page = SheetPage(milestone.roadmap, title=str(milestone), said=said, back=back)
    return answer_deletion(request, milestone, page, kept=back)
