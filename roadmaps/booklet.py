"""The printed booklet of an edition: what each of its pages shows, prepared once, so that templates only lay out.

It stands on the ``Document`` that the screen shows too; what is here is what paper alone needs: the order of its
chapters, its tables of the whole, its glossary. Its objectives and fiches are in ``fiches.py``.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from roadmaps.bodies import bodies_of
from roadmaps.charts import Stack, counted, legend, share
from roadmaps.cover import Carrier, carriers_on_cover
from roadmaps.document import Document
from roadmaps.fiches import Branch, Fiche, head, printed_text, size_of
from roadmaps.funding_table import years_of
from roadmaps.models.progress import day
from roadmaps.print_choice import ACTION, AXIS, PrintChoice
from roadmaps.sheets import ActionSheet, ObjectiveSheet
from roadmaps.sigles import sigles_used
from territories.logos import inline_logo
from ui.charts import Bars
from ui.composition import composed, composed_title
from ui.qr_code import QrPath, qr_path
from ui.typography import euros

QUIET_ZONE = 4  # modules of white around a QR code
TAG = re.compile("<[^>]*>")


@dataclass
class Booklet:
    """The booklet of an edition, or the part of it that is asked for.

    Args:
        document: the edition as one reads it.
        choice: how much of it, and how it looks; a part that does not exist gives a booklet without axes.
        online_url: where the same edition is read on screen.
        content_sha256: the hash of what the edition holds.
        as_of: the day as it stands on; none for what was frozen when the edition was published.
    """

    document: Document
    choice: PrintChoice
    online_url: str
    content_sha256: str
    as_of: dt.date | None = None

    def __post_init__(self) -> None:
        document, edition = self.document, self.document.edition
        self.title = composed_title(document.roadmap.title)
        self.head, self.size = head(document.roadmap.title), size_of(document.roadmap.title)
        self.carriers, self.carriers_head = composed(document.carrier_names), head(document.carrier_names)
        self.logos = logos_of(carriers_on_cover(document.carriers))
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
            row
            | {
                "title": composed_title(row["title"]),
                "head": head(row["title"]),
                "body": printed_text(row["body"], row["title"]),
            }
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

    @property
    def as_of_day(self) -> str:
        """Say as of when it tells: « 1er mars 2026 »."""
        return day(self.as_of) if self.as_of else ""

    @cached_property
    def path(self) -> list[ObjectiveSheet]:
        """Where the part that is printed alone stands, from the top."""
        return self.document.path_to(self.choice.uid) if self.choice.uid else []

    @cached_property
    def axes(self) -> list[Branch]:
        """The objectives of the first level that are printed, with all that hangs from them."""
        return [
            branch
            for branch in (self._branch(top, rank) for rank, top in enumerate(self.document.tree, 1))
            if self.choice.scope != AXIS or branch.uid == self.choice.uid
        ]

    @cached_property
    def printed(self) -> set[str]:
        """The uids of the actions that have their page in this booklet."""
        if self.choice.scope == ACTION:
            return {self.choice.uid}
        tops = [top for top in self.document.tree if self.choice.scope != AXIS or top.uid == self.choice.uid]
        return {action.uid for top in tops for action in top.all_actions()}

    def _branch(self, sheet: ObjectiveSheet, rank: int) -> Branch:
        children = [self._branch(child, rank) for child in sheet.children]
        return Branch(sheet, rank, children, [self._fiche(action) for action in sheet.actions])

    def _fiche(self, action: ActionSheet) -> Fiche:
        return Fiche(action, self.choice, self.printed)

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
        by_axis = [(axis.told, len(axis.all_fiches)) for axis in self.axes]
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
                "label": axis.told,
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
    def followed(self) -> list[Fiche]:
        """The actions of which one says where they stand."""
        return [fiche for axis in self.axes for fiche in axis.all_fiches if fiche.situation]

    @cached_property
    def stacks(self) -> list[Stack]:
        """Where the actions stand, all together, then by objective down to those that hold them."""
        if not self.followed:
            return []
        branches = [branch for axis in self.axes for branch in axis.walk() if branch.all_fiches]
        groups = [
            ("Ensemble", True, self.followed),
            *((branch.told, branch.depth == 1, branch.all_fiches) for branch in branches),
        ]
        return [
            Stack.of(told, [one.situation for one in fiches if one.situation], is_top=is_top)
            for told, is_top, fiches in groups
        ]

    @cached_property
    def legend(self) -> list[dict[str, Any]]:
        return legend(fiche.situation for fiche in self.followed if fiche.situation)

    @cached_property
    def bodies(self) -> list[dict[str, Any]]:
        """The public bodies concerned; an extract does not list them."""
        return bodies_of(self.document, self.axes) if self.is_whole else []

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
            yield from (body["name"] for body in self.bodies)
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
            {"anchor": "avancement", "title": "Où en est-on\u00a0?", "is_here": bool(self.progress or self.stacks)},
            *section_entries(self.after),
            {"anchor": "instances", "title": "Les instances concernées", "is_here": bool(self.bodies)},
            {"anchor": "indicateurs", "title": "Tous les indicateurs", "is_here": bool(self.indicators)},
            {"anchor": "annexes", "title": "Annexes", "is_here": bool(self.annexes)},
            {"anchor": "sources", "title": "Sources", "is_here": bool(self.sources)},
            {"anchor": "sigles", "title": "Sigles", "is_here": bool(self.sigles)},
        ]
        return [chapter for chapter in chapters if chapter["is_here"]]


def logos_of(carriers: list[Carrier]) -> list[dict[str, str]]:
    """Give the logos of a cover, each as the picture itself and what it says."""
    shown = ((inline_logo(carrier.logo), carrier.logo_alternative) for carrier in carriers)
    return [{"source": source, "alternative": alternative} for source, alternative in shown if source]


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
