"""What one subscribes to of a roadmap: its deadlines in a calendar, what moved in a feed."""

import datetime as dt

from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from publishing.calendars import calendar_response
from roadmaps.deadlines import Moved, deadlines, moves
from roadmaps.models import Edition


def edition_in_force(slug: str) -> Edition:
    """Give the edition that everyone reads, whoever asks: agendas and readers of feeds do not sign in.

    Raises:
        Http404: nothing of the roadmap is published.
    """
    return get_object_or_404(Edition.objects.current().select_related("roadmap"), roadmap__slug=slug)


@login_not_required
@require_safe
def roadmap_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """When the actions in force are due."""
    edition = edition_in_force(slug)
    return calendar_response(deadlines(edition, request.build_absolute_uri), f"echeances-{slug}")


class RoadmapFeed(Feed):
    """What moved in a roadmap, the latest first."""

    feed_type = Atom1Feed
    language = "fr"

    def get_object(self, request: HttpRequest, slug: str) -> Edition:
        return edition_in_force(slug)

    def title(self, obj: Edition) -> str:
        return f"Ce qui avance – {obj.roadmap}"

    def link(self, obj: Edition) -> str:
        return obj.roadmap.get_absolute_url()

    def feed_url(self, obj: Edition) -> str:
        return reverse("roadmap-feed", args=[obj.roadmap.slug])

    def items(self, obj: Edition) -> list[Moved]:
        return moves(obj)

    def item_title(self, item: Moved) -> str:
        return item.title

    def item_description(self, item: Moved) -> str:
        return item.text

    def item_link(self, item: Moved) -> str:
        return item.url

    def item_pubdate(self, item: Moved) -> dt.datetime:
        return item.at

    item_updateddate = item_pubdate


@login_not_required
@require_safe
def roadmap_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """What moved in a roadmap, as Atom."""
    return RoadmapFeed()(request, slug=slug)
