"""What the CRESS team follows: the board of all bodies, each body’s desk, what is vacant, who carries how much."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from instances.composition import composition_of
from instances.figures import years
from instances.history import Entry
from instances.mandates import period_of
from instances.meetings import voices
from instances.models import Digest, Document, Instance, Meeting, Seat
from instances.models.revision import KEPT_YEARS
from instances.past import past_meetings
from instances.register import tally, told_seats
from instances.reminders import first_reminders
from instances.rules import may_write
from instances.standing import months_after
from instances.subjects import told_subjects
from instances.views.access import instance_for, meeting_for, require
from instances.workload import workloads
from ui import rich_text
from ui.links import links

PAGE_SIZE = 25
REMINDERS, MEETINGS = 5, 8  # of each kind on the board; the rest is a link away
PAST_MEETINGS = 12
HISTORY_PAGE_SIZE = 40


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """All the bodies, what awaits, and what matters this month."""
    require("follow", request)
    today = timezone.localdate()
    query = request.GET.get("q", "").strip()
    opened = request.GET.get("rappels", "")
    found = Instance.objects.matching(query).select_related("parent").with_seats(today).with_next_meeting(today)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    soon = Meeting.objects.coming(today).filter(held_on__lt=months_after(today, 1)).select_related("instance")
    context = {
        "page": page,
        "rows": [
            {"instance": one, "seats": told_seats(tally(one.open_seats)), "is_dissolved": one.is_dissolved(today)}
            for one in page
        ],
        "query": query,
        "reminders": first_reminders(today, REMINDERS, opened),
        "soon": list(soon if opened == "mois" else soon[:MEETINGS]),
        "soon_count": soon.count(),
        "is_digest_refused": Digest.objects.filter(user=request.user.pk, is_refused=True).exists(),
        "may_write": may_write(request.user),
    }
    return render(request, "instances/workspace/board_page.html", context)


@require_safe
def instance_desk(request: HttpRequest, slug: str) -> HttpResponse:
    """One body from within: its seats and what to do there, its meetings, its documents, its notes."""
    instance = instance_for("follow", request, slug)
    today = timezone.localdate()
    composition = composition_of(instance, today)
    meetings = list(Meeting.objects.filter(instance=instance).around(today, PAST_MEETINGS + 1))
    past = [meeting for meeting in reversed(meetings) if meeting.held_on < today]
    documents = list(Document.objects.filter(instance=instance).prefetch_related("former_files"))
    context = {
        "instance": instance,
        "is_dissolved": instance.is_dissolved(today),
        "seats": composition.seats,
        "ahead": [{"mandate": one, "period": period_of(one)} for one in reversed(composition.ahead)],
        "former": [{"mandate": one, "period": period_of(one)} for one in composition.former],
        "successors": list(instance.successors.all()) if instance.dissolved_on else [],
        "coming": [meeting for meeting in meetings if meeting.held_on >= today],
        "past": past[:PAST_MEETINGS],
        "has_older": len(past) > PAST_MEETINGS,
        "documents": [document for document in documents if document.removed_at is None],
        "removed": [document for document in documents if document.removed_at],
        "roadmaps": list(instance.roadmaps.order_by("title")),
        "subjects": told_subjects(instance.subjects.select_related("roadmap")),
        "may_write": may_write(request.user),
    }
    return render(request, "instances/workspace/desk_page.html", context)


@require_safe
def meeting_list(request: HttpRequest, slug: str) -> HttpResponse:
    """All the past meetings of a body, year by year, with their documents and whether somebody told of them."""
    instance = instance_for("follow", request, slug)
    meetings = Meeting.objects.filter(instance=instance)
    past = past_meetings(meetings, Document.objects.kept(), timezone.localdate(), request.GET)
    return render(request, "instances/workspace/meeting_list_page.html", {"instance": instance, "past": past})


@require_safe
def meeting_detail(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """One meeting from within: agenda, who came, minutes, documents, what the representative told."""
    meeting = meeting_for("follow", request, slug, uid)
    noted = list(
        meeting.attendances.select_related("mandate__person", "mandate__seat__alternate_of", "alternate__person")
    )
    context = {
        "instance": meeting.instance,
        "meeting": meeting,
        "attendances": noted,
        "voices": voices(noted),
        "documents": list(meeting.documents.kept().prefetch_related("former_files")),
        "positions": links(positions=meeting.publications.online().as_links())["positions"],
        "minutes": rich_text.render(meeting.minutes),
        "report_back": rich_text.render(meeting.report_back),
        "may_write": may_write(request.user),
    }
    return render(request, "instances/workspace/meeting_page.html", context)


@require_safe
def instance_history(request: HttpRequest, slug: str) -> HttpResponse:
    """Who changed what in the register of a body, the latest first."""
    instance = instance_for("write", request, slug)
    page = Paginator(instance.revisions.select_related("by"), HISTORY_PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "instance": instance,
        "page": page,
        "entries": [Entry.of(revision) for revision in page],
        "kept_years": KEPT_YEARS,
    }
    return render(request, "instances/workspace/history_page.html", context)


@require_safe
def seat_vacancies(request: HttpRequest) -> HttpResponse:
    """The seats where somebody must be appointed or renewed, the most pressing first."""
    require("follow", request)
    page = Paginator(Seat.objects.awaiting(timezone.localdate()), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "seats": list(page), "may_write": may_write(request.user)}
    return render(request, "instances/workspace/vacancies_page.html", context)


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Parity and renewal, year by year."""
    require("follow", request)
    return render(request, "instances/workspace/figures_page.html", {"years": years(timezone.localdate())})


@require_safe
def workload(request: HttpRequest) -> HttpResponse:
    """How much each representative carries."""
    require("follow", request)
    return render(request, "instances/workspace/workload_page.html", {"loads": workloads(timezone.localdate())})
