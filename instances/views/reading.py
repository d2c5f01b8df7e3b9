"""What everyone reads of the bodies: the register, one of them, whoever sits there, when they meet."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from instances.columns import PUBLIC_DICTIONARY
from instances.forms.sieve import Sieve
from instances.mandates import period_of
from instances.models import Document, Instance, Meeting
from instances.past import past_meetings, tell_positions
from instances.portrait import Portrait
from instances.register import Row, by_level, in_months, picture
from instances.views.access import holder_to_read, instance_to_read, kept_private
from publishing.tables import FORMATS
from roadmaps.views.files import attachment
from ui.links import links

PAGE_SIZE = 25


@login_not_required
@require_safe
def instance_list(request: HttpRequest) -> HttpResponse:
    """The public register: searched, sifted, by level or by name, with the picture of what it finds."""
    today = timezone.localdate()
    sieve = Sieve(request.GET, Instance.objects.public(), today)
    found = sieve.found()
    sieve.count()
    ordered = found if sieve.is_by_name else found.from_wide_to_near()
    page = Paginator(ordered.with_card(today), PAGE_SIZE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    context = {
        "sieve": sieve,
        "page": page,
        "groups": [] if sieve.is_by_name else by_level(shown, today),
        "rows": [Row.of(one, today) for one in shown] if sieve.is_by_name else [],
        "picture": picture(found, today),
        "formats": list(FORMATS),
        "dictionary": PUBLIC_DICTIONARY,
    }
    return render(request, "instances/instance_list_page.html", context)


@login_not_required
@require_safe
def instance_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One body: what it is for, who sits there, when it meets, what was made public."""
    instance = instance_to_read(request.user, slug)
    portrait = Portrait(instance, timezone.localdate())
    calendar = request.build_absolute_uri(reverse("instance-calendar", args=[slug]))
    context = {"portrait": portrait, "instance": instance, "calendar": calendar}
    return kept_private(instance, render(request, "instances/instance_page.html", context))


@login_not_required
@require_safe
def meeting_list(request: HttpRequest, slug: str) -> HttpResponse:
    """All the past meetings of a body that were announced, year by year, with what is public of them."""
    instance = instance_to_read(request.user, slug)
    meetings = Meeting.objects.filter(instance=instance).announced()
    past = past_meetings(meetings, Document.objects.public(), timezone.localdate(), request.GET)
    tell_positions(past.page, links(positions=instance.publications.online().as_links())["positions"])
    context = {"instance": instance, "past": past}
    return kept_private(instance, render(request, "instances/meeting_list_page.html", context))


@login_not_required
@require_safe
def holder_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Someone who holds a public mandate, or held one: name, quality, mandates, and nothing else."""
    today = timezone.localdate()
    person, mandates = holder_to_read(pk)
    told = [{"mandate": one, "period": period_of(one), "is_over": one.is_over(today)} for one in mandates]
    context = {
        "person": person,
        "current": [one for one in told if not one["is_over"]],
        "former": [one for one in told if one["is_over"]],
        "calendar": request.build_absolute_uri(reverse("holder-calendar", args=[pk])),
    }
    return render(request, "instances/holder_page.html", context)


@login_not_required
@require_safe
def meeting_agenda(request: HttpRequest) -> HttpResponse:
    """The coming meetings of all the public bodies, month by month."""
    coming = Meeting.objects.public().coming(timezone.localdate()).select_related("instance")
    page = Paginator(coming, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "months": in_months(page),
        "calendar": request.build_absolute_uri(reverse("agenda-calendar")),
        "feed": request.build_absolute_uri(reverse("meeting-feed")),
    }
    return render(request, "instances/agenda_page.html", context)


@login_not_required
@require_safe
def document_file(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A document of a body or of one of its meetings."""
    found = Document.objects.visible_to(request.user).select_related("instance")
    document = get_object_or_404(found, instance__slug=slug, pk=pk)
    response = attachment(document.file)
    if not document.is_public:
        response["Cache-Control"] = "private, no-store"
    return kept_private(document.instance, response)
