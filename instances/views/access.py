"""The doors: each fetches an object for an act, or refuses (404 for what is not there for him, 403)."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from rules import test_rule

from instances.models import Instance, Mandate, Meeting, Seat
from people.models import Person


def instance_to_read(user: Any, slug: str) -> Instance:
    """Give a body that ``user`` may read of.

    Raises:
        Http404: it is not there for this user.
    """
    found = Instance.objects.visible_to(user).select_related("parent").filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def holder_to_read(pk: int) -> tuple[Person, list[Mandate]]:
    """Give a person, with the mandates that everyone may know of.

    Raises:
        Http404: there is no such mandate: nothing else makes a person public.
    """
    # Through the person, whose key knows how far keys go: a number that is none leads nowhere.
    mandates = list(
        Mandate.objects.public().filter(person__in=Person.objects.filter(pk=pk)).with_place().latest_first()
    )
    if not mandates:
        raise Http404
    return mandates[0].person, mandates


def require(act: str, request: HttpRequest) -> None:
    """Refuse with 403 a user who may not do this.

    Raises:
        PermissionDenied: the table of ``rules.py`` says no.
    """
    if not test_rule(f"instances.{act}", request.user):
        raise PermissionDenied


def instance_for(act: str, request: HttpRequest, slug: str) -> Instance:
    """Give a body for an act ("follow", "write"); whoever lacks the right is refused before anything is looked for."""
    require(act, request)
    return get_object_or_404(Instance.objects.select_related("parent"), slug=slug)


def seat_for(act: str, request: HttpRequest, slug: str, pk: int) -> Seat:
    """Give a seat of a body for an act."""
    require(act, request)
    return get_object_or_404(Seat.objects.select_related("instance", "alternate_of"), instance__slug=slug, pk=pk)


def mandate_for(act: str, request: HttpRequest, slug: str, pk: int) -> Mandate:
    """Give a mandate in a body for an act."""
    require(act, request)
    return get_object_or_404(Mandate.objects.with_place(), seat__instance__slug=slug, pk=pk)


def meeting_for(act: str, request: HttpRequest, slug: str, uid: str) -> Meeting:
    """Give a meeting of a body for an act."""
    require(act, request)
    return get_object_or_404(Meeting.objects.select_related("instance"), instance__slug=slug, uid=uid)


def kept_private(instance: Instance, response: HttpResponse) -> HttpResponse:
    """Keep the page of a body that is not public out of every cache between us and its reader."""
    if not instance.is_public:
        response["Cache-Control"] = "private, no-store"
    return response
