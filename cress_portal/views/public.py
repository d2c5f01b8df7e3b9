"""Pages that join subjects: home, a collectivité."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from editorial.models import Page, Publication
from instances.models import Instance, Meeting
from instances.register import picture
from roadmaps.cards import followed_cards
from roadmaps.models import Roadmap, RoadmapListing
from roadmaps.region_map import region_map
from territories.models import Collectivite
from ui.linked_data import linked_data

LATEST = 6
NEXT = 4  # meetings
SAID = 3  # positions


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What the portal is for: a look-up, the latest roadmaps and where they stand, where and how the ESS is heard."""
    today = timezone.localdate()
    meetings = Meeting.objects.public().coming(today).filter(is_cancelled=False)
    publisher = {"@type": "Organization", "name": settings.CRESS_NAME}
    context = {
        "roadmaps": followed_cards(RoadmapListing.objects.all()[:LATEST], today),
        "map": region_map(today),
        "pages": Page.objects.published().in_brief().filter(parent=None),
        "positions": Publication.objects.online().in_brief().latest_first()[:SAID],
        "register": picture(Instance.objects.public().current(today), today),
        "meetings": meetings.select_related("instance")[:NEXT],
        "linked_data": linked_data(
            "WebSite", name=settings.PORTAL_NAME, url=f"{settings.PUBLIC_URL}/", publisher=publisher
        ),
    }
    return render(request, "portal/home_page.html", context)


@login_not_required
@require_safe
def collectivite_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A collectivité: its roadmaps, and those of the collectivités that cover it."""
    collectivite = get_object_or_404(Collectivite.objects.select_related("replaced_by"), slug=slug)
    covering = list(collectivite.covering_collectivites())
    published = Roadmap.objects.published().with_card().latest_first()
    own = published.carried_by([collectivite])
    context = {
        "collectivite": collectivite,
        "covering": covering,
        "has_ended": bool(collectivite.ended_on and collectivite.ended_on <= timezone.localdate()),
        "own": own,
        "around": published.carried_by(covering).exclude(pk__in=own.values("pk")),
        "instances": Instance.objects.public().current(timezone.localdate()).covering(collectivite),
        "is_in_region": Collectivite.objects.touching_region(settings.REGION_CODE).filter(pk=collectivite.pk).exists(),
    }
    return render(request, "portal/collectivite_page.html", context)
