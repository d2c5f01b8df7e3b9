"""The objectives and the fiches action of the printed booklet: what paper says of them, prepared once."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from operator import itemgetter
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString

from roadmaps.funding_table import FundingTable
from roadmaps.print_choice import PrintChoice
from roadmaps.sheets import ActionSheet, ObjectiveSheet
from ui.composition import composed, composed_html, composed_title
from ui.partial_date import PartialDate
from ui.typography import plural

LONGEST_MARK = 4  # signs: a longer code does not fit in the mark of an axis
LONGEST_HEAD = 64  # signs of a running head: what is longer would take a second line
HEAD_WORDS = 7  # of a running head: a line of more reads as a sentence, which no margin should hold
WORD = re.compile(r"[^\W\d_]{2,}")
LOOSE_END = re.compile(r"(?:[\s,;:–]+[a-zà-ÿ’]{0,3})+$")  # small words that lead to what is cut away
LONG_TITLE, VERY_LONG_TITLE = 60, 130  # signs from which a title is set smaller
SHORT_LIST = 8  # lines
WIDE = 70  # signs from which a fact takes the whole width
GRID = ("Pilote", "Partenaires", "Échéance", "Budget")
SHORT_TERMS = {"Besoins auxquels elle répond": "Besoins", "Développement durable": "ODD"}
TABLE = re.compile("<table[^>]*>(<caption.*?</caption>)?")  # what it is called on screen is hidden
HEAD_ROW = re.compile(r"<tbody>\s*(<tr>\s*(?:<th\b[^>]*>(?:(?!</?t[hrd]\b).)*</th>\s*)+</tr>)(?=\s*<tr>)", re.DOTALL)


def head(text: str) -> str:
    """Shorten a title to what a running head holds."""
    too_many = [word.start() for word in WORD.finditer(text)][HEAD_WORDS:]
    if len(text) <= LONGEST_HEAD and not too_many:
        return text
    return LOOSE_END.sub("", text[: min([LONGEST_HEAD - 1, *too_many])].rsplit(" ", 1)[0]) + "…"


def size_of(title: str) -> str:
    """Name the size in which a title is set."""
    if len(title) > VERY_LONG_TITLE:
        return "is-very-long"
    return "is-long" if len(title) > LONG_TITLE else ""


def printed_text(html: str, title: str) -> SafeString:
    """Compose a rich text for paper: its tables are named after their part, and a first row of heads is a head.

    A head comes again on each page.
    """
    html = HEAD_ROW.sub(r"<thead>\1</thead><tbody>", html)
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
    choice: PrintChoice
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
        self.funding = FundingTable.of(sheet.parts.get("funding", []), has_spent=self.choice.has_progress)
        self.situation = sheet.situation if self.choice.has_follow_up else None
        self.report = composed(self.situation.text) if self.situation else ""

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
                f"faite {PartialDate.parse(row['done']).told}" if row["done"] and self.choice.has_progress else "",
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
        yield from (self.title, self.summary, self.report, self.description, self.source, *self.deliverables)
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
        self.told = f"{self.label} – {self.title}" if self.label else self.title
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
        """Such as "9 actions"."""
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
