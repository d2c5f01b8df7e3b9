"""The history of a roadmap in plain French: who did what, when, and which words changed."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.text import Truncator

from people.models import User
from roadmaps.models import Edition, Milestone, Revision, Roadmap
from roadmaps.parts import PARTS
from roadmaps.snapshots import BELONGINGS, Snapshot, name_of, of_sheet
from roadmaps.words import TOGETHER, Change, change, model_of, tell, titles_in, told_fields
from ui.typography import plural

LONGEST = 90  # characters of a title in a sentence
Gesture = Revision.Gesture

# « l’action », « la section », by kind of sheet.
NAMES = {name_of(part.model): part.this for part in PARTS} | {
    name_of(Edition): "le document",
    name_of(Milestone): "l’étape de la démarche",
    name_of(Roadmap): "la feuille de route",
}
VERBS = {
    Gesture.CREATED: "a créé",
    Gesture.WRITTEN: "a modifié",
    Gesture.MOVED: "a déplacé",
    Gesture.DELETED: "a supprimé",
    Gesture.RESTORED: "a rétabli",
}


@dataclass
class Entry:
    """A line of the history."""

    revision: Revision
    who: str
    what: str
    fields: list[str]  # labels of those that changed

    @classmethod
    def of(cls, revision: Revision) -> "Entry":
        return cls(revision, who(revision.by), sentence(revision), changed_labels(revision))

    @property
    def url_kind(self) -> str:
        return f"{self.revision.kind}-{self.revision.uid}"


@dataclass
class Detail:
    """All that one revision changed."""

    entry: Entry
    changes: list[Change] = field(default_factory=list)
    losses: list[str] = field(default_factory=list)  # what a deletion took away


def who(user: User | None) -> str:
    return str(user) if user else "Quelqu’un"


def sentence(revision: Revision) -> str:
    """Say what was done: « a modifié l’action « Ouvrir une recyclerie » »."""
    name = f"{VERBS[Gesture(revision.gesture)]} {NAMES[revision.kind]}"
    if revision.kind in {name_of(Edition), name_of(Roadmap)}:
        return name
    return f"{name} « {Truncator(revision.title).chars(LONGEST)} »"


def changed_labels(revision: Revision) -> list[str]:
    """Give the labels of the fields that differ; for a creation or a deletion, none."""
    if revision.before is None or revision.after is None:
        return []
    model = model_of(revision.kind)
    (before,), (after,) = revision.before[revision.kind], revision.after[revision.kind]
    fields = [*told_fields(model)]
    found = [str(one.verbose_name) for one in fields if before.get(one.name) != after.get(one.name)]
    found += [
        label.lower()
        for part, label in TOGETHER.items()
        if part in BELONGINGS.get(model, {}) and revision.before.get(name_of(part)) != revision.after.get(name_of(part))
    ]
    if not found and before.get("position") != after.get("position"):
        found = ["rang"]
    return found


def detail(revision: Revision) -> Detail:
    """Give all that a revision changed, with marks."""
    model = model_of(revision.kind)
    titles = titles_in(revision.edition) if revision.edition else {}
    old, new = (
        tell(model, of_sheet(state or {}, model), titles) if state else {}
        for state in (revision.before, revision.after)
    )
    changes = [change(old.get(name), new.get(name)) for name in (new or old)]
    losses = counted(revision.before or {}, revision.kind) if revision.gesture == Gesture.DELETED else []
    return Detail(Entry.of(revision), [one for one in changes if one], losses)


def counted(snapshot: Snapshot, kind: str) -> list[str]:
    """Count what went with a deleted row."""
    words = {"objective": ("objectif", "objectifs"), "action": ("action", "actions")}
    words |= {"indicator": ("indicateur", "indicateurs")}
    counts = {name: len(snapshot.get(name, [])) - (name == kind) for name in words}
    return [plural(count, *words[name]) for name, count in counts.items() if count > 0]


def sheet_address(revision: Revision) -> dict[str, Any] | None:
    """Give what the address of a sheet of an edition is made of; None for what has no page in one."""
    part = next((part for part in PARTS if name_of(part.model) == revision.kind), None)
    edition = revision.edition
    if part is None or edition is None or edition.is_published:
        return None
    return {"slug": revision.roadmap.slug, "number": edition.number, "part": part, "uid": revision.uid}
