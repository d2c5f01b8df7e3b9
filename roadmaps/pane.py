"""The outline beside the sheets: every sheet of an edition as a link, in the order of the document.

All that a row shows is prepared here, so that the template only lays it out: an edition has hundreds of rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import Truncator

from roadmaps.checklist import Line as Lack
from roadmaps.checklist import lacks_of
from roadmaps.completeness import Branch, Leaf, Progress, progress
from roadmaps.consultation import Consultation
from roadmaps.models import Edition, ProgressReport
from roadmaps.parts import PARTS, Part
from roadmaps.plan import TITLES, Plan, plan_of
from roadmaps.sieve import CHOICES, Sieve
from ui.badges import status_badge
from ui.typography import plural

DOCUMENT = "document"  # what is open where the edition itself is
SPOKEN = 70  # characters of a title in the name of a button


@dataclass
class Line:
    """A row of the outline."""

    uid: str
    url: str
    title: str
    kind: str  # address of its part
    code: str = ""  # where the title does not give one
    marks: list[str] = field(default_factory=list)  # what it lacks
    is_incomplete: bool = False
    status: str = ""  # a badge, once something was reported of the action
    is_first: bool = False
    is_last: bool = False
    talk: int = 0  # comments on it that are to be handled

    @property
    def spoken(self) -> str:
        return Truncator(self.title).chars(SPOKEN)


@dataclass
class Adding:
    """Where one more row is typed, under an objective or at the first level."""

    kind: str  # "actions" or "objectifs"
    uid: str  # of the objective
    level: str  # what is added, in words
    others: list[tuple[str, str]]  # label and address of what else may be added there

    @property
    def name(self) -> str:
        return f"{self.kind}-{self.uid}"


@dataclass
class Node:
    """An objective of the outline, with what hangs on it."""

    line: Line
    depth: int
    children: list["Node"]
    actions: list[Line]
    adding: Adding | None


@dataclass
class Group:
    """A part of the document around its tree, with its rows."""

    key: str
    label: str
    url: str
    lines: list[Line]  # those asked for
    count: int  # of all


class Pane:
    """The outline of an edition, around the sheet that is open; nothing is read before it is shown."""

    choices = CHOICES

    def __init__(self, request: HttpRequest, edition: Edition, opened: str = "", path: str = "") -> None:
        """Prepare the outline.

        Args:
            request: says by its query string which rows are asked for.
            edition: in preparation.
            opened: uid of the sheet that is read, or address of the list that is.
            path: where the buttons lead back; the page itself by default.
        """
        self.request, self.edition, self.opened = request, edition, opened
        self.path = path or request.get_full_path()
        self.desk = reverse("roadmap-edit", args=[edition.roadmap.slug])
        self.base = reverse("edition-edit", args=[edition.roadmap.slug, edition.number])

    @cached_property
    def plan(self) -> Plan:
        return plan_of(self.edition)

    @cached_property
    def consultation(self) -> Consultation:
        return Consultation(self.edition, self.request.user, back=self.path)

    @property
    def talk(self) -> int:
        """How many comments on the document as a whole are to be handled."""
        return self.consultation.open_by_subject[DOCUMENT]

    @cached_property
    def lacks(self) -> list[Lack]:
        """What the action that is open lacks, each leading to its field."""
        leaf = next((leaf for leaf in self.plan.leaves if leaf.action.uid == self.opened), None)
        return lacks_of(leaf.action, self.base) if leaf else []

    @cached_property
    def sieve(self) -> Sieve:
        return Sieve.of(self.request, self.edition)

    @cached_property
    def query(self) -> str:
        """What keeps the choice from page to page."""
        kept = {name: value for name, value in (("voir", self.sieve.choice), ("q", self.sieve.words)) if value}
        query = self.request.GET.copy()
        query.clear()
        query.update(kept)
        return f"?{query.urlencode()}" if kept else ""

    @property
    def bare_path(self) -> str:
        """The page with nothing asked for."""
        return self.path.partition("?")[0]

    @property
    def is_desk(self) -> bool:
        """Whether the page that is read is the outline’s own."""
        return self.bare_path == self.desk

    @property
    def progress(self) -> Progress:
        return progress(self.plan.branches)

    @cached_property
    def nodes(self) -> list[Node]:
        return self._nodes(self.plan.branches)

    @cached_property
    def adding(self) -> Adding | None:
        """Where an objective of the first level is typed."""
        return None if self.sieve.is_set else Adding("objectifs", "", self.edition.level_names[0], [])

    @cached_property
    def groups(self) -> list[Group]:
        """The parts of the document around the tree."""
        return [self._group(part) for part in PARTS if not part.is_in_outline]

    @property
    def is_in_document(self) -> bool:
        """Whether what is open is around the tree rather than in it."""
        keys = {DOCUMENT, *(key for group in self.groups for key in (group.key, *(line.uid for line in group.lines)))}
        return self.opened in keys or self.sieve.is_set

    @cached_property
    def sequence(self) -> list[Line]:
        """All the sheets that are shown, one after the other."""
        document = Line(DOCUMENT, f"{self.base}{self.query}", "Document", DOCUMENT)
        around = [line for group in self.groups for line in group.lines]
        return [document, *around, *_in_order(self.nodes)]

    @property
    def place(self) -> int | None:
        return next((rank for rank, line in enumerate(self.sequence) if line.uid == self.opened), None)

    @property
    def previous(self) -> Line | None:
        return self.sequence[self.place - 1] if self.place else None

    @property
    def next(self) -> Line | None:
        after = self.sequence[self.place + 1 :] if self.place is not None else self.sequence[1:]
        return after[0] if after else None

    @property
    def told(self) -> str:
        """How many sheets the choice keeps, in words."""
        kept = sum(line.kind == "actions" for line in _in_order(self.nodes))
        return f"{plural(kept, 'action', 'actions')} sur {len(self.plan.actions)}"

    def _group(self, part: Part) -> Group:
        lines, rows = [], self.plan.rest[part.model]
        for row in rows:
            title = str(row) if part.address == "horizons" else getattr(row, TITLES[part.model])
            if self.sieve.keeps(row, title):
                line = Line(row.uid, self._url(part.address, row.uid), title, part.address)
                line.talk = self.consultation.open_about(row)
                lines.append(line)
        return Group(part.address, part.plural, f"{self.base}{part.address}/{self.query}", lines, len(rows))

    def _url(self, address: str, uid: str) -> str:
        return f"{self.base}{address}/{uid}/{self.query}"

    def _nodes(self, branches: list[Branch]) -> list[Node]:
        shown = [branch for branch in branches if not self.sieve.is_set or self.sieve.keeps_branch(branch)]
        return [
            Node(
                line=self._objective(branch),
                depth=branch.objective.depth,
                children=self._nodes(branch.children),
                actions=[
                    self._action(leaf)
                    for leaf in branch.actions
                    if self.sieve.keeps(leaf.action, str(leaf.action), leaf)
                ],
                adding=None if self.sieve.is_set else self._adding(branch),
            )
            for branch in shown
        ]

    def _objective(self, branch: Branch) -> Line:
        one = branch.objective
        code = "" if one.code else f"{branch.level} {branch.number}"
        line = Line(one.uid, self._url("objectifs", one.uid), str(one), "objectifs", code, branch.missing)
        line.is_first, line.is_last = branch.is_first, branch.is_last
        line.talk = self.consultation.open_about(one)
        return line

    def _action(self, leaf: Leaf) -> Line:
        one = leaf.action
        marks = [criterion.mark for criterion in leaf.lacks]
        line = Line(one.uid, self._url("actions", one.uid), str(one), "actions", "" if one.code else leaf.number, marks)
        line.is_first, line.is_last, line.is_incomplete = leaf.is_first, leaf.is_last, bool(marks)
        line.talk = self.consultation.open_about(one)
        if reported := one.reported:  # type: ignore[attr-defined]  # annotated
            line.status = status_badge(reported, ProgressReport.Status(reported).label)
        return line

    def _adding(self, branch: Branch) -> Adding:
        """Offer to type what an objective holds already; an empty one, its next level down to the last."""
        uid = branch.objective.uid
        goes_deeper = bool(branch.next_level) and (branch.children or not branch.actions)
        kinds = ["objectifs", "actions"] if goes_deeper else ["actions", "objectifs"]
        words = {"actions": "action", "objectifs": branch.next_level}
        others = [(words[kind], f"{self.base}ajout/?quoi={kind}&objectif={uid}") for kind in kinds[1:] if words[kind]]
        return Adding(kinds[0], uid, words[kinds[0]], others)


def _in_order(nodes: list[Node]) -> Iterator[Line]:
    """Go through a tree as it is shown: an objective, what hangs on it, then its actions."""
    for node in nodes:
        yield node.line
        yield from _in_order(node.children)
        yield from node.actions
