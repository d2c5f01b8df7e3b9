"""What search engines may look for: every public page, by its one address, and when it last changed."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Q
from django.urls import reverse

from editorial.models import Page, Publication
from instances.models import Instance, Mandate
from roadmaps.models import Roadmap
from territories.models import Collectivite

ALONE = (
    "home", "page-index", "roadmap-list", "publication-list", "collectivite-list", "instance-list", "meeting-agenda",
    "team", "my-commune", "open-data", "api-docs", "site-map", "glossary", "legal-notice", "personal-data",
    "accessibility", "licence",
)  # fmt: skip


class PortalSitemap(Sitemap):
    """Addresses as the portal prints them, whatever name it was asked by."""

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.PUBLIC_URL).netloc

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.PUBLIC_URL).scheme


class AloneSitemap(PortalSitemap):
    def items(self) -> Iterable[str]:
        return ALONE

    def location(self, item: Any) -> str:
        return reverse(item)


class PageSitemap(PortalSitemap):
    def items(self) -> Iterable[Page]:
        return Page.objects.published().in_brief().order_by("path")

    def lastmod(self, item: Page) -> datetime:
        return item.online.published_at


class PublicationSitemap(PortalSitemap):
    def items(self) -> Iterable[Publication]:
        return Publication.objects.online().in_brief().latest_first()

    def lastmod(self, item: Publication) -> datetime | None:
        return item.published_at


class RoadmapSitemap(PortalSitemap):
    def items(self) -> Iterable[Roadmap]:
        return Roadmap.objects.published().latest_first()

    def lastmod(self, item: Any) -> datetime:
        return item.latest


class CollectiviteSitemap(PortalSitemap):
    """Those that carry a published roadmap: the register holds the whole country."""

    def items(self) -> Iterable[Collectivite]:
        published = Roadmap.objects.published()
        carriers = Q(roadmaps__in=published) | Q(carried_roadmaps__in=published)
        return Collectivite.objects.filter(carriers).distinct().order_by("slug")


class InstanceSitemap(PortalSitemap):
    """The public bodies, those that are no more as well: their pages stay."""

    def items(self) -> Iterable[Instance]:
        return Instance.objects.public()


class HolderSitemap(PortalSitemap):
    """Whoever holds a public mandate, or held one."""

    def items(self) -> Iterable[int]:
        return Mandate.objects.public().order_by("person").values_list("person", flat=True).distinct()

    def location(self, item: Any) -> str:
        return reverse("holder-detail", args=[item])


SITEMAPS = {
    "alone": AloneSitemap,
    "pages": PageSitemap,
    "positions": PublicationSitemap,
    "roadmaps": RoadmapSitemap,
    "collectivites": CollectiviteSitemap,
    "instances": InstanceSitemap,
    "holders": HolderSitemap,
}
