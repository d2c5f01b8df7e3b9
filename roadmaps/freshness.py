"""When an edition was last worked on, and by whom."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.timesince import timesince

from people.models import User
from roadmaps.models import Edition, Revision

NOW = dt.timedelta(minutes=1)


@dataclass(frozen=True)
class Freshness:
    """The last time that somebody wrote in an edition."""

    at: dt.datetime
    by: User | None = None

    def __str__(self) -> str:
        """Say it: « il y a 3 jours, par Alix Morel »."""
        return f"{ago(self.at)}, par {self.by}" if self.by else ago(self.at)


def ago(at: dt.datetime) -> str:
    """Say how long ago something happened, in the largest unit."""
    now = timezone.now()
    return "à l’instant" if now - at < NOW else f"il y a {timesince(at, now, depth=1)}"


def freshness_of(editions: Iterable[Edition]) -> dict[int, Freshness]:
    """Give the freshness of editions, by primary key, in one query."""
    latest = Revision.objects.filter(edition=OuterRef("pk")).order_by("-at", "-id").values("pk")[:1]
    known = Edition.objects.filter(pk__in=[edition.pk for edition in editions])
    revisions = Revision.objects.filter(pk__in=known.annotate(latest=Subquery(latest)).order_by().values("latest"))
    authors = {one.edition_id: one.by for one in revisions.select_related("by").only("edition", "by")}
    return {edition.pk: Freshness(edition.modified_at, authors.get(edition.pk)) for edition in editions}
