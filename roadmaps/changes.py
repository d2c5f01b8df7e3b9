"""What a comparison of two editions says to an élu: what became of each sheet, and how many of each."""

from collections import Counter
from dataclasses import dataclass, field

from roadmaps.models import Action, Annex, Edition, Horizon, Indicator, KeyFigure, Objective, Section
from roadmaps.snapshots import name_of
from roadmaps.words import Change
from ui.typography import plural

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
FATES = {"added": "ajouté", "dropped": "retiré", "changed": "modifié"}
MOVED, REWORDED = "déplacé", "reformulé"
LEAD, HORIZON, CALENDAR, BUDGET = "nouveau pilote", "nouvel horizon", "nouveau calendrier", "nouveau budget"
FOLLOWED = "suivi mis à jour"
# What a reader looks for first among the fields that changed, by their names.
TAGS = {
    "title": REWORDED, "summary": REWORDED, "description": REWORDED, "text": REWORDED, "body": REWORDED,
    "horizon": HORIZON, "starts_on": CALENDAR, "ends_on": CALENDAR, "budget": BUDGET,
    "step": FOLLOWED, "measure": FOLLOWED,
}  # fmt: skip
# What is counted, in the order of telling; a sheet may be told twice, moved and reworded.
TOLD = ("ajouté", "retiré", MOVED, REWORDED, LEAD, HORIZON, CALENDAR, BUDGET, FOLLOWED, "modifié")


@dataclass
class SheetChange:
    """What became of one sheet."""

    kind: str
    uid: str
    title: str
    url: str  # of its page, for those that have one
    fate: str  # one of FATES
    changes: list[Change] = field(default_factory=list)
    moved: str = ""  # from where to where
    has_new_lead: bool = False

    @property
    def noun(self) -> str:
        return COUNTED[self.kind][0]

    @property
    def word(self) -> str:
        """Say its fate, in agreement: « ajoutée »."""
        return agreed(FATES[self.fate], self.kind)

    @property
    def tags(self) -> list[str]:
        return [agreed(facet, self.kind) for facet in self.facets]

    @property
    def facets(self) -> list[str]:
        """Give what is worth saying first."""
        found = {TAGS[one.name] for one in self.changes if one.name in TAGS}
        found |= {facet for facet, is_so in ((MOVED, self.moved), (LEAD, self.has_new_lead)) if is_so}
        return sorted(found, key=TOLD.index)

    @property
    def counted_as(self) -> set[str]:
        """Give what it is counted as: its fate, unless something more telling."""
        return set(self.facets) or {FATES[self.fate]}


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
        """Count what changed: « 3 actions ajoutées », « 2 actions avec un nouvel horizon »."""
        counts = Counter((sheet.kind, facet) for sheet in self.sheets for facet in sheet.counted_as)
        return [
            plural(counts[kind, facet], f"{one} {ending(facet, kind)}", f"{many} {ending(facet, kind, 's')}")
            for kind, (one, many, _) in COUNTED.items()
            for facet in TOLD
            if counts[kind, facet]
        ]


def ending(facet: str, kind: str, mark: str = "") -> str:
    """Say a facet after a noun: « reformulées », « avec un nouvel horizon »."""
    return f"avec un {facet}" if " " in facet else agreed(facet, kind) + mark


def agreed(facet: str, kind: str) -> str:
    """Make a participle agree with what a kind is called; the rest stays as it is."""
    return facet if " " in facet else facet + COUNTED[kind][2]
