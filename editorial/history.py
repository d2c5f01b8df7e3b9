"""Who changed what in the pages and when: each gesture leaves a revision, in the transaction that does it."""

from dataclasses import dataclass, field
from typing import Any

from editorial.models import OnlineText, Page, PageRevision
from people.models import User
from roadmaps.history import at
from roadmaps.words import Change, Told, change

Gesture = PageRevision.Gesture
VERBS = {
    Gesture.CREATED: "a créé",
    Gesture.WRITTEN: "a modifié",
    Gesture.MOVED: "a déplacé",
    Gesture.PUBLISHED: "a publié",
    Gesture.WITHDRAWN: "a retiré du site",
    Gesture.DELETED: "a supprimé",
    Gesture.RESTORED: "a rétabli",
}
TEXTS = ("title", "summary", "body")
LABELS = {
    "title": "Titre",
    "summary": "Résumé",
    "body": "Texte",
    "slug": "Fin de l’adresse",
    "under": "Sous la page",
    "rank": "Rang",
}


def snapshot(page: Page) -> dict[str, Any]:
    """Keep what a page says and where it stands, the page above by its title as well."""
    said = {name: getattr(page, name) for name in TEXTS}
    above = {"under": page.parent.title, "parent": page.parent.uid} if page.parent else {"under": "", "parent": ""}
    return said | above | {"slug": page.slug, "rank": page.position + 1}


def online_snapshot(text: OnlineText | None) -> dict[str, Any] | None:
    """Keep what everyone reads of a page, if anything."""
    return {name: getattr(text, name) for name in TEXTS} if text else None


def remember(
    page: Page, by: User | None, gesture: str, *, before: dict[str, Any] | None = None, after: dict[str, Any] | None
) -> PageRevision | None:
    """Keep what a gesture did to a page.

    Args:
        page: its title is kept as it is now.
        by: who did it.
        gesture: one of `PageRevision.Gesture`.
        before: what it said; None where it was not there.
        after: what it says; None where it is no longer there.

    Returns:
        The revision, or None where nothing changed.
    """
    if before == after:
        return None
    return PageRevision.objects.create(
        uid=page.uid, by=by, gesture=gesture, title=page.title, before=before, after=after
    )


def who_saved(page: Page) -> str:
    """Say who did something last to a page and when: « Claire Martin, à 14 h 32, »; nothing where nobody knows."""
    latest = PageRevision.objects.of_page(page).select_related("by").first()
    return f"{latest.by}, à {at(latest.at)}," if latest and latest.by else ""


@dataclass
class Entry:
    """A line of the history, and what it changed."""

    revision: PageRevision
    who: str
    what: str
    changes: list[Change] = field(default_factory=list)

    @classmethod
    def of(cls, revision: PageRevision, *, with_marks: bool = False) -> "Entry":
        """Tell a revision; marking its words takes a while, and is done where they are shown."""
        who = str(revision.by) if revision.by else "Quelqu’un"
        what = f"{VERBS[Gesture(revision.gesture)]} « {revision.title} »"
        return cls(revision, who, what, changes(revision.before, revision.after) if with_marks else [])

    @property
    def fields(self) -> list[str]:
        """The labels of what differs; for what began or ended, none."""
        before, after = self.revision.before, self.revision.after
        if before is None or after is None:
            return []
        return [label.lower() for name, label in LABELS.items() if before.get(name) != after.get(name)]


def changes(before: dict[str, Any] | None, after: dict[str, Any] | None) -> list[Change]:
    """Mark what differs between two states of a page."""
    old, new = told(before), told(after)
    found = [change(old.get(name), new.get(name), under=3) for name in LABELS]
    return [one for one in found if one]


def told(state: dict[str, Any] | None) -> dict[str, Told]:
    return {
        name: Told(name, label, str(state[name]), is_rich=name == "body", is_value=name not in TEXTS)
        for name, label in LABELS.items()
        if state and name in state
    }
