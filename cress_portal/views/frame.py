"""What French visitors and the law expect around the pages: the map of the site, the legal pages, the robots' files."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import views as sitemap_views
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from cress_portal.glossary import WORDS
from cress_portal.sitemaps import SITEMAPS
from editorial.models import Publication
from editorial.tree import Tree
from editorial.views.reading import branches
from roadmaps.models import Roadmap
from roadmaps.sigles import SIGLES

PRIVATE = ("/espace/", "/compte/", "/admin/")


@login_not_required
@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """Every public page, as a tree."""
    roadmaps = Roadmap.objects.published().select_related("collectivite").order_by("collectivite__search", "title")
    context = {
        "branches": branches(Tree.online()),
        "roadmaps": roadmaps,
        "positions": Publication.objects.online().in_brief().latest_first(),
    }
    return render(request, "portal/frame/site_map_page.html", context)


@login_not_required
@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """The words of the portal, and the sigles of the social and solidarity economy."""
    return render(request, "portal/frame/glossary_page.html", {"words": WORDS.items(), "sigles": SIGLES.items()})


def contact() -> str:
    """Say where to write."""
    if settings.CONTACT_EMAIL:
        return format_html('<a href="mailto:{0}">{0}</a>', settings.CONTACT_EMAIL)
    return f"la {settings.CRESS_NAME}, par la poste"


@login_not_required
@require_safe
def legal_notice(request: HttpRequest) -> HttpResponse:
    """Who publishes, who answers for it, who hosts."""
    context = {
        "address": settings.CRESS_ADDRESS,
        "contact": contact(),
        "director": settings.PUBLICATION_DIRECTOR,
        "hosting": settings.HOSTING,
    }
    return render(request, "portal/frame/legal_notice_page.html", context)


@login_not_required
@require_safe
def personal_data(request: HttpRequest) -> HttpResponse:
    """What the portal keeps of people, why, and what they may ask."""
    return render(request, "portal/frame/personal_data_page.html", {"contact": contact()})


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The declaration, in the form that the law imposes."""
    return render(request, "portal/frame/accessibility_page.html", {"contact": contact()})


@login_not_required
@require_safe
def licence(request: HttpRequest) -> HttpResponse:
    """What may be done with what is published here, and with the portal itself."""
    return render(request, "portal/frame/licence_page.html")


@login_not_required
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page, for search engines."""
    return sitemap_views.sitemap(request, SITEMAPS)


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Lead robots to what is public."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in PRIVATE), f"Sitemap: {settings.PUBLIC_URL}/sitemap.xml"]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
