"""What an edition should say before it is published, each line leading to the field where it is written."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from roadmaps.completeness import Branch, Leaf, Progress, all_branches, all_leaves, part_counts, progress, tree
from roadmaps.criteria import CRITERIA, VERB, Criterion, advice
from roadmaps.models import Action, Edition, Objective, Section
from roadmaps.rules import may_describe, may_publish
from ui.typography import plural

NOTHING_TO_READ = "Écrivez au moins une section ou un objectif."
EMPTY = "empty"  # name of what an objective lacks


@dataclass(frozen=True)
class Line:
    """Something missing, and the address where it is written; none for who may not write it."""

    words: str
    url: str = ""


@dataclass
class Sheet:
    """An objective or an action, with what it lacks."""

    number: str
    title: str
    url: str
    lines: list[Line]


@dataclass
class Tally:
    """How many sheets lack the same thing; where there is one, its own line."""

    name: str
    words: str
    url: str


@dataclass
class Checklist:
    """What keeps an edition from going online, and what a reader would miss."""

    blocking: list[Line]
    document: list[Line]
    sheets: list[Sheet]
    tallies: list[Tally]
    progress: Progress = field(default_factory=Progress)

    @property
    def is_empty(self) -> bool:
        return not (self.blocking or self.document or self.sheets)


def blocking(edition: Edition) -> list[str]:
    """Say what no edition goes online without."""
    of_edition = {"edition": edition}
    has_something = Section.objects.filter(**of_edition).exists() or Objective.objects.filter(**of_edition).exists()
    return [] if has_something else [NOTHING_TO_READ]


def checklist(edition: Edition, user: Any, only: str = "") -> Checklist:
    """Look through an edition, in a constant number of queries.

    Args:
        edition: with its roadmap loaded.
        user: who reads the list; a line leads only where he may write.
        only: name of the one thing whose sheets are given; all of them by default.
    """
    base = reverse("edition-edit", args=[edition.roadmap.slug, edition.number])
    counts, branches = part_counts(edition), tree(edition)
    return Checklist(
        blocking=[Line(words, f"{base}sections/ajouter/") for words in blocking(edition)],
        document=list(document_lines(edition, user, base, counts)),
        sheets=list(incomplete_sheets(branches, base, only)),
        tallies=list(tallies(branches, base)),
        progress=progress(branches),
    )


def document_lines(edition: Edition, user: Any, base: str, counts: dict[str, int]) -> Iterator[Line]:
    """Say what the document lacks as a whole."""
    roadmap = edition.roadmap
    publishing = reverse("roadmap-publish", args=[roadmap.slug, edition.number]) if may_publish(user) else ""
    identity = reverse("roadmap-identity", args=[roadmap.slug]) if may_describe(user, roadmap) else ""
    lacks = [
        (edition.period, "La période n’est pas dite", f"{base}#id_period_start"),
        (roadmap.ambition, "L’ambition n’est pas écrite", identity and f"{identity}#id_ambition"),
        (edition.foreword, "Pas d’édito", f"{base}#id_foreword"),
        (counts["section"], "Aucune section : ni contexte ni gouvernance", f"{base}sections/ajouter/#id_kind"),
        (counts["keyfigure"], "Aucun chiffre clé", f"{base}chiffres-cles/ajouter/#id_label"),
        (counts["objective"], "Aucun objectif", f"{base}objectifs/ajouter/#id_title"),
        (edition.adopted_on, "L’adoption n’est pas dite", publishing and f"{publishing}#id_adopted_on"),
    ]
    yield from (Line(words, url) for is_there, words, url in lacks if not is_there)


def incomplete_sheets(branches: list[Branch], base: str, only: str) -> Iterator[Sheet]:
    """Give the objectives with nothing under them and the actions that lack something, in the order of the outline."""
    for branch in all_branches(branches):
        if branch.missing and only in {"", EMPTY}:
            yield empty_objective(branch, base)
        for leaf in branch.actions:
            lines = [
                Line(one.gesture, one.address(base, leaf.action))
                for one in advice(leaf.action)
                if only in {"", one.name}
            ]
            if lines:
                action = leaf.action
                number = "" if action.code else leaf.number
                yield Sheet(number, str(action), f"{base}actions/{action.uid}/", lines)


def lacks_of(action: Action, base: str) -> list[Line]:
    """Give the lines of one action on its own page, where a field needs no other address than its name."""
    own = f"{base}actions/{action.uid}/"
    return [Line(one.gesture, one.address(base, action).removeprefix(own)) for one in advice(action)]


def empty_objective(branch: Branch, base: str) -> Sheet:
    one = branch.objective
    add = Line("y rattacher une action", f"{base}actions/ajouter/?objectif={one.uid}#id_title")
    return Sheet("" if one.code else branch.number, str(one), f"{base}objectifs/{one.uid}/", [add])


def tallies(branches: list[Branch], base: str) -> Iterator[Tally]:
    """Count the sheets that lack the same thing."""
    actions = list(all_leaves(branches))
    for criterion in (*CRITERIA, VERB):
        lacking = [leaf for leaf in actions if criterion.is_lacking(leaf.action)]
        if lacking:
            words = f"{plural(len(lacking), 'action', 'actions')} {criterion.mark}"
            yield Tally(criterion.name, words, where(criterion, lacking, base))
    empty = [branch for branch in all_branches(branches) if branch.missing]
    if empty:
        url = empty_objective(empty[0], base).lines[0].url if len(empty) == 1 else f"{base}manques/?manque={EMPTY}"
        yield Tally(EMPTY, f"{plural(len(empty), 'objectif', 'objectifs')} sans rien dessous", url)


def where(criterion: Criterion, lacking: list[Leaf], base: str) -> str:
    """Lead to the field of the only action, or to the list of them."""
    alone = len(lacking) == 1
    return criterion.address(base, lacking[0].action) if alone else f"{base}manques/?manque={criterion.name}"
