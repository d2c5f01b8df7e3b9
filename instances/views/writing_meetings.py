"""The meetings as staff write them: announced, held, told."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from instances.forms.meetings import AttendanceForm, MeetingForm
from instances.meetings import note_attendance
from instances.models import Mandate, Meeting
from instances.views.access import instance_for, meeting_for
from instances.views.gestures import GesturePage, answer_gesture, answer_sheet
from ui.typography import day as told

OFFERED = "Seules les personnes qui avaient un mandat ce jour-là sont proposées."
NOBODY = "Personne n’avait de mandat dans cette instance ce jour-là : il n’y a rien à noter."


@require_http_methods(["GET", "POST"])
def meeting_create(request: HttpRequest, slug: str) -> HttpResponse:
    """Announce a meeting."""
    instance = instance_for("write", request, slug)
    form = MeetingForm(*((request.POST,) if request.method == "POST" else ()), instance=Meeting(instance=instance))
    said = "La séance est enregistrée."
    desk = reverse("instance-desk", args=[slug])
    page = GesturePage(instance, "Ajouter une séance", "Enregistrer", said, desk, instance.end_told)
    return answer_sheet(request, form, page)


@require_http_methods(["GET", "POST"])
def meeting_edit(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """Change a meeting, cancel it, or tell what was said there."""
    meeting = meeting_for("write", request, slug, uid)
    form = MeetingForm(*((request.POST,) if request.method == "POST" else ()), instance=meeting)
    title = f"Séance du {told(meeting.held_on)}"
    page = GesturePage(meeting.instance, title, "Enregistrer", "La séance est enregistrée.", sheet_of(meeting))
    return answer_sheet(request, form, page)


def sheet_of(meeting: Meeting) -> str:
    return reverse("meeting-detail", args=[meeting.instance.slug, meeting.uid])


@require_http_methods(["GET", "POST"])
def meeting_attendance(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """Note who came, late or not, and who came instead."""
    meeting = meeting_for("write", request, slug, uid)
    held = Mandate.objects.filter(seat__instance=meeting.instance_id).of_meeting(meeting)
    posted = (request.POST,) if request.method == "POST" else ()
    form = AttendanceForm(*posted, meeting=meeting, held=list(held.with_place().order_by("seat__position", "pk")))
    page = GesturePage(
        meeting.instance,
        title=f"Présences du {told(meeting.held_on)}",
        submit="Enregistrer les présences",
        said="Les présences sont enregistrées.",
        back=sheet_of(meeting),
        lead=OFFERED if form.mandates else NOBODY,
    )

    def act() -> None:
        note_attendance(meeting, form.claimed_version, form.attendances(), by=request.user)

    return answer_gesture(request, form, page, act, meeting)
