"""The desk of whoever signs in."""

from operator import attrgetter

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from editorial.models import ContactMessage
from editorial.rules import may_answer_messages
from instances.models import Seat
from instances.rules import may_follow
from people.models import Role, User
from people.rights import rights_of
from roadmaps.board import awaiting
from roadmaps.models import Edition, Milestone, Roadmap
from roadmaps.rules import (
    may_comment,
    may_handle_comments,
    may_publish,
    may_report,
    may_write,
    reads_every_draft,
)
from territories.models import Collectivite
from ui.views import component_gallery

SHOWN = 12


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Staff find what they are writing; a collectivité finds its roadmap, its draft, its PDF and its démarche."""
    prepared = Edition.objects.visible_to(request.user).in_preparation().with_carriers().with_comment_count()
    drafts = list(prepared.with_action_count().order_by("-modified_at")[:SHOWN])
    roadmaps = Roadmap.objects.of_territory(request.user).published().with_card().latest_first()
    online = list(roadmaps[:SHOWN])
    today = timezone.localdate()
    coming = [
        milestone
        for milestone in Milestone.objects.filter(roadmap__in=Roadmap.objects.of_territory(request.user))
        .filter(held_on__gte=str(today.year))
        .select_related("roadmap__collectivite")
        if milestone.held_on.last_day >= today
    ]
    context = {
        "drafts": drafts,
        "commentable": [draft for draft in drafts if may_comment(request.user, draft.roadmap)],
        "to_handle": prepared.to_handle()[:SHOWN] if may_handle_comments(request.user) else [],
        "roadmaps": online,
        "reportable": {roadmap.pk for roadmap in online if may_report(request.user, roadmap)},
        "awaiting": awaiting(Roadmap.objects.reported_by(request.user), SHOWN),
        "coming": coming[:SHOWN],
        "messages_waiting": ContactMessage.objects.to_handle().count() if may_answer_messages(request.user) else 0,
        "own": own_collectivites(request.user, [*online, *(draft.roadmap for draft in drafts)]),
        "seats_awaiting": Seat.objects.awaiting(today).count() if may_follow(request.user) else 0,
        "is_team": reads_every_draft(request.user),
        "may_write": may_write(request.user),
        "may_publish": may_publish(request.user),
    }
    return render(request, "portal/desk_page.html", context)


def own_collectivites(user: User, roadmaps: list[Roadmap]) -> list[Collectivite]:
    """Give those that carry one of these, and whose logo a user gives as their member."""
    mine = rights_of(user).collectivites_at_least(Role.CONTRIBUTOR)
    found = {carrier for roadmap in roadmaps for carrier in roadmap.carriers if carrier.pk in mine}
    return sorted(found, key=attrgetter("search"))


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component of the portal, for the CRESS team."""
    if not reads_every_draft(request.user):
        raise PermissionDenied
    return component_gallery(request)
