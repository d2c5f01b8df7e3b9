"""What the search finds of the register: the bodies that everyone may read of."""

from collections.abc import Iterator
from typing import Any

from finding.index import Kind, Offer, Source
from instances.models import Instance
from ui.typography import day


def public_bodies() -> Any:
    return Instance.objects.public().prefetch_related("organisers", "territories", "themes")


def body_offers(instance: Instance) -> Iterator[Offer]:
    ended = f", jusqu’au {day(instance.dissolved_on)}" if instance.dissolved_on else ""
    parts = (
        instance.legal_basis,
        instance.frequency,
        *(str(one) for links in (instance.organisers, instance.territories, instance.themes) for one in links.all()),
    )
    yield Offer(
        "instance",
        instance.get_absolute_url(),
        f"{instance.name} ({instance.acronym})" if instance.acronym else instance.name,
        f"{instance.get_kind_display()}, niveau {instance.get_level_display().lower()}{ended}",
        instance.mission,
        " · ".join(part for part in parts if part),
    )


BODIES = Source("instance", (Kind("instance", "Instance", "Instances", weight=5),), public_bodies, body_offers)
