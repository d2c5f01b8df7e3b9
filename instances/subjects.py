"""What of the roadmaps is carried in a body: a whole roadmap that it steers, an objective, an action.

Objectives and actions are known by their uid, and told from the edition that everyone reads.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Value
from django.urls import reverse

from instances.history import Gesture, Said, remember
from instances.models import Instance, Subject
from people.models import User
from roadmaps.models import Action, Edition, Objective, Roadmap

WHOLE = "La feuille de route entière : cette instance la pilote ou la suit"
ADDRESSES: dict[Any, tuple[str, str]] = {
    Action: ("action-detail", "Action"),
    Objective: ("objective-detail", "Objectif"),
}


def told_subjects(subjects: Iterable[Any]) -> list[dict[str, Any]]:
    """Say what each subject is and where it is read; one that no current edition holds is left out.

    Args:
        subjects: rows that name a ``uid`` of a roadmap, which is loaded; one query, whatever their number.
    """
    asked = {(one.roadmap_id, one.uid): one for one in subjects}
    if not asked:
        return []
    editions = Edition.objects.current().filter(roadmap__in={roadmap for roadmap, _ in asked})
    first, *others = (
        model._default_manager.filter(edition__in=editions, uid__in={uid for _, uid in asked})
        .order_by()
        .values_list(Value(name), Value(word), "edition__roadmap", "uid", "code", "title")
        for model, (name, word) in ADDRESSES.items()
    )
    told: list[dict[str, Any]] = []
    for name, word, roadmap, uid, code, title in first.union(*others, all=True):
        if subject := asked.get((roadmap, uid)):
            url = reverse(name, kwargs={"slug": subject.roadmap.slug, "uid": uid})
            told.append({"word": word, "title": f"{code} {title}".strip(), "url": url, "subject": subject})
    return sorted(told, key=lambda one: one["subject"].pk)


@transaction.atomic
def carry(instance: Instance, roadmap: Roadmap, uid: str, note: str = "", *, by: User | None = None) -> None:
    """Say that a body steers a roadmap, or carries one of its objectives or actions.

    Args:
        instance: the body.
        roadmap: the roadmap.
        uid: of the objective or action; empty for the whole roadmap.
        note: what is carried, in words.
        by: who says so, for the history.

    Raises:
        ValidationError: it is said already.
    """
    if uid:
        subject = Subject(instance=instance, roadmap=roadmap, uid=uid, note=note)
        subject.full_clean()
        subject.save()
    else:
        instance.roadmaps.add(roadmap)
    remember(instance, by, Gesture.CARRIED, title=title_of(roadmap, uid), after=said_subject(roadmap, note))


@transaction.atomic
def drop(instance: Instance, roadmap: Roadmap, subject: Subject | None = None, *, by: User | None = None) -> None:
    """Say that a body no longer steers a roadmap, or no longer carries one of its objectives or actions.

    Args:
        instance: the body.
        roadmap: the roadmap.
        subject: the objective or action; none for the whole roadmap.
        by: who says so, for the history.
    """
    title = title_of(roadmap, subject.uid if subject else "")
    remember(instance, by, Gesture.DROPPED, title=title, before=said_subject(roadmap, subject.note if subject else ""))
    if subject:
        subject.delete()
    else:
        instance.roadmaps.remove(roadmap)


def title_of(roadmap: Roadmap, uid: str) -> str:
    """Name a roadmap, or one of its objectives or actions as its latest edition does: « l’action « A7 Recycler » »."""
    named: tuple[tuple[Any, str], ...] = ((Objective, "l’objectif"), (Action, "l’action"))
    for model, word in named if uid else ():
        if row := model.objects.filter(edition__roadmap=roadmap, uid=uid).order_by("-edition__number").first():
            return f"{word} « {row} »"
    return f"la feuille de route « {roadmap.title} »"


def said_subject(roadmap: Roadmap, note: str) -> Said:
    return {"Feuille de route": roadmap.title, "Précision": note}


def contents(roadmap: Roadmap) -> list[tuple[str, list[tuple[str, str]]]]:
    """Give the objectives and actions of a roadmap by uid, from its latest edition, as the choices of a list."""
    edition = roadmap.editions.order_by("-number").first()
    groups = []
    for model, label in ((Objective, "Objectifs"), (Action, "Actions")):
        rows: Any = model._default_manager.filter(edition=edition)
        groups.append((label, [(row.uid, str(row)) for row in rows]))
    return groups
