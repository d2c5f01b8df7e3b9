"""The objectives and actions that are carried in a body, told from the edition that everyone reads."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from instances.models import Subject
from roadmaps.models import Action, Edition, Objective

ADDRESSES = {Action: ("action-detail", "Action"), Objective: ("objective-detail", "Objectif")}


def told_subjects(subjects: Iterable[Subject]) -> list[dict[str, Any]]:
    """Say what each subject is and where it is read; one that no current edition holds is left out.

    Args:
        subjects: with their roadmap loaded; two queries, whatever their number.
    """
    asked = {(one.roadmap_id, one.uid): one for one in subjects}
    editions = Edition.objects.current().filter(roadmap__in={roadmap for roadmap, _ in asked})
    told = []
    for model, (name, word) in ADDRESSES.items():
        found: Any = model._default_manager.filter(
            edition__in=editions, uid__in={uid for _, uid in asked}
        ).select_related("edition")
        for thing in found:
            if subject := asked.get((thing.edition.roadmap_id, thing.uid)):
                url = reverse(name, kwargs={"slug": subject.roadmap.slug, "uid": thing.uid})
                told.append({"word": word, "title": str(thing), "url": url, "subject": subject})
    return sorted(told, key=lambda one: one["subject"].pk)
