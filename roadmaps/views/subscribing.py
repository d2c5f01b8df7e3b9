"""What one subscribes to: the deadlines of a roadmap in a calendar; what moved in it, or in a list, in a feed."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from publishing.calendars import calendar_response
from roadmaps.deadlines import deadlines
from roadmaps.forms.lists import ActionSieve, ListSieve, RoadmapSieve
from roadmaps.models import Edition
from roadmaps.moves import Moved, Window, action_list_moves, roadmap_list_moves, roadmap_moves

ROADMAPS, ACTIONS = "Feuilles de route de l’ESS", "Actions des feuilles de route"


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


class MovedFeed(Feed):
    """What moved somewhere, the latest first."""

    feed_type = Atom1Feed
    language = "fr"

    def item_title(self, item: Moved) -> str:
        return item.title

    def item_description(self, item: Moved) -> str:
        return item.text

    def item_link(self, item: Moved) -> str:
        return item.url

    def item_pubdate(self, item: Moved) -> dt.datetime:
        return item.at

    item_updateddate = item_pubdate


class RoadmapFeed(MovedFeed):
    """What moved in a roadmap."""

    def get_object(self, request: HttpRequest, slug: str) -> Edition:
        return edition_in_force(slug)

    def title(self, obj: Edition) -> str:
        return f"Ce qui avance – {obj.roadmap}"

    def link(self, obj: Edition) -> str:
        return obj.roadmap.get_absolute_url()

    def feed_url(self, obj: Edition) -> str:
        return reverse("roadmap-feed", args=[obj.roadmap.slug])

    def items(self, obj: Edition) -> list[Moved]:
        return roadmap_moves(obj, Window())


class ListFeed(MovedFeed):
    """What moved among what a list finds, with its filters."""

    page: str  # name of the list
    words: str  # what it is a list of
    sieve: type[ListSieve]
    moves: Callable[[Any, Window], list[Moved]]

    def get_object(self, request: HttpRequest) -> ListSieve:
        return self.sieve(request.GET, timezone.localdate())

    def title(self, obj: ListSieve) -> str:
        return obj.told(self.words)

    def link(self, obj: ListSieve) -> str:
        return obj.asked_at(reverse(self.page))

    def feed_url(self, obj: ListSieve) -> str:
        return obj.asked_at(reverse(f"{self.page}-feed"))

    def items(self, obj: ListSieve) -> list[Moved]:
        return type(self).moves(obj.found(), Window())


class RoadmapListFeed(ListFeed):
    """The editions put online."""

    page, words, sieve, moves = "roadmap-list", ROADMAPS, RoadmapSieve, roadmap_list_moves


class ActionListFeed(ListFeed):
    """What is said of actions, and the editions that bring some."""

    page, words, sieve, moves = "action-list", ACTIONS, ActionSieve, action_list_moves


@login_not_required
@require_safe
def roadmap_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """What moved in a roadmap, as Atom."""
    return RoadmapFeed()(request, slug=slug)


@login_not_required
@require_safe
def roadmap_list_feed(request: HttpRequest) -> HttpResponse:
    """The editions put online of the roadmaps that the same address of the list finds, as Atom."""
    return RoadmapListFeed()(request)


@login_not_required
@require_safe
def action_list_feed(request: HttpRequest) -> HttpResponse:
    """What moved among the actions that the same address of the list finds, as Atom."""
    return ActionListFeed()(request)
