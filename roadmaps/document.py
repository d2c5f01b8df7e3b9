"""An edition as one reads it, on screen and on paper: everything its page says, prepared once."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from roadmaps.content import objective_tree
from roadmaps.models import Annex, Edition, KeyFigure, Milestone, Roadmap, Section
from roadmaps.sheets import ActionSheet, ObjectiveSheet, figure, tally_of
from territories.models import Collectivite
from ui.links import Link, links
from ui.rich_text import render
from ui.typography import plural


@dataclass(frozen=True)
class Around:
    """What is tied, from the floors above, to a roadmap or to a part of it."""

    bodies: list[Link]
    positions: list[Link]

    @classmethod
    def of(cls, bodies: Any, positions: Any) -> "Around":
        """Read both in one query; a position that supports several parts comes once."""
        found = links(bodies=bodies.as_links(), positions=positions.as_links())
        return cls(found["bodies"], list({one.url: one for one in found["positions"]}.values()))


class Document:
    """The page of an edition.

    Args:
        edition: with its roadmap and its collectivité loaded.
        editions: those that the reader may read, the latest first; by default this one alone.
        today: the day on which it is read, which tells what is to come; that of the clock by default.
    """

    discussion = ""  # what is said of it as a whole, on the page of the consultation alone

    def __init__(self, edition: Edition, editions: list[Edition] | None = None, today: dt.date | None = None) -> None:
        self.edition = edition
        self.today = today or timezone.localdate()
        self.roadmap: Roadmap = edition.roadmap
        self.editions = editions or [edition]
        published = [other for other in self.editions if other.is_published]
        self.current = published[0] if published else None
        self.is_draft = not edition.is_published
        self.is_superseded = edition.is_published and edition != self.current
        self.url = self._url()
        self.carriers = self.roadmap.carriers
        self.carrier_names = ", ".join(carrier.display_name for carrier in self.carriers)
        self.tree = objective_tree(edition, self.url, is_current=edition == self.current)

    def _url(self) -> str:
        """The current edition lives at the roadmap's address, any other at its own."""
        return self.roadmap.get_absolute_url() if self.edition == self.current else self.edition.get_absolute_url()

    @cached_property
    def actions(self) -> list[ActionSheet]:
        return [action for objective in self.tree for action in objective.all_actions()]

    @cached_property
    def objectives(self) -> list[ObjectiveSheet]:
        return [sheet for top in self.tree for sheet in top.walk()]

    @cached_property
    def _texts(self) -> tuple[list[Section], list[Annex]]:
        """The sections and the annexes, in order, read in one query."""
        columns = ["pk", "uid", "position", "title", "body"]
        read = [
            rows.filter(edition=self.edition).order_by().values_list(Value(rank), *columns, last)
            for rank, (rows, last) in enumerate(((Section.objects, "kind"), (Annex.objects, "file")))
        ]
        found: tuple[list[Any], list[Any]] = ([], [])
        for rank, *values, last in sorted(read[0].union(read[1], all=True), key=lambda row: (row[3], row[1])):
            said = dict(zip(columns, values, strict=True))
            found[rank].append(Section(**said, kind=last) if rank == 0 else Annex(**said, file=last))
        return found

    @cached_property
    def sections(self) -> list[dict[str, Any]]:
        return [
            {
                "uid": s.uid,
                "title": s.title,
                "body": render(s.body, under=2),
                "is_after": s.comes_after_actions,
                "discussion": "",
            }
            for s in self._texts[0]
        ]

    @property
    def sections_before(self) -> list[dict[str, Any]]:
        return [section for section in self.sections if not section["is_after"]]

    @property
    def sections_after(self) -> list[dict[str, Any]]:
        return [section for section in self.sections if section["is_after"]]

    @cached_property
    def key_figures(self) -> list[dict[str, str]]:
        return [
            {
                "value": figure(row.value),
                "unit": row.unit,
                "label": row.label,
                "source": " · ".join(str(part) for part in (row.year, row.scope, row.source) if part),
            }
            for row in KeyFigure.objects.filter(edition=self.edition)
        ]

    @cached_property
    def annexes(self) -> list[dict[str, Any]]:
        return [
            {"uid": a.uid, "title": a.title, "body": render(a.body, under=3), "has_file": bool(a.file)}
            for a in self._texts[1]
        ]

    @cached_property
    def milestones(self) -> list[dict[str, Any]]:
        return [
            {
                "date": str(milestone.held_on or "Date à préciser"),
                "title": f"{milestone.get_kind_display()} : {milestone.title}",
                "text": ". ".join(
                    text.rstrip(".")
                    for text in (milestone.place, milestone.participants, milestone.description)
                    if text
                ),
                "source": milestone.source,
                "file_url": reverse("milestone-file", args=[self.roadmap.slug, milestone.pk])
                if milestone.document
                else "",
                "is_ahead": is_ahead(milestone.held_on, self.today),
            }
            for milestone in Milestone.objects.filter(roadmap=self.roadmap)
        ]

    @cached_property
    def actors(self) -> list[dict[str, str]]:
        by_role: dict[str, list[str]] = defaultdict(list)
        for actor in self.roadmap.actors.select_related("organisation"):
            by_role[actor.get_role_display()].append(actor.organisation.name)
        return [{"term": role, "value": ", ".join(names)} for role, names in by_role.items()]

    @cached_property
    def relatives(self) -> list[dict[str, str]]:
        """The roadmaps tied to this one that everyone may read: the generations, the strategy, the plans."""
        me = self.roadmap
        tied = Q(predecessor=me) | Q(successors=me) | Q(strategy=me) | Q(action_plans=me)
        words = {me.predecessor_id: "Fait suite à", me.strategy_id: "Décline"}
        return [
            {
                "word": words.get(other.pk) or ("Décliné par" if other.strategy_id == me.pk else "Suivi par"),
                "title": other.title,
                "url": other.get_absolute_url(),
            }
            for other in Roadmap.objects.published().filter(tied).order_by("slug").distinct()
        ]

    @cached_property
    def around(self) -> "Around":
        """What hangs on it from the floors above: the public bodies that steer it, the positions that support it."""
        return Around.of(self.roadmap.steering_instances.public(), self.roadmap.positions.online())

    def around_part(self, uid: str) -> "Around":
        """What hangs on one of its objectives or actions: where it is carried, the positions that support it."""
        return Around.of(self.roadmap.subjects.public_of(uid), self.roadmap.positions.online().filter(uid=uid))

    @cached_property
    def steering(self) -> list[Any]:
        """The public bodies that steer it, as a printed document names them."""
        return list(self.roadmap.steering_instances.public())

    @cached_property
    def subjects(self) -> list[Any]:
        """What of it is carried in public bodies, as a printed document names them."""
        return list(self.roadmap.subjects.public())

    @property
    def logos(self) -> list[Collectivite]:
        """Those of its carriers that have a logo."""
        return [carrier for carrier in self.carriers if carrier.logo]

    @cached_property
    def foreword(self) -> str:
        return render(self.edition.foreword, under=2)

    @cached_property
    def sources(self) -> str:
        return render(self.edition.sources, under=2)

    @property
    def adoption(self) -> str:
        """When, by whom, and the number of the délibération."""
        edition = self.edition
        number = f"délibération n°\u00a0{edition.deliberation_number}" if edition.deliberation_number else ""
        parts = (str(edition.adopted_on or ""), edition.adopted_by, number)
        return ", ".join(part for part in parts if part)

    @property
    def sha256(self) -> str:
        """The hash of its PDF, once printed."""
        printing = getattr(self.edition, "printing", None)
        return printing.sha256 if printing else ""

    @property
    def status(self) -> str:
        """When it was published, or that it is not."""
        if self.is_draft:
            when = date_format(timezone.localtime(self.edition.modified_at), "j F Y")
            return f"Édition {self.edition.number}, brouillon modifié le {when}"
        when = date_format(timezone.localtime(self.edition.published_at), "j F Y")
        return f"Édition {self.edition.number}, mise en ligne le {when}"

    @property
    def counts(self) -> str:
        """Such as "4 axes, 12 objectifs, 45 actions": the levels by the names that the edition gives them."""
        names = self.edition.level_names
        by_depth = [sum(sheet.depth == depth for sheet in self.objectives) for depth in range(1, len(names) + 1)]
        levels = [
            plural(count, name.lower(), plural_of(name.lower()))
            for name, count in zip(names, by_depth, strict=True)
            if count
        ]
        return ", ".join([*levels, plural(len(self.actions), "action", "actions")])

    @property
    def progress(self) -> str:
        """Count the actions by status, in words; nothing where nobody has reported on them."""
        return tally_of(self.actions)

    @property
    def facts(self) -> list[dict[str, Any]]:
        """What one wants to know before reading."""
        facts = [
            {"term": "Collectivité", "value": self.carrier_names},
            {"term": "Document", "value": self.roadmap.get_kind_display()},
            {"term": "Période", "value": self.edition.period},
            {"term": "Adoption", "value": self.adoption},
            {"term": "Contenu", "value": self.counts if self.tree else ""},
            {"term": "Référent·e à la CRESS", "value": str(self.roadmap.referent or "")},
            *self.actors,
        ]
        return [fact for fact in facts if fact["value"]]

    def find_action(self, uid: str) -> tuple[int, ActionSheet] | None:
        """Give an action and its rank among the actions of the edition."""
        return next(((rank, a) for rank, a in enumerate(self.actions) if a.uid == uid), None)

    def path_to(self, uid: str) -> list[ObjectiveSheet]:
        """Give the objectives from the top to the one that has, or holds an action that has, this uid."""

        def search(sheets: list[ObjectiveSheet]) -> list[ObjectiveSheet]:
            for sheet in sheets:
                if sheet.uid == uid or any(action.uid == uid for action in sheet.actions):
                    return [sheet]
                if below := search(sheet.children):
                    return [sheet, *below]
            return []

        return search(self.tree)


def is_ahead(date: Any, today: dt.date) -> bool:
    """Say whether a partial date is wholly to come, at its own precision."""
    return bool(date) and date.last_day > today


LINKS = {"de", "du", "des", "à", "au", "aux", "en", "par", "pour", "sur"}  # what follows them stays as it is


def plural_of(name: str) -> str:
    """Put the name of a level in the plural: "objectifs opérationnels", "enjeux", "axes de travail"."""
    ends = {"eau": "eaux", "eu": "eux", "al": "aux"}

    def word(text: str) -> str:
        if text.endswith(("s", "x", "z")):
            return text
        end = next((end for end in ends if text.endswith(end)), "")
        return text.removesuffix(end) + ends[end] if end else f"{text}s"

    words = name.split()
    stays = (rank for rank, text in enumerate(words) if text in LINKS or text.startswith(("d’", "d'")))
    head = next(stays, len(words))
    return " ".join([*map(word, words[:head]), *words[head:]])
