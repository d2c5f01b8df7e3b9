"""The printed booklet of an edition: what each of its pages shows, prepared once, so that templates only lay out.

It stands on the ``Document`` that the screen shows too; what is here is what paper alone needs: the order of its
chapters, its tables of the whole, its fiches with their funding year by year, its glossary.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import count
from operator import itemgetter
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString

from roadmaps.document import Document
from roadmaps.funding_table import FundingTable, years_of
from roadmaps.print_choice import ACTION, AXIS, PrintChoice
from roadmaps.sheets import ActionSheet, ObjectiveSheet
from roadmaps.sigles import sigles_used
from ui.composition import composed, composed_html, composed_title
from ui.partial_date import PartialDate
from ui.qr_code import QrPath, qr_path
from ui.typography import euros, number, plural

LONGEST_MARK = 4  # signs: a longer code does not fit in the mark of an axis
LONGEST_HEAD = 64  # signs of a running head: what is longer would take a second line
LONG_TITLE, VERY_LONG_TITLE = 60, 130  # signs from which a title is set smaller
QUIET_ZONE = 4  # modules of white around a QR code
ROUND = Decimal("94.25")  # once around a ring whose radius is 15
SHORT_LIST = 8  # lines
WIDE = 70  # signs from which a fact takes the whole width
SHORT_TERMS = {"Besoins auxquels elle répond": "Besoins", "Développement durable": "ODD"}
TAG, TABLE = re.compile("<[^>]*>"), re.compile("<table[^>]*>")
GRID = ("Pilote", "Partenaires", "Échéance", "Budget")


def head(text: str) -> str:
    """Shorten a title to what a running head holds."""
    return text if len(text) <= LONGEST_HEAD else text[: LONGEST_HEAD - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def size_of(title: str) -> str:
    """Name the size in which a title is set."""
    if len(title) > VERY_LONG_TITLE:
        return "is-very-long"
    return "is-long" if len(title) > LONG_TITLE else ""


def printed_text(html: str, title: str) -> SafeString:
    """Compose a rich text for paper: each of its tables is named after the part where it stands."""
    captions = (f"Tableau {rank}\u00a0: {title}" for rank in count(1))
    return composed_html(TABLE.sub(lambda _: f"<table><caption>{escape(next(captions))}</caption>", html))


@dataclass
class Step:
    """A stage of an action: what, when it is due, when it was done."""

    title: str
    due: str
    done: str


@dataclass
class Fiche:
    """A fiche action as it is printed."""

    sheet: ActionSheet
    has_progress: bool
    printed: set[str]  # uids of the actions of the booklet: the others have no page

    def __post_init__(self) -> None:
        sheet = self.sheet
        self.uid, self.code, self.level, self.horizon = sheet.uid, sheet.code, sheet.level, sheet.horizon
        self.title = composed_title(sheet.title)
        self.summary = composed(sheet.summary)
        self.description = printed_text(sheet.description, sheet.title)
        self.leads = composed(", ".join(sheet.leads))
        self.indicators, self.deliverables = sheet.indicators, [composed(line) for line in sheet.deliverables]
        self.source = composed(sheet.source)
        self.funding = FundingTable.of(sheet.parts.get("funding", []), has_spent=self.has_progress)

    @cached_property
    def grid(self) -> list[dict[str, Any]]:
        """What one looks for first, always in the same four places."""
        facts = {fact["term"]: fact["value"] for fact in self.sheet.key_facts}
        if calendar := facts.get("Calendrier"):
            facts["Échéance"] = f"{facts['Échéance']}, {calendar}" if "Échéance" in facts else calendar
        return [{"term": term, "value": composed(facts.get(term) or "À préciser")} for term in GRID]

    @cached_property
    def facts(self) -> list[dict[str, Any]]:
        """What else places the action: needs, levers, themes, audience, means; those that take the whole width last."""
        facts = [
            {
                "term": SHORT_TERMS.get(fact["term"], fact["term"]),
                "value": composed(fact["value"]),
                "is_wide": len(fact["value"]) > WIDE,
            }
            for fact in self.sheet.other_facts
        ]
        return sorted(facts, key=itemgetter("is_wide"))

    @property
    def is_beside(self) -> bool:
        """Whether its deliverables and its steps stand side by side: short lists, which need not be cut by a page."""
        return 0 < len(self.deliverables) <= SHORT_LIST and 0 < len(self.steps) <= SHORT_LIST

    @cached_property
    def steps(self) -> list[Step]:
        return [
            Step(
                composed(row["title"]),
                str(PartialDate.parse(row["due"])) if row["due"] else "",
                f"faite {PartialDate.parse(row['done']).told}" if row["done"] and self.has_progress else "",
            )
            for row in self.sheet.parts.get("step", [])
        ]

    @cached_property
    def linked(self) -> list[dict[str, Any]]:
        return [
            {"uid": other.uid, "name": composed_title(other.name), "is_here": other.uid in self.printed}
            for other in self.sheet.linked
        ]

    def words(self) -> Iterator[str]:
        """Give all that it says, for the glossary."""
        yield from (self.title, self.summary, self.description, self.source, *self.deliverables)
        yield from (fact["value"] for fact in (*self.grid, *self.facts))
        yield from (step.title for step in self.steps)
        yield from (row.label for row in self.indicators)


@dataclass
class Branch:
    """An objective as it is printed, with what hangs from it."""

    sheet: ObjectiveSheet
    rank: int  # among the objectives of the first level
    children: list["Branch"] = field(default_factory=list)
    fiches: list[Fiche] = field(default_factory=list)

    def __post_init__(self) -> None:
        sheet = self.sheet
        self.uid, self.level, self.tone, self.depth = sheet.uid, sheet.level, sheet.tone, sheet.depth
        self.indicators, self.source = sheet.indicators, composed(sheet.source)
        self.title, self.text = composed_title(sheet.title), printed_text(sheet.text, sheet.title)
        self.code = sheet.code
        short = sheet.code.removeprefix(sheet.level_name).strip() or str(self.rank)
        self.has_mark = len(short) <= LONGEST_MARK
        self.mark = short if self.has_mark else str(self.rank)
        self.level_label = sheet.level_name if self.has_mark else sheet.code
        self.label = f"{sheet.level_name} {self.mark}" if self.has_mark and sheet.depth == 1 else sheet.label
        self.head = head(f"{self.label} – {sheet.title}")
        self.size = size_of(sheet.title)

    def walk(self) -> Iterator["Branch"]:
        """Go through it and all under it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    @cached_property
    def all_fiches(self) -> list[Fiche]:
        return [fiche for branch in self.walk() for fiche in branch.fiches]

    @cached_property
    def groups(self) -> list["Group"]:
        """Its actions as a table tells them, under the objectives that lead to them, each named once."""
        groups, pending = [], []
        for branch in self.walk():
            pending += [branch] if branch is not self else []
            if branch.fiches or not branch.children:
                groups.append(Group(pending, branch.fiches))
                pending = []
        return groups

    @property
    def counts(self) -> str:
        """Such as "3 objectifs, 9 actions"."""
        return plural(len(self.all_fiches), "action", "actions")

    @cached_property
    def followed(self) -> list[dict[str, Any]]:
        """Its indicators and those of all under it, each with whose it is."""
        rows: list[dict[str, Any]] = []
        for branch in self.walk():
            rows += [
                {"row": row, "of": branch.code or branch.label, "anchor": f"objectif-{branch.uid}"}
                for row in branch.indicators
            ]
            rows += [
                {"row": row, "of": fiche.code or "Action", "anchor": f"action-{fiche.uid}"}
                for fiche in branch.fiches
                for row in fiche.indicators
            ]
        return rows

    def words(self) -> Iterator[str]:
        """Give all that it says, for the glossary."""
        for branch in self.walk():
            yield from (branch.title, branch.text, branch.source)
            yield from (row.label for row in branch.indicators)
            for fiche in branch.fiches:
                yield from fiche.words()


@dataclass(frozen=True)
class Group:
    """Actions that follow each other in a table, under the objectives that the table has not named yet."""

    path: list[Branch]
    fiches: list[Fiche]


@dataclass(frozen=True)
class Bars:
    """A table whose figures are also drawn, the largest filling its width."""

    uid: str
    caption: str
    heads: tuple[str, str]
    rows: list[dict[str, Any]]

    @classmethod
    def of(cls, uid: str, caption: str, heads: tuple[str, str], values: list[tuple[str, Decimal, str]]) -> "Bars":
        """Draw ``values``: label, figure, and the figure as one reads it."""
        largest = max((value for _, value, _ in values), default=Decimal(0)) or Decimal(1)
        rows = [
            {"label": label, "shown": shown, "width": f"{value / largest * 100:.1f}"} for label, value, shown in values
        ]
        return cls(uid, caption, heads, rows)


@dataclass
class Booklet:
    """The booklet of an edition, or the part of it that is asked for.

    Args:
        document: the edition as one reads it.
        choice: how much of it, and how it looks; a part that does not exist gives a booklet without axes.
        online_url: where the same edition is read on screen.
        content_sha256: the hash of what the edition holds.
    """

    document: Document
    choice: PrintChoice
    online_url: str
    content_sha256: str

    def __post_init__(self) -> None:
        document, edition = self.document, self.document.edition
        self.title = composed_title(document.roadmap.title)
        self.head, self.size = head(document.roadmap.title), size_of(document.roadmap.title)
        self.carriers = composed(document.carrier_names)
        self.period = edition.period.replace("-", "\u2013")
        self.ambition = composed(document.roadmap.ambition)
        self.foreword, self.sources = (
            printed_text(document.foreword, "Édito"),
            printed_text(document.sources, "Sources"),
        )
        self.foreword_author = composed(edition.foreword_author)
        self.change_note, self.caveat = composed(edition.change_note), composed(edition.caveat)
        self.is_whole = self.choice.scope not in {AXIS, ACTION}
        self.annexes = self._texts(document.annexes) if self.choice.has_annexes else []
        self.before, self.after = self._texts(document.sections_before), self._texts(document.sections_after)

    def _texts(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [
            row | {"title": composed_title(row["title"]), "body": printed_text(row["body"], row["title"])}
            for row in rows
        ]

    @property
    def page_title(self) -> str:
        """The title of the file, the part that is printed alone first."""
        alone = [self.one_fiche.sheet.name] if self.one_fiche else [] if self.is_whole else [a.head for a in self.axes]
        return " – ".join([*alone, self.document.roadmap.title, self.document.carrier_names])

    @property
    def state(self) -> str:
        """What the document is worth: a draft, published, adopted."""
        if self.document.is_draft:
            return "Brouillon, document non publié"
        return "Document adopté" if self.document.edition.adopted_on else "Document publié"

    @cached_property
    def path(self) -> list[ObjectiveSheet]:
        """Where the part that is printed alone stands, from the top."""
        return self.document.path_to(self.choice.uid) if self.choice.uid else []

    @cached_property
    def axes(self) -> list[Branch]:
        """The objectives of the first level that are printed, with all that hangs from them."""
        return [
            branch
            for rank, branch in enumerate(map(self._branch, self.document.tree, self._ranks()), 1)
            if self.choice.scope != AXIS or branch.uid == self.choice.uid
        ]

    def _ranks(self) -> Iterable[int]:
        return range(1, len(self.document.tree) + 1)

    @cached_property
    def printed(self) -> set[str]:
        """The uids of the actions that have their page in this booklet."""
        if self.choice.scope == ACTION:
            return {self.choice.uid}
        return {
            action.uid
            for top in self.document.tree
            if self.choice.scope != AXIS or top.uid == self.choice.uid
            for action in top.all_actions()
        }

    def _branch(self, sheet: ObjectiveSheet, rank: int) -> Branch:
        children = [self._branch(child, rank) for child in sheet.children]
        return Branch(sheet, rank, children, [self._fiche(action) for action in sheet.actions])

    def _fiche(self, action: ActionSheet) -> Fiche:
        return Fiche(action, self.choice.has_progress, self.printed)

    @cached_property
    def one_fiche(self) -> Fiche | None:
        """The action that is printed alone."""
        found = self.document.find_action(self.choice.uid) if self.choice.scope == ACTION else None
        return self._fiche(found[1]) if found else None

    @property
    def one_head(self) -> str:
        """The running head of an action printed alone."""
        return head(self.one_fiche.sheet.name) if self.one_fiche else ""

    @property
    def tone(self) -> int:
        """The tone of a part printed alone."""
        return self.path[0].tone if self.path else 1

    @cached_property
    def facts(self) -> list[dict[str, str]]:
        return [{"term": fact["term"], "value": composed(fact["value"])} for fact in self.document.facts]

    @cached_property
    def key_figures(self) -> list[dict[str, Any]]:
        """The figures of the territory; a share is also drawn."""
        return [
            row | {"label": composed(row["label"]), "source": composed(row["source"]), "share": share(row)}
            for row in self.document.key_figures
        ]

    @cached_property
    def milestones(self) -> list[dict[str, Any]]:
        return [
            row | {"title": composed_title(row["title"]), "text": composed(row["text"])}
            for row in self.document.milestones
        ]

    @cached_property
    def in_figures(self) -> list[Bars]:
        """What the actions are, counted: by axis, by horizon, by year of funding."""
        if not self.document.actions:
            return []
        name = self.document.edition.level_names[0].lower()
        by_axis = [(f"{axis.label} – {axis.title}", len(axis.all_fiches)) for axis in self.axes]
        horizons = Counter(action.horizon or "Horizon non précisé" for action in self.document.actions)
        parts = [row for action in self.document.actions for row in action.parts.get("funding", [])]
        tables = [
            counted("par-axe", f"Actions par {name}", name.capitalize(), by_axis),
            counted("par-horizon", "Actions par échéance", "Échéance", horizons.items()),
            Bars.of(
                "par-annee",
                "Financements prévus par année",
                ("Année", "Montant"),
                [(year, amount, euros(amount)) for year, amount in years_of(parts)],
            ),
        ]
        return [table for table in tables if len(table.rows) > 1]

    @cached_property
    def indicators(self) -> list[Branch]:
        """The axes that something measures."""
        return [axis for axis in self.axes if axis.followed]

    @cached_property
    def progress(self) -> list[dict[str, Any]]:
        """Where each axis stands, counted in what was done and measured; nothing where nothing was."""
        if not self.choice.has_progress:
            return []
        rows = [
            {
                "label": f"{axis.label} – {axis.title}",
                "actions": len(axis.all_fiches),
                "steps": sum(len(fiche.steps) for fiche in axis.all_fiches),
                "done": sum(bool(step.done) for fiche in axis.all_fiches for step in fiche.steps),
                "indicators": len(axis.followed),
                "measured": sum(bool(one["row"].last) for one in axis.followed),
            }
            for axis in self.axes
        ]
        return rows if any(row["done"] or row["measured"] for row in rows) else []

    @cached_property
    def progress_total(self) -> dict[str, int]:
        names = ("actions", "steps", "done", "indicators", "measured")
        return {name: sum(row[name] for row in self.progress) for name in names}

    @cached_property
    def sigles(self) -> list[tuple[str, str]]:
        """The glossary: the known sigles that this booklet uses."""
        return sigles_used(TAG.sub(" ", " ".join(self._words())))

    def _words(self) -> Iterator[str]:
        if self.one_fiche:
            yield from self.one_fiche.words()
            return
        for axis in self.axes:
            yield from axis.words()
        if self.is_whole:
            yield from (self.title, self.ambition, self.foreword, self.foreword_author, self.sources)
            for text in (*self.before, *self.after, *self.annexes):
                yield from (text["title"], text["body"])
            for row in (*self.key_figures, *self.facts, *self.milestones):
                yield from (str(value) for value in row.values())

    @cached_property
    def qr(self) -> QrPath:
        return qr_path(self.online_url)

    @property
    def qr_box(self) -> int:
        """The width of the code with its quiet zone."""
        return self.qr.size + 2 * QUIET_ZONE

    @cached_property
    def contents(self) -> list[dict[str, Any]]:
        """The sommaire: each chapter after it with its anchor, the axes with their objectives."""
        chapters: list[dict[str, Any]] = [
            {"anchor": "en-bref", "title": "En bref", "is_here": True},
            {"anchor": "chiffres-cles", "title": "Le territoire en chiffres", "is_here": bool(self.key_figures)},
            *section_entries(self.before),
            {"anchor": "vue-d-ensemble", "title": "Vue d’ensemble des actions", "is_here": bool(self.axes)},
            {"anchor": "demarche", "title": "La démarche", "is_here": bool(self.milestones)},
            *map(axis_entry, self.axes),
            {"anchor": "avancement", "title": "Où en est-on\u00a0?", "is_here": bool(self.progress)},
            *section_entries(self.after),
            {"anchor": "indicateurs", "title": "Tous les indicateurs", "is_here": bool(self.indicators)},
            {"anchor": "annexes", "title": "Annexes", "is_here": bool(self.annexes)},
            {"anchor": "sources", "title": "Sources", "is_here": bool(self.sources)},
            {"anchor": "sigles", "title": "Sigles", "is_here": bool(self.sigles)},
        ]
        return [chapter for chapter in chapters if chapter["is_here"]]


def section_entries(sections: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"anchor": f"section-{section['uid']}", "title": section["title"], "is_here": True} for section in sections]


def axis_entry(axis: Branch) -> dict[str, Any]:
    return {
        "anchor": f"objectif-{axis.uid}",
        "mark": axis.mark,
        "title": axis.title,
        "tone": axis.tone,
        "is_here": True,
        "children": [
            {"anchor": f"objectif-{child.uid}", "code": child.code, "title": child.title} for child in axis.children
        ],
    }


def counted(uid: str, caption: str, name: str, counts: Iterable[tuple[str, int]]) -> Bars:
    """Draw counts of actions."""
    values = [(label, Decimal(count), number(count)) for label, count in counts]
    return Bars.of(uid, caption, (name, "Actions"), values)


def share(row: dict[str, Any]) -> str:
    """Give the length of a percentage along the ring that draws it; nothing where the figure is no share."""
    if row["unit"] != "%":
        return ""
    value = Decimal(row["value"].replace("\u202f", "").replace(",", ".").replace("\u2212", "-"))
    return f"{value * ROUND / 100:.2f}" if 0 <= value <= 100 else ""  # noqa: PLR2004
