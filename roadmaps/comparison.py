"""What changed from one edition to another, in words that an élu reads."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from roadmaps.models import Action, Annex, Edition, Horizon, Indicator, KeyFigure, Objective, Section
from roadmaps.snapshots import BELONGINGS, Snapshot, name_of, wholes
from roadmaps.words import Change, change, model_of, tell, vocabulary
from ui.typography import plural

NEVER_PUBLIC = {"internal_note"}
BEFORE_OBJECTIVES: tuple[type[Model], ...] = (Section, KeyFigure, Horizon, Annex)
# What each kind is called when it is counted, and the feminine mark of its participles.
COUNTED: dict[str, tuple[str, str, str]] = {
    name_of(Objective): ("objectif", "objectifs", ""),
    name_of(Action): ("action", "actions", "e"),
    name_of(Section): ("section", "sections", "e"),
    name_of(KeyFigure): ("chiffre clé", "chiffres clés", ""),
    name_of(Indicator): ("indicateur", "indicateurs", ""),
    name_of(Horizon): ("horizon", "horizons", ""),
    name_of(Annex): ("annexe", "annexes", "e"),
}
WORDS = {"added": "ajouté", "dropped": "retiré", "moved": "déplacé", "changed": "modifié"}
# What a reader looks for first among the fields that changed, by their names.
TAGS = {
    "title": "reformulé{e}", "summary": "reformulé{e}", "description": "reformulé{e}", "text": "reformulé{e}",
    "horizon": "nouvel horizon", "starts_on": "nouveau calendrier", "ends_on": "nouveau calendrier",
    "actionactor": "nouveaux organismes", "funding": "nouveaux financements", "indicator": "nouveaux indicateurs",
}  # fmt: skip


@dataclass
class SheetChange:
    """What became of one sheet."""

    kind: str
    uid: str
    title: str
    fate: str  # one of WORDS
    changes: list[Change] = field(default_factory=list)
    moved: str = ""  # from where to where

    @property
    def noun(self) -> str:
        return COUNTED[self.kind][0]

    @property
    def word(self) -> str:
        """Say its fate, in agreement: « ajoutée »."""
        return WORDS[self.fate] + COUNTED[self.kind][2]

    @property
    def tags(self) -> list[str]:
        found = [TAGS[one.name].format(e=COUNTED[self.kind][2]) for one in self.changes if one.name in TAGS]
        return list(dict.fromkeys(["déplacé" + COUNTED[self.kind][2]] * bool(self.moved) + found))


@dataclass
class Group:
    """What changed under one first-level objective, or in the rest of the document."""

    title: str
    sheets: list[SheetChange]


@dataclass
class Comparison:
    """What changed from an edition to another."""

    old: Edition
    new: Edition
    document: list[Change]  # period, foreword, names of the levels
    groups: list[Group]

    @property
    def sheets(self) -> list[SheetChange]:
        return [sheet for group in self.groups for sheet in group.sheets]

    @property
    def is_empty(self) -> bool:
        return not self.document and not self.groups

    @property
    def summary(self) -> list[str]:
        """Count what changed: « 3 actions ajoutées », « 1 objectif reformulé »."""
        counts = Counter((sheet.kind, "moved" if sheet.moved and sheet.fate == "changed" else sheet.fate)
                         for sheet in self.sheets)  # fmt: skip
        return [
            plural(counts[kind, fate], f"{one} {word}{e}", f"{many} {word}{e}s")
            for kind, (one, many, e) in COUNTED.items()
            for fate, word in WORDS.items()
            if counts[kind, fate]
        ]


def compare(old: Edition, new: Edition) -> Comparison:
    """Compare two editions of a roadmap, in a number of queries that does not depend on what they hold.

    Ranks are left aside: that a neighbour came or went is no news. The internal note never shows.

    Args:
        old: the one that was read before.
        new: the one that replaces it.
    """
    return _Comparing(old, new).result()


class _Side:
    """One edition, with what each of its uids stands for."""

    def __init__(self, edition: Edition, snapshot: Snapshot) -> None:
        self.edition = edition
        self.snapshot = snapshot
        self.rows = {(kind, row["uid"]): row for kind, rows in self.snapshot.items() for row in rows if "uid" in row}
        self.titles = {uid: title_of(row) for (_, uid), row in self.rows.items()}
        self.parts = {name: grouped(self.snapshot, name) for name in ("actionactor", "funding", "step", "indicator")}
        self.measures = grouped(self.snapshot, "measure", by="indicator")

    def sheet(self, kind: str, uid: str) -> Snapshot:
        """Give a sheet with the rows that belong to it; nothing if it is not there."""
        row = self.rows.get((kind, uid))
        if row is None:
            return {}
        found = {kind: [row]}
        if kind == name_of(Action):
            found |= {name: parts[uid] for name, parts in self.parts.items() if uid in parts}
        for part in BELONGINGS.get(model_of(kind), {}):
            if name_of(part) == "measure":
                owners = [uid] if kind == name_of(Indicator) else [one["uid"] for one in found.get("indicator", [])]
                found["measure"] = [row for owner in owners for row in self.measures.get(owner, [])]
        return found

    def in_order(self) -> Iterable[tuple[str, str]]:
        """Give the sheets in the order of the document."""
        for model in BEFORE_OBJECTIVES:
            yield from ((name_of(model), row["uid"]) for row in self.snapshot.get(name_of(model), []))
        yield from self.under(None)

    def under(self, parent: str | None) -> Iterable[tuple[str, str]]:
        for row in self.snapshot.get(name_of(Objective), []):
            if row["parent"] == parent:
                uid = row["uid"]
                yield name_of(Objective), uid
                yield from (
                    ("indicator", one["uid"]) for one in self.snapshot.get("indicator", []) if one["objective"] == uid
                )
                yield from (
                    ("action", one["uid"]) for one in self.snapshot.get("action", []) if one["objective"] == uid
                )
                yield from self.under(uid)

    def top(self, kind: str, uid: str) -> str:
        """Give the title of the first-level objective that a sheet hangs from; nothing for the rest of the document."""
        row: dict[str, Any] | None = self.rows[kind, uid]
        while row and kind != name_of(Objective):
            row, kind = self.rows.get((name_of(Objective), row.get("objective") or "")), name_of(Objective)
        while row and row["parent"]:
            row = self.rows[name_of(Objective), row["parent"]]
        return title_of(row) if row else ""


class _Comparing:
    def __init__(self, old: Edition, new: Edition) -> None:
        taken = wholes(old, new)
        self.old, self.new = _Side(old, taken[old.pk]), _Side(new, taken[new.pk])
        for row in self.old.snapshot.get(name_of(Action), []):  # that one of them went is told once, by itself
            row["linked_actions"] = [uid for uid in row["linked_actions"] if (name_of(Action), uid) in self.new.rows]
        # What points at the same row has not changed because that row is renamed.
        self.titles = vocabulary() | self.old.titles | self.new.titles

    def result(self) -> Comparison:
        groups: dict[str, list[SheetChange]] = {}
        for side, keys in ((self.new, list(self.new.in_order())), (self.old, self.dropped())):
            for kind, uid in keys:
                if found := self.sheet_change(kind, uid):
                    groups.setdefault(side.top(kind, uid), []).append(found)
        edition = name_of(Edition)
        told = (tell(Edition, {edition: side.snapshot[edition]}, {}) for side in (self.old, self.new))
        return Comparison(
            self.old.edition,
            self.new.edition,
            document=changes(*told, leaving=OWN_OF_EDITION),
            groups=[Group(title or "Le document", sheets) for title, sheets in groups.items()],
        )

    def dropped(self) -> list[tuple[str, str]]:
        return [key for key in self.old.in_order() if key not in self.new.rows]

    def sheet_change(self, kind: str, uid: str) -> SheetChange | None:
        before, after = self.old.sheet(kind, uid), self.new.sheet(kind, uid)
        title = title_of((after or before)[kind][0])
        if not before or not after:
            return SheetChange(kind, uid, title, "added" if after else "dropped")
        model = model_of(kind)
        told = (tell(model, state, self.titles) for state in (before, after))
        found = changes(*told, leaving=NEVER_PUBLIC | PLACES)
        moved = self.moved(before[kind][0], after[kind][0])
        return SheetChange(kind, uid, title, "changed", found, moved) if found or moved else None

    def moved(self, before: dict[str, Any], after: dict[str, Any]) -> str:
        """Say from which objective to which; nothing if it stays."""
        for name in PLACES:
            if before.get(name) != after.get(name):
                here, there = self.old.titles.get(before[name] or "", TOP), self.new.titles.get(after[name] or "", TOP)
                return f"de « {here} » à « {there} »"
        return ""


PLACES = {"objective", "parent"}
TOP = "premier niveau"
OWN_OF_EDITION = {"adopted_on", "adopted_by", "deliberation_number", "deliberation", "change_note"}


def changes(old: dict[str, Any], new: dict[str, Any], *, leaving: set[str]) -> list[Change]:
    """Give the fields that no longer say the same."""
    return [found for name in new if name not in leaving and (found := change(old.get(name), new[name]))]


def grouped(snapshot: Snapshot, name: str, by: str = "action") -> dict[str, list[dict[str, Any]]]:
    """Give the rows of a kind by the uid of what they belong to."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in snapshot.get(name, []):
        if row[by]:
            found.setdefault(row[by], []).append(row)
    return found


def title_of(row: dict[str, Any]) -> str:
    return f"{row.get('code') or ''} {row.get('title') or row.get('label') or ''}".strip()
