"""What changed from one edition to another, found by the uids that rows keep."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from roadmaps.changes import Change, Comparison, Group, SheetChange
from roadmaps.models import Action, ActionActor, Annex, Edition, Horizon, Indicator, KeyFigure, Objective, Section
from roadmaps.sheets import cost
from roadmaps.snapshots import BELONGINGS, Snapshot, name_of, wholes
from roadmaps.words import Told, change, model_of, tell, vocabulary

NEVER_PUBLIC = {"internal_note"}
BEFORE_OBJECTIVES: tuple[type[Model], ...] = (Section, KeyFigure, Horizon, Annex)
PLACES = {"objective", "parent"}
TOP = "premier niveau"
# What each edition has of its own, or is told as one: the period.
OWN_OF_EDITION = {
    "adopted_on", "adopted_by", "deliberation_number", "deliberation", "change_note", "period_start", "period_end",
}  # fmt: skip
LEADS = {ActionActor.Role.LEAD, ActionActor.Role.CO_LEAD, ActionActor.Role.CARRIER}
LEVEL = 3  # of the heading under which the changes of a sheet stand


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
        self.url = edition.get_absolute_url()
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
        """Give the uid of the first-level objective that a sheet hangs from; nothing for the rest of the document."""
        row: dict[str, Any] | None = self.rows[kind, uid]
        if row and kind != name_of(Objective):
            row = self.rows.get((name_of(Objective), row.get("objective") or ""))
        while row and row["parent"]:
            row = self.rows[name_of(Objective), row["parent"]]
        return row["uid"] if row else ""

    def address(self, kind: str, uid: str) -> str:
        """Give the address of a sheet that has a page; nothing for the others."""
        places = {name_of(Objective): "objectifs", name_of(Action): "actions"}
        return f"{self.url}{places[kind]}/{uid}/" if kind in places else ""

    def leads(self, uid: str) -> set[str]:
        return {row["organisation"] for row in self.parts["actionactor"].get(uid, []) if row["role"] in LEADS}

    def budget(self, uid: str) -> Told:
        return Told("budget", "Financements, en tout", cost(self.parts["funding"].get(uid, [])), is_value=True)


class _Comparing:
    def __init__(self, old: Edition, new: Edition) -> None:
        taken = wholes(old, new)
        self.old, self.new = _Side(old, taken[old.pk]), _Side(new, taken[new.pk])
        for row in self.old.snapshot.get(name_of(Action), []):  # that one of them went is told once, by itself
            row["linked_actions"] = [uid for uid in row["linked_actions"] if (name_of(Action), uid) in self.new.rows]
        # What points at the same row has not changed because that row is renamed.
        self.titles = vocabulary() | self.old.titles | self.new.titles

    def result(self) -> Comparison:
        groups: dict[str, list[SheetChange]] = {"": []}
        for side, keys in ((self.new, list(self.new.in_order())), (self.old, self.dropped())):
            for kind, uid in keys:
                if found := self.sheet_change(kind, uid):
                    groups.setdefault(side.top(kind, uid), []).append(found)
                elif kind == name_of(Objective):
                    groups.setdefault(side.top(kind, uid), [])  # the groups are in the order of the document
        titles = self.old.titles | self.new.titles | {"": "Le document"}
        return Comparison(
            self.old.edition,
            self.new.edition,
            document=self.document(),
            groups=[Group(titles[top], sheets) for top, sheets in groups.items() if sheets],
        )

    def document(self) -> list[Change]:
        name = name_of(Edition)
        told = (
            {"period": Told("period", "Période", side.edition.period, is_value=True)}
            | tell(Edition, {name: side.snapshot[name]}, {})
            for side in (self.old, self.new)
        )
        return changes(*told, leaving=OWN_OF_EDITION)

    def dropped(self) -> list[tuple[str, str]]:
        return [key for key in self.old.in_order() if key not in self.new.rows]

    def sheet_change(self, kind: str, uid: str) -> SheetChange | None:
        before, after = self.old.sheet(kind, uid), self.new.sheet(kind, uid)
        title = title_of((after or before)[kind][0])
        url = (self.new if after else self.old).address(kind, uid)
        if not before or not after:
            return SheetChange(kind, uid, title, url, "added" if after else "dropped")
        model = model_of(kind)
        told = [tell(model, state, self.titles) for state in (before, after)]
        for side, fields in zip((self.old, self.new), told, strict=True):
            if kind == name_of(Action):
                fields["budget"] = side.budget(uid)
        found = changes(*told, leaving=NEVER_PUBLIC | PLACES)
        moved = self.moved(before[kind][0], after[kind][0])
        if not found and not moved:
            return None
        has_new_lead = bool(self.new.leads(uid) - self.old.leads(uid))
        return SheetChange(kind, uid, title, url, "changed", found, moved, has_new_lead=has_new_lead)

    def moved(self, before: dict[str, Any], after: dict[str, Any]) -> str:
        """Say from which objective to which; nothing if it stays."""
        for name in PLACES:
            if before.get(name) != after.get(name):
                here, there = self.old.titles.get(before[name] or "", TOP), self.new.titles.get(after[name] or "", TOP)
                return f"de « {here} » à « {there} »"
        return ""


def changes(old: dict[str, Any], new: dict[str, Any], *, leaving: set[str]) -> list[Change]:
    """Give the fields that no longer say the same, without the passages that do."""
    told = ((old.get(name), new[name]) for name in new if name not in leaving)
    return [found for pair in told if (found := change(*pair, under=LEVEL, is_whole=False))]


def grouped(snapshot: Snapshot, name: str, by: str = "action") -> dict[str, list[dict[str, Any]]]:
    """Give the rows of a kind by the uid of what they belong to."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in snapshot.get(name, []):
        if row[by]:
            found.setdefault(row[by], []).append(row)
    return found


def title_of(row: dict[str, Any]) -> str:
    return f"{row.get('code') or ''} {row.get('title') or row.get('label') or ''}".strip()
