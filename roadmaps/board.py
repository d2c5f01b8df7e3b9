"""The board of a roadmap in force: where each of its actions stands, and which of them are asked for."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from people.models import User
from roadmaps.bulk import Effect
from roadmaps.models import Action, Edition, Objective, ProgressReport, Roadmap
from roadmaps.models.progress import day, is_withdrawable, latest_report, with_report
from roadmaps.outline import in_tree_order
from roadmaps.progress import OVER, UNSAID, Situation, Status, tally, year_before
from roadmaps.selection import Picked
from ui.typography import plural


def has(status: str) -> Callable[[Situation], bool]:
    return lambda situation: situation.status == status


# What may be asked for: its label, and the actions that it keeps.
CHOICES: dict[str, tuple[str, Callable[[Situation], bool]]] = {
    "en-retard": ("En retard", lambda situation: situation.is_late),
    "pas-a-jour": ("Pas à jour", lambda situation: situation.awaits_report),
    "a-lancer": ("À lancer", has(Status.PLANNED)),
    "en-cours": ("En cours", has(Status.ONGOING)),
    "en-pause": ("En pause", has(Status.PAUSED)),
    "realisees": ("Réalisées", has(Status.DONE)),
    "abandonnees": ("Abandonnées", has(Status.DROPPED)),
    "sans-point-d-etape": ("Sans point d’étape", has(UNSAID)),
}


@dataclass
class Row:
    """An action that is followed."""

    action: Action
    situation: Situation
    author: User | None = None
    typed: dict[str, Any] = field(default_factory=dict)  # what its form says
    errors: dict[str, list[str]] = field(default_factory=dict)  # of that form, by field
    is_open: bool = False

    @property
    def uid(self) -> str:
        return self.action.uid

    @property
    def picked(self) -> str:
        """The action as it is read here, by which a gesture knows that nothing was said since."""
        return str(Picked(self.action.uid, self.situation.report))

    @property
    def is_withdrawable(self) -> bool:
        """Whether its latest report is recent enough for its author to take it back."""
        made = self.action.reported_at  # type: ignore[attr-defined]  # annotated
        return made is not None and is_withdrawable(made)


@dataclass
class Group:
    """An objective and the rows of the actions that it holds itself."""

    objective: Objective
    rows: list[Row]


@dataclass(frozen=True)
class Choice:
    """One thing that may be asked for, and how many actions it keeps."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Awaiting:
    """A roadmap in force of which some actions await a report."""

    roadmap: Roadmap
    count: int

    def __str__(self) -> str:
        return plural(self.count, "action à mettre à jour", "actions à mettre à jour")


def awaiting(roadmaps: QuerySet[Roadmap], most: int) -> list[Awaiting]:
    """Give the roadmaps that have most actions to bring up to date, in two queries whatever their number.

    An action awaits a report where it is not over and nobody has said how it is for a year (``awaits_report``); of a
    roadmap whose period has ended nothing is awaited any more.

    Args:
        roadmaps: those that may be reported on.
        most: how many at most.
    """
    today = timezone.localdate()
    current = Edition.objects.current().filter(Q(period_end=None) | Q(period_end__gte=today.year))
    actions = Action.objects.filter(edition__in=current, edition__roadmap__in=roadmaps.order_by())
    said = {"status": latest_report(F("status")), "said_on": latest_report(F("said_on"))}
    stale = Q(said_on=None) | Q(said_on__lt=year_before(today))
    awaited = actions.annotate(**said).filter(Q(status=None) | ~Q(status__in=OVER), stale).order_by()
    counts = dict(
        awaited.values("edition__roadmap").annotate(n=Count("pk")).order_by("-n", "edition__roadmap")
        .values_list("edition__roadmap", "n")[:most]
    )  # fmt: skip
    found = Roadmap.objects.select_related("collectivite").in_bulk(counts)
    return [Awaiting(found[pk], count) for pk, count in counts.items()]


class Board:
    """The actions of the current edition, in the order of the document, read in four queries whatever their number."""

    def __init__(self, roadmap: Roadmap, asked: str = "") -> None:
        """Read the board.

        Args:
            roadmap: the one that is followed.
            asked: a key of ``CHOICES``; what is unknown asks for nothing.
        """
        self.roadmap = roadmap
        self.asked = asked if asked in CHOICES else ""
        self.edition = Edition.objects.current().filter(roadmap=roadmap).first()
        self.rows = [Row(action, Situation.of(action)) for action in self._actions()]
        authors = User.objects.in_bulk({row.situation.by for row in self.rows if row.situation.by})
        for row in self.rows:
            row.author = authors.get(row.situation.by or 0)

    def _actions(self) -> list[Action]:
        if self.edition is None:
            return []
        objectives = in_tree_order(Objective.objects.filter(edition=self.edition).defer("text"))
        self.objectives = {objective.pk: objective for objective in objectives}
        order = {pk: rank for rank, pk in enumerate(self.objectives)}
        actions = with_report(Action.objects.filter(edition=self.edition)).select_related("horizon")
        actions = actions.annotate(reported_at=latest_report(F("reported_at"))).defer("description")
        return sorted(actions, key=lambda one: (order[one.objective_id], one.position, one.pk))

    @property
    def told(self) -> str:
        """Count all the actions in words."""
        return tally(row.situation for row in self.rows)

    @property
    def choices(self) -> list[Choice]:
        """What may be asked for, where it keeps something or is asked for."""
        counted = [
            Choice(value, label, sum(keeps(row.situation) for row in self.rows), value == self.asked)
            for value, (label, keeps) in CHOICES.items()
        ]
        return [choice for choice in counted if choice.count or choice.is_chosen]

    @property
    def groups(self) -> list[Group]:
        """The actions that are asked for, by objective."""
        found: dict[int, Group] = {}
        for row in self.rows:
            if not self.asked or row.is_open or CHOICES[self.asked][1](row.situation):
                pk = row.action.objective_id
                found.setdefault(pk, Group(self.objectives[pk], [])).rows.append(row)
        return list(found.values())

    def row(self, uid: str) -> Row | None:
        return next((row for row in self.rows if row.uid == uid), None)


def effects(said: ProgressReport, situations: list[Situation]) -> list[Effect]:
    """Say what a report would change in some actions, before it is made."""
    counts = Counter(
        f"{one.label}, inchangé" if one.status == said.status else f"{one.label} → {said.get_status_display()}"
        for one in situations
    )
    told = [
        Effect("Statut", [f"{words} ({count})" for words, count in counts.items()]),
        Effect("Date", [day(said.said_on)]),
        Effect("Météo", [said.get_weather_display()] if said.weather else []),
        Effect("Ce qui a avancé", [said.text] if said.text else []),
    ]
    return [effect for effect in told if effect.parts]
