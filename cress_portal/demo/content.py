"""What an edition of a demonstration file holds, written row by row: each is checked as a form would check it."""

import re
from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from cress_portal.demo.organisations import organisation_named
from cress_portal.demo.tables import Table
from people.models import Organisation
from publishing.versions import UID_ALPHABET, UID_LENGTH
from roadmaps.models import (
    Action,
    ActionActor,
    Annex,
    Edition,
    EssFamily,
    Funding,
    Horizon,
    Indicator,
    KeyFigure,
    Lever,
    Measure,
    Objective,
    Section,
    Step,
    SustainableGoal,
    Theme,
)
from roadmaps.models.edition import MAX_LEVELS
from roadmaps.models.terms import Term

UID = re.compile(f"[{UID_ALPHABET}]{{{UID_LENGTH}}}")
VOCABULARIES: dict[str, type[Term]] = {
    "levers": Lever,
    "themes": Theme,
    "families": EssFamily,
    "goals": SustainableGoal,
}
NEEDS = ("economic", "social", "environmental")
PLAIN_CONTENT: dict[str, type[Model]] = {
    "sections": Section,
    "horizons": Horizon,
    "key_figures": KeyFigure,
    "annexes": Annex,
}


class ContentWriter:
    """Writes the content of one edition in preparation."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.links: list[tuple[Table, Action, list[str]]] = []

    def write(self, document: Table) -> None:
        """Write all that the document says of its first edition."""
        for key, model in PLAIN_CONTENT.items():
            self._add_each(document.tables(key), model)
        self._add_objectives(document.tables("objectives"), parent=None)
        self._link_actions()

    def revise(self, table: Table) -> None:
        """Change, remove and add rows in an edition opened from another."""
        for change in table.tables("changes"):
            row, values = self._row_to_change(change), change.table("set")
            self._set_choices(values, row, *self._take_choices(values))
            change.nothing_left()
        for removed in table.tables("removed"):
            self._row_to_change(removed).delete()
            removed.nothing_left()
        for added in table.tables("added"):
            objective = self._find(added, "objective", Objective, added.take("objective"))
            self._add_action(added, objective, objective.actions.count())
        self._link_actions()

    def _add(self, table: Table, row: Any, position: int) -> None:
        row.edition, row.position = self.edition, position
        if (uid := table.values.get("uid")) and not UID.fullmatch(uid):
            table.refuse("uid", f"{UID_LENGTH} caractères parmi {UID_ALPHABET} sont attendus.")
        table.save(row)

    def _add_each(self, tables: Iterable[Table], model: type[Model], **links: Model) -> None:
        for position, table in enumerate(tables):
            self._add(table, model(**links), position)

    def _add_objectives(self, tables: list[Table], parent: Objective | None) -> None:
        for position, table in enumerate(tables):
            children, actions, indicators = map(table.tables, ("objectives", "actions", "indicators"))
            if children and parent and parent.depth + 1 == MAX_LEVELS:
                table.refuse("objectives", f"{MAX_LEVELS} niveaux au plus.")
            objective = Objective()
            objective.place_under(parent)
            self._add(table, objective, position)
            self._add_indicators(indicators, objective=objective)
            self._add_objectives(children, objective)
            for place, action in enumerate(actions):
                self._add_action(action, objective, place)

    def _add_action(self, table: Table, objective: Objective, position: int) -> None:
        if "uid" not in table.values:
            table.refuse("uid", "une action a besoin d’un identifiant, pour que son adresse ne change pas.")
        fundings, steps, indicators = map(table.tables, ("fundings", "steps", "indicators"))
        actors, linked = table.take("actors", []), table.take("linked", [])
        choices, terms = self._take_choices(table)
        action = Action(edition=self.edition, objective=objective, position=position, **choices)
        self._add(table, action, position)
        self._set_terms(action, terms)
        self._add_actors(table, action, actors)
        for place, funding in enumerate(fundings):
            self._add(funding, Funding(action=action, funder=_funder(funding)), place)
        self._add_each(steps, Step, action=action)
        self._add_indicators(indicators, action=action)
        self.links.append((table, action, linked))

    def _add_actors(self, table: Table, action: Action, actors: list[list[str]]) -> None:
        for position, (role, name) in enumerate(actors):
            organisation = organisation_named(table, "actors", name)
            actor = ActionActor(action=action, organisation=organisation)
            self._add(Table(table.file, {"role": role}, f"{table.path}.actors"), actor, position)

    def _add_indicators(self, tables: list[Table], **followed: Model) -> None:
        for position, table in enumerate(tables):
            measures, indicator = table.tables("measures"), Indicator(**followed)
            self._add(table, indicator, position)
            self._add_each(measures, Measure, indicator=indicator)

    def _take_choices(self, table: Table) -> tuple[dict[str, Any], dict[str, list[Term]]]:
        """Take out what the file names by a word: values of fields, and terms of the vocabularies."""
        values: dict[str, Any] = {}
        if label := table.take("horizon"):
            values["horizon"] = self._find(table, "horizon", Horizon, label, by="label")
        if (needs := table.take("needs")) is not None:
            if unknown := set(needs) - set(NEEDS):
                table.refuse("needs", f"« {unknown.pop()} » est inconnu.")
            values |= {f"answers_{need}_need": need in needs for need in NEEDS}
        taken = {key: table.take(key) for key in VOCABULARIES}
        return values, {key: _terms(table, key, codes) for key, codes in taken.items() if codes is not None}

    def _set_choices(
        self, table: Table, row: Action | Objective, values: dict[str, Any], terms: dict[str, list[Term]]
    ) -> None:
        for name, value in values.items():
            setattr(row, name, value)
        table.save(row)
        self._set_terms(row, terms)

    def _set_terms(self, action: Any, terms: dict[str, list[Term]]) -> None:
        for key, values in terms.items():
            getattr(action, key).set(values)

    def _link_actions(self) -> None:
        for table, action, uids in self.links:
            action.linked_actions.add(*(self._find(table, "linked", Action, uid) for uid in uids))
        self.links.clear()

    def _row_to_change(self, table: Table) -> Action | Objective:
        uid = table.take("uid")
        action = Action.objects.filter(edition=self.edition, uid=uid).first()
        return action or self._find(table, "uid", Objective, uid)

    def _find(self, table: Table, key: str, model: type[Model], value: str, by: str = "uid") -> Any:
        row = model._default_manager.filter(edition=self.edition, **{by: value}).first()
        if row is None:
            table.refuse(key, f"« {value} » n’est pas dans cette édition.")
        return row


def _funder(table: Table) -> Organisation | None:
    name = table.take("funder")
    return organisation_named(table, "funder", name) if name else None


def _terms(table: Table, key: str, codes: list[str]) -> list[Term]:
    found = {term.code: term for term in VOCABULARIES[key]._default_manager.filter(code__in=codes)}
    for code in codes:
        if code not in found:
            table.refuse(key, f"« {code} » n’est pas dans le vocabulaire.")
    return list(found.values())
