"""What one subscribes to: calendars of meetings, feeds of coming meetings and of new holders."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from instances.calendars import calendar, meetings_of, recent_meetings
from instances.mandates import period_of
from instances.models import Mandate, Meeting
from instances.views.access import holder_to_read, instance_to_read, kept_private
from publishing.calendars import calendar_response
from ui.typography import day as told

ENTRIES = 50


def answered(request: HttpRequest, name: str, meetings: Iterable[Meeting], file: str) -> HttpResponse:
    content = calendar(name, meetings, request.build_absolute_uri)
    return calendar_response(content, file)


@login_not_required
@require_safe
def agenda_calendar(request: HttpRequest) -> HttpResponse:
    """The meetings of all the public bodies."""
    return answered(request, "Instances de l’ESS", recent_meetings(timezone.localdate()), "instances")


@login_not_required
@require_safe
def instance_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The meetings of one body."""
    instance = instance_to_read(request.user, slug)
    meetings = recent_meetings(timezone.localdate()).filter(instance=instance)
    return kept_private(instance, answered(request, instance.name, meetings, instance.slug))


@login_not_required
@require_safe
def holder_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """The meetings of the bodies where somebody sits, on the days when he does."""
    person, mandates = holder_to_read(pk)
    return answered(request, f"Séances de {person}", meetings_of(mandates, timezone.localdate()), f"mandats-{pk}")


class MeetingFeed(Feed):
    """The coming meetings, the nearest first."""

    feed_type = Atom1Feed
    title = "Prochaines séances des instances où l’ESS est représentée"
    link = reverse_lazy("meeting-agenda")
    feed_url = reverse_lazy("meeting-feed")
    language = "fr"

    def items(self) -> Any:
        return Meeting.objects.public().coming(timezone.localdate()).select_related("instance")[:ENTRIES]

    def item_title(self, item: Meeting) -> str:
        return f"{'Annulée – ' if item.is_cancelled else ''}{item.instance} : {item.title}, le {told(item.held_on)}"

    def item_description(self, item: Meeting) -> str:
        return "\n".join(filter(None, (item.place, item.agenda)))

    def item_link(self, item: Meeting) -> str:
        return item.get_absolute_url()

    def item_pubdate(self, item: Meeting) -> dt.datetime:
        return item.created_at

    def item_updateddate(self, item: Meeting) -> dt.datetime:
        return item.modified_at


class MandateFeed(Feed):
    """Who was appointed, the latest first."""

    feed_type = Atom1Feed
    title = "Nouveaux mandats dans les instances où l’ESS est représentée"
    link = reverse_lazy("instance-list")
    feed_url = reverse_lazy("mandate-feed")
    language = "fr"

    def items(self) -> Any:
        return Mandate.objects.public().filter(ended_on=None).with_place().order_by("-created_at", "-pk")[:ENTRIES]

    def item_title(self, item: Mandate) -> str:
        return f"{item.person} : {item.seat.instance}"

    def item_description(self, item: Mandate) -> str:
        return f"{item.seat} ({item.seat.kind_label.lower()}), {period_of(item)}."

    def item_link(self, item: Mandate) -> str:
        return f"{item.seat.instance.get_absolute_url()}#mandat-{item.pk}"

    def item_pubdate(self, item: Mandate) -> dt.datetime:
        return item.created_at

    item_updateddate = item_pubdate


@login_not_required
@require_safe
def meeting_feed(request: HttpRequest) -> HttpResponse:
    """The coming meetings of all the public bodies, as Atom."""
    return MeetingFeed()(request)


@login_not_required
@require_safe
def mandate_feed(request: HttpRequest) -> HttpResponse:
    """The new holders of public seats, as Atom."""
    return MandateFeed()(request)
