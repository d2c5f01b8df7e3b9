"""What happens to an edition as a whole: it is opened, published, discarded.

Each verb is one transaction and a constant number of queries, whatever the edition holds. What is published
is never changed again: it is copied, and the copy is worked on.
"""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.text import slugify

from people.models import User
from publishing.edition_rows import copy_links, copy_rows, delete_rows
from publishing.versions import StaleVersionError
from roadmaps.findable import refresh_roadmap
from roadmaps.listing import list_again
from roadmaps.models import CONTENT_MODELS, Edition, Horizon, Objective, Roadmap
from roadmaps.models.edition import MAX_LEVELS
from roadmaps.printing import freeze
from roadmaps.tasks import print_published
from territories.models import Collectivite

HORIZONS = ("Court terme", "Moyen terme", "Long terme")
ONE_DRAFT = "Une édition de cette feuille de route est déjà en préparation : terminez-la ou abandonnez-la d’abord."
TAKEN = (
    "Une feuille de route du même titre vient d’être créée pour cette collectivité : "
    "ouvrez-la depuis la liste, ou envoyez de nouveau pour en créer une autre."
)
CLOSED = "Cette édition est publiée : elle ne change plus. Ouvrez une nouvelle édition pour la modifier."

# What an edition does not take over from the one before: its own number, dates and decisions.
OWN_FIELDS = {
    "id", "number", "version", "adopted_on", "adopted_by", "deliberation_number", "deliberation", "change_note",
    "created_at", "modified_at", "published_at", "published_by",
}  # fmt: skip


class EditionClosedError(Exception):
    """The edition is published: nothing in it may be written."""

    def __init__(self, reason: str = CLOSED) -> None:
        super().__init__(reason)


@transaction.atomic
def create_roadmap(roadmap: Roadmap, co_carriers: list[Collectivite] | None = None) -> Edition:
    """Save a new roadmap, at an address drawn from its carrier and title, and open its first draft.

    Args:
        roadmap: not saved yet; a ``slug`` already chosen is kept.
        co_carriers: the collectivités that carry it with the main one.

    Returns:
        The draft, with three horizons to be dated.

    Raises:
        ValidationError: the roadmap does not hold together, or somebody took its address meanwhile.
    """
    roadmap.slug = roadmap.slug or free_slug(roadmap)
    roadmap.full_clean(validate_unique=False)
    try:
        with transaction.atomic():
            roadmap.save()
    except IntegrityError:  # the address is the only thing that two roadmaps may not share
        raise ValidationError(TAKEN) from None
    roadmap.co_carriers.set(co_carriers or [])
    edition = Edition.objects.create(roadmap=roadmap, number=1)
    add_default_horizons(edition)
    return edition


def free_slug(roadmap: Roadmap) -> str:
    """Draw an address that no roadmap has: "nantes-metropole-feuille-de-route-ess", then "…-2"."""
    base = slugify(f"{roadmap.collectivite.slug} {roadmap.title}")[:110].strip("-")
    taken = set(Roadmap.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)


def add_default_horizons(edition: Edition) -> None:
    Horizon.objects.bulk_create(
        Horizon(edition=edition, label=label, position=position) for position, label in enumerate(HORIZONS)
    )


@transaction.atomic
def open_draft(roadmap: Roadmap) -> Edition:
    """Open the next edition of a roadmap: a copy of the latest one, each row keeping its uid.

    Raises:
        ValidationError: an edition is in preparation already.
    """
    latest = Edition.objects.filter(roadmap=roadmap).order_by("-number").first()
    if latest and not latest.is_published:
        raise ValidationError(ONE_DRAFT)
    own = {"roadmap_id": roadmap.pk, "number": latest.number + 1 if latest else 1}
    taken_over = {field.attname: getattr(latest, field.attname) for field in Edition._meta.concrete_fields
                  if field.name not in OWN_FIELDS} if latest else {}  # fmt: skip
    try:
        with transaction.atomic():
            draft = Edition.objects.create(**taken_over | own)
    except IntegrityError:  # somebody opened it between our look and our writing
        raise ValidationError(ONE_DRAFT) from None
    if latest:
        copy_content(latest, draft)
    else:
        add_default_horizons(draft)
    return draft


def copy_content(source: Edition, target: Edition) -> None:
    """Copy all that ``source`` holds into ``target``, which holds nothing yet."""
    for model in CONTENT_MODELS:
        if model is Objective:
            for depth in range(1, MAX_LEVELS + 1):  # a parent is copied before its children
                copy_rows(model, source.pk, target.pk, depth=depth)
        else:
            copy_rows(model, source.pk, target.pk)
        for field in model._meta.local_many_to_many:
            copy_links(field, source.pk, target.pk)


def hold(edition: Edition, *, is_written: bool = True) -> None:
    """Keep an edition open for the transaction that writes in it, and say that it was modified.

    Publishing waits for that transaction, or comes first and is respected.

    Args:
        edition: in preparation.
        is_written: what it says changes; a comment, beside it, does not modify it.

    Raises:
        EditionClosedError: it is published, or gone.
    """
    when = timezone.now() if is_written else F("modified_at")
    held = Edition.objects.in_preparation().filter(pk=edition.pk).update(modified_at=when)
    if not held:
        raise EditionClosedError


@transaction.atomic
def publish(edition: Edition, by: User | None, at: dt.datetime | None = None) -> None:
    """Put an edition in preparation online; it becomes the current one and never changes again.

    Its page is frozen with it; its PDF is printed from that page once the transaction is over: a failure of the printer
    does not undo the publication.

    Args:
        edition: in preparation.
        by: the manager who decides; nobody where the publication is older than the portal.
        at: when, if it was published before the portal existed; now by default.

    Raises:
        EditionClosedError: it is published already, or gone.
    """
    edition.published_at, edition.published_by = at or timezone.now(), by
    published = Edition.objects.in_preparation().filter(pk=edition.pk)
    if not published.update(published_at=edition.published_at, published_by=by):
        raise EditionClosedError
    list_again([edition.roadmap_id])
    refresh_roadmap(edition.roadmap)
    freeze(Edition.objects.with_carriers().get(pk=edition.pk))
    transaction.on_commit(lambda: print_published.enqueue(edition.pk))


@transaction.atomic
def discard(edition: Edition) -> None:
    """Delete an edition in preparation and all that it holds.

    Raises:
        EditionClosedError: it is published: it stays for ever.
        StaleVersionError: somebody wrote in it since ``edition`` was read.
    """
    held = Edition.objects.in_preparation().filter(pk=edition.pk)
    if not held.filter(modified_at=edition.modified_at).update(modified_at=timezone.now()):
        raise StaleVersionError if held.exists() else EditionClosedError
    for model in reversed(CONTENT_MODELS):
        delete_rows(model, edition.pk)
    edition.delete()
