"""The bodies that a printed roadmap names: they hang on it from a floor above, which this one does not import."""

from typing import Any

from roadmaps.document import Document
from roadmaps.fiches import Branch
from ui.composition import composed


def bodies_of(document: Document, axes: list[Branch]) -> list[dict[str, Any]]:
    """Give the public bodies concerned: those that steer a roadmap, then those where a part of it is carried.

    Args:
        document: the edition; what it no longer holds is carried nowhere.
        axes: its first-level objectives, as they are printed.
    """
    branches = [branch for axis in axes for branch in axis.walk()]
    parts = {one.uid: (f"objectif-{one.uid}", one.code or one.label, one.title) for one in branches}
    fiches = [fiche for branch in branches for fiche in branch.fiches]
    parts |= {one.uid: (f"action-{one.uid}", one.code, one.title) for one in fiches}
    told = {body.pk: {"name": composed(str(body)), "steers": True, "parts": []} for body in document.steering}
    for subject in document.subjects:
        if part := parts.get(subject.uid):
            body = {"name": composed(str(subject.instance)), "steers": False, "parts": []}
            told.setdefault(subject.instance_id, body)["parts"].append([*part, composed(subject.note)])
    return list(told.values())
