"""Read all that an edition holds in a constant number of queries, whatever its size."""

from collections import defaultdict
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import JSONObject

from roadmaps.models import Action, ActionActor, Edition, Funding, Indicator, Objective, Step
from roadmaps.models.objective import TONES
from roadmaps.models.progress import with_report
from roadmaps.progress import Situation
from roadmaps.sheets import ActionSheet, IndicatorRow, ObjectiveSheet

Parts = dict[int, dict[str, list[dict[str, Any]]]]


def objective_tree(edition: Edition, base_url: str, *, is_current: bool = False) -> list[ObjectiveSheet]:
    """Give the first-level objectives of an edition, each with what hangs from it.

    Args:
        edition: which one.
        base_url: address of the edition's page, under which its objectives and actions have theirs.
        is_current: whether it is the published edition in force, whose actions are followed.
    """
    of_objective, of_action = indicator_rows(edition)
    sheets: dict[int, ObjectiveSheet] = {}
    tree: list[ObjectiveSheet] = []
    names = edition.level_names
    for objective in Objective.objects.filter(edition=edition).order_by("depth", "position", "id"):
        parent = sheets.get(objective.parent_id) if objective.parent_id else None
        tone = parent.tone if parent else objective.tone or len(tree) % TONES + 1
        sheet = ObjectiveSheet(
            objective,
            url=f"{base_url}objectifs/{objective.uid}/",
            level_name=names[min(objective.depth, len(names)) - 1],
            tone=tone,
            indicators=of_objective[objective.pk],
        )
        sheets[objective.pk] = sheet
        (parent.children if parent else tree).append(sheet)
    actions = hang_actions(edition, base_url, sheets, of_action)
    if is_current:
        follow(actions)
    return tree


def hang_actions(
    edition: Edition, base_url: str, sheets: dict[int, ObjectiveSheet], indicators: dict[int, list[IndicatorRow]]
) -> list[ActionSheet]:
    """Hang each action of an edition from its objective, then link the actions that go together."""
    parts = action_parts(edition)
    actions: dict[int, ActionSheet] = {}
    rows = with_report(Action.objects.filter(edition=edition)).select_related("horizon", "elected_referent")
    for action in rows.order_by("position", "id"):
        objective = sheets[action.objective_id]
        url, level = f"{base_url}actions/{action.uid}/", objective.level + 1
        sheet = ActionSheet(action, url, parts[action.pk], indicators[action.pk], level)
        actions[action.pk] = sheet
        objective.actions.append(sheet)
    for pk, sheet in actions.items():
        sheet.linked = [actions[link["to"]] for link in parts[pk].get("link", []) if link["to"] in actions]
    return list(actions.values())


def follow(actions: list[ActionSheet]) -> None:
    """Say where each action stands, once something was said of one of them: silence is no status."""
    if any(sheet.action.report for sheet in actions):  # type: ignore[attr-defined]  # annotated
        for sheet in actions:
            sheet.situation = Situation.of(sheet.action)


def action_parts(edition: Edition) -> Parts:
    """Give all that hangs from the actions of an edition, by action and by kind, in one query.

    Each kind gives the same four columns: the action, the kind, the rank, and its own values as JSON.
    """
    found: Parts = defaultdict(lambda: defaultdict(list))
    first, *others = _part_queries(edition)
    for action, kind, _rank, values in sorted(first.union(*others, all=True), key=lambda row: (row[0], row[1], row[2])):
        found[action][kind].append(values)
    return found


def _part_queries(edition: Edition) -> list[QuerySet[Any, Any]]:
    def part(rows: QuerySet[Any, Any], kind: str, action: str, rank: str, **values: str) -> QuerySet[Any, Any]:
        columns = {"of": F(action), "kind": Value(kind, CharField()), "rank": F(rank), "values": JSONObject(**values)}
        return rows.order_by().annotate(**columns).values_list(*columns)

    def terms(relation: str, kind: str, term: str) -> QuerySet[Any, Any]:
        through = getattr(Action, relation).through.objects.filter(action__edition=edition)
        return part(through, kind, "action_id", f"{term}__position", label=f"{term}__label")

    own = {"edition": edition}
    links = Action.linked_actions.through.objects.filter(from_action__edition=edition)
    return [
        terms("levers", "lever", "lever"),
        terms("themes", "theme", "theme"),
        terms("families", "family", "essfamily"),
        terms("goals", "goal", "sustainablegoal"),
        part(links, "link", "from_action_id", "to_action__position", to="to_action_id"),
        part(
            ActionActor.objects.filter(**own), "actor", "action_id", "position", label="organisation__name", role="role"
        ),
        part(Step.objects.filter(**own), "step", "action_id", "position", title="title", due="due_on", done="done_on"),
        part(
            Funding.objects.filter(**own),
            "funding",
            "action_id",
            "position",
            year="year",
            nature="nature",
            funder="funder__name",
            amount="amount",
            status="status",
            note="note",
        ),
    ]


def indicator_rows(edition: Edition) -> tuple[dict[int, list[IndicatorRow]], dict[int, list[IndicatorRow]]]:
    """Give the indicators of an edition with their readings, by objective and by action, in one query."""
    measures: dict[int, list[dict[str, Any]]] = defaultdict(list)
    indicators: dict[int, Any] = {}
    reading = JSONObject(value="measures__value", on="measures__measured_on")
    rows = Indicator.objects.filter(edition=edition).order_by("position", "id").annotate(reading=reading)
    for indicator in rows:
        indicators[indicator.pk] = indicator
        if indicator.reading["value"] is not None:
            measures[indicator.pk].append(indicator.reading)
    of_objective: dict[int, list[IndicatorRow]] = defaultdict(list)
    of_action: dict[int, list[IndicatorRow]] = defaultdict(list)
    for pk, indicator in indicators.items():
        row = IndicatorRow.of(indicator, measures[pk])
        rows_of, owner = (
            (of_objective, indicator.objective_id) if indicator.objective_id else (of_action, indicator.action_id)
        )
        rows_of[owner].append(row)
    return of_objective, of_action
