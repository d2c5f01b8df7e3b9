"""What a page says of an objective or an action: plain values, prepared once, so that templates only lay out."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.safestring import SafeString

from roadmaps.models import Action, ActionActor, Funding, Indicator, Objective
from roadmaps.progress import Situation, tally
from ui.partial_date import PartialDate
from ui.rich_text import render
from ui.typography import NO_BREAK_SPACE, euros, number

Roles = ActionActor.Role
NEEDS = {
    "answers_economic_need": "Économique",
    "answers_social_need": "Social",
    "answers_environmental_need": "Environnemental",
}


def figure(value: float | Decimal | None, unit: str = "") -> str:
    """Write a value and its unit: "36 000 salariés", "16 %"; nothing where there is no value."""
    if value is None:
        return ""
    shown = Decimal(str(value)).normalize()
    text = number(int(shown) if shown == shown.to_integral_value() else shown)
    return f"{text}{NO_BREAK_SPACE}{unit}" if unit else text


def dated(text: str, year: int | PartialDate | None) -> str:
    """Add a year to a figure: "12 % (2025)"."""
    return f"{text} ({year})" if text and year else text


def reached(indicator: Indicator, measures: list[dict[str, Any]]) -> int | None:
    """Place the last reading between the baseline (0) and the target (100); None where one of them is unknown."""
    start, end = indicator.baseline, indicator.target
    if not measures or start is None or end is None or start == end:
        return None
    last = Decimal(str(max(measures, key=lambda measure: measure["on"] or "")["value"]))
    return round(min(max((last - start) / (end - start), Decimal(0)), Decimal(1)) * 100)


def budget(fundings: list[dict[str, Any]]) -> str:
    """Sum what is planned or granted; what was spent is not added to it."""
    return in_all([row for row in fundings if row["status"] != Funding.Status.SPENT] or fundings)


def cost(fundings: list[dict[str, Any]]) -> str:
    """Sum each line of funding once, as planned or else as spent: to spend what was planned changes nothing."""

    def line(row: dict[str, Any]) -> tuple[Any, ...]:
        return row["year"], row["funder"], row["nature"]

    planned = {line(row) for row in fundings if row["status"] != Funding.Status.SPENT}
    return in_all([row for row in fundings if row["status"] != Funding.Status.SPENT or line(row) not in planned])


def in_all(fundings: list[dict[str, Any]]) -> str:
    """Sum the money, and the people apart: "12 000 € + 0,5 ETP"."""
    money = sum(Decimal(str(row["amount"])) for row in fundings if row["nature"] != Funding.Nature.STAFF)
    staff = sum(Decimal(str(row["amount"])) for row in fundings if row["nature"] == Funding.Nature.STAFF)
    return " + ".join(text for text in (euros(money) if money else "", figure(staff, "ETP") if staff else "") if text)


@dataclass
class IndicatorRow:
    """An indicator as a row of a table: from where, last reading, to where."""

    label: str
    baseline: str
    last: str
    target: str
    measures: list[str]
    reached: int | None = None  # how far the last reading is from the baseline to the target, out of a hundred

    @classmethod
    def of(cls, indicator: Indicator, measures: list[dict[str, Any]]) -> "IndicatorRow":
        unit = indicator.unit
        readings = [
            dated(figure(measure["value"], unit), PartialDate.parse(measure["on"]) if measure["on"] else None)
            for measure in sorted(measures, key=lambda measure: measure["on"] or "")
        ]
        note = " · ".join(text for text in (indicator.scope, indicator.source) if text)
        return cls(
            label=f"{indicator.label} ({note})" if note else indicator.label,
            baseline=dated(figure(indicator.baseline, unit), indicator.baseline_year),
            last=readings[-1] if readings else "",
            target=dated(figure(indicator.target, unit), indicator.target_year),
            measures=readings,
            reached=reached(indicator, measures),
        )


@dataclass
class ActionSheet:
    """A fiche action, ready to be laid out."""

    action: Action
    url: str
    parts: dict[str, list[dict[str, Any]]]
    indicators: list[IndicatorRow]
    level: int  # of its heading
    linked: list["ActionSheet"] = field(default_factory=list)
    situation: Situation | None = None  # only in an edition in force that is followed
    discussion: str = ""  # what is said of it, on the page of the consultation alone

    def __post_init__(self) -> None:
        action = self.action
        self.uid, self.code, self.title = action.uid, action.code, action.title
        self.name = str(action)
        self.summary, self.source = action.summary, action.source
        self.description: SafeString = render(action.description, under=self.level)
        self.horizon = str(action.horizon) if action.horizon else ""
        self.leads = self._organisations(Roles.LEAD, Roles.CO_LEAD, Roles.CARRIER)
        self.deliverables = [line.strip() for line in action.deliverables.splitlines() if line.strip()]
        self.steps = [self._step(row) for row in self.parts.get("step", [])]
        self.fundings = [self._funding(row) for row in self.parts.get("funding", [])]
        self.budget = budget(self.parts.get("funding", []))
        self.key_facts = [fact for fact in self._key_facts() if fact["value"]]
        self.other_facts = [fact for fact in self._other_facts() if fact["value"]]
        self.other_line = " · ".join(f"{fact['term']}{NO_BREAK_SPACE}: {fact['value']}" for fact in self.other_facts)

    @property
    def card_meta(self) -> list[str]:
        """What a card says under the title."""
        return [text for text in (self.late, self.horizon, ", ".join(self.leads)) if text]

    @property
    def status(self) -> str:
        """Its status, a key of ``ui.badges.LOOKS``; nothing where the edition is not followed."""
        return self.situation.status if self.situation else ""

    @property
    def status_label(self) -> str:
        return self.situation.label if self.situation else ""

    @property
    def late(self) -> str:
        return "En retard" if self.situation and self.situation.is_late else ""

    @property
    def progress_text(self) -> str:
        """Say where it stands, in words: « En cours, en retard, dit le 3 mars 2026 »."""
        return self.situation.told if self.situation else ""

    def _labels(self, kind: str) -> list[str]:
        return [part["label"] for part in self.parts.get(kind, [])]

    def _organisations(self, *roles: str) -> list[str]:
        return [part["label"] for role in roles for part in self.parts.get("actor", []) if part["role"] == role]

    def _dates(self) -> str:
        start, end = self.action.starts_on, self.action.ends_on
        if start and end and start != end:
            return f"{start} – {end}"
        return f"jusqu’à {end}" if end and not start else str(start or "")

    def _key_facts(self) -> Iterable[dict[str, Any]]:
        """Who, when, how much: what a reader looks for first."""
        yield {"term": "Pilote", "value": ", ".join(self.leads)}
        yield {"term": "Échéance", "value": self.horizon}
        yield {"term": "Calendrier", "value": self._dates()}
        yield {"term": "Budget", "value": self.budget}
        yield {"term": "Partenaires", "value": ", ".join(self._organisations(Roles.PARTNER)), "is_wide": True}

    def _other_facts(self) -> Iterable[dict[str, Any]]:
        action = self.action
        yield {"term": "Priorité", "value": action.get_priority_display()}
        yield {"term": "Récurrence", "value": "Chaque année" if action.is_recurring else ""}
        yield {"term": "Financeurs", "value": ", ".join(self._organisations(Roles.FUNDER))}
        yield {"term": "Élu·e référent·e", "value": str(action.elected_referent or "")}
        yield {"term": "Public visé", "value": action.audience}
        yield {
            "term": "Besoins auxquels elle répond",
            "value": ", ".join(label for name, label in NEEDS.items() if getattr(action, name)),
        }
        yield {"term": "Leviers", "value": ", ".join(self._labels("lever"))}
        yield {"term": "Thématiques", "value": ", ".join(self._labels("theme"))}
        yield {"term": "Familles de l’ESS", "value": ", ".join(self._labels("family"))}
        yield {"term": "Développement durable", "value": ", ".join(self._labels("goal")), "is_wide": True}
        yield {"term": "Moyens", "value": action.means, "is_wide": True}

    def _step(self, row: dict[str, Any]) -> str:
        """Write a step in a line: "Étude de faisabilité : échéance juin 2026, faite en mai 2026"."""
        due = f"échéance {PartialDate.parse(row['due'])}" if row["due"] else ""
        done = f"faite {PartialDate.parse(row['done']).told}" if row["done"] else ""
        told = ", ".join(text for text in (due, done) if text)
        return f"{row['title']}{NO_BREAK_SPACE}: {told}" if told else row["title"]

    def _funding(self, row: dict[str, Any]) -> dict[str, str]:
        is_staff = row["nature"] == Funding.Nature.STAFF
        words = (row["year"], Funding.Nature(row["nature"]).label, Funding.Status(row["status"]).label, row["note"])
        return {
            "funder": row["funder"] or "Non précisé",
            "what": " · ".join(str(word) for word in words if word),
            "amount": figure(row["amount"], "ETP") if is_staff else euros(row["amount"]),
        }


@dataclass
class ObjectiveSheet:
    """An objective with what hangs from it, ready to be laid out."""

    objective: Objective
    url: str
    level_name: str
    tone: int
    indicators: list[IndicatorRow]
    children: list["ObjectiveSheet"] = field(default_factory=list)
    actions: list[ActionSheet] = field(default_factory=list)
    discussion: str = ""  # what is said of it, on the page of the consultation alone

    def __post_init__(self) -> None:
        objective = self.objective
        self.uid, self.code, self.title, self.source = objective.uid, objective.code, objective.title, objective.source
        self.depth, self.level = objective.depth, objective.depth + 1
        self.text: SafeString = render(objective.text, under=self.level)
        self.label = self.code if not self.code.isdigit() else f"{self.level_name} {self.code}"
        self.name = f"{self.label or self.level_name} : {self.title}"

    def all_actions(self) -> list[ActionSheet]:
        """Give the actions that it holds at any depth, in reading order."""
        return [*self.actions, *(action for child in self.children for action in child.all_actions())]

    @property
    def progress(self) -> str:
        """Count its actions in words; nothing where the edition is not followed."""
        return tally_of(self.all_actions())

    def walk(self) -> Iterable["ObjectiveSheet"]:
        """Go through it and all under it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


def tally_of(sheets: Iterable[ActionSheet]) -> str:
    """Count actions by status, in words; nothing where they are not followed."""
    situations = [sheet.situation for sheet in sheets if sheet.situation]
    return tally(situations) if situations else ""
