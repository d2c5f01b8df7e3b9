"""The fiche action: what, who, when, with what means, followed how."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import Exists, F, IntegerField, OuterRef, QuerySet, Value

from roadmaps.forms.funding import FundingRow, FundingRows
from roadmaps.forms.indicator import INDICATORS
from roadmaps.forms.layout import Fold, Rows, beside
from roadmaps.forms.names import NameField, Organisations, Persons
from roadmaps.forms.outline import ObjectiveField
from roadmaps.forms.readings import HELP as READINGS
from roadmaps.forms.rows import RowForm, actor_rows, keep, row_set
from roadmaps.forms.sheet import SheetForm
from roadmaps.models import Action, ActionActor, Horizon, Objective, Step
from roadmaps.plan import Plan, plan_of
from ui.forms import section
from ui.partial_date import HELP as DATES

NEEDS = ("answers_economic_need", "answers_social_need", "answers_environmental_need")
TERMS = ("levers", "themes", "families", "goals")
OBJECTIVE_GONE = "Cet objectif n’est plus dans l’édition : choisissez-en un autre. Ce que vous avez écrit est gardé."
ACTORS = Rows(
    "acteurs",
    legend="Organismes",
    row_label="Organisme",
    add_label="Ajouter un organisme",
    help=f"Le pilote d’abord, puis les porteurs, partenaires et financeurs. {Organisations.help_text}",
)
STEPS = Rows(
    "etapes",
    legend="Étapes",
    row_label="Étape",
    add_label="Ajouter une étape",
    help=f"Échéance, puis date où elle est faite. {DATES}",
)
FUNDINGS = Rows(
    "financements",
    legend="Financements",
    row_label="Financement",
    add_label="Ajouter un financement",
    help=f"Montants en euros, ou en ETP pour les équivalents temps plein. {Organisations.help_text}",
)
INDICATOR_ROWS = Rows(
    "indicateurs",
    legend="Indicateurs",
    row_label="Indicateur",
    add_label="Ajouter un indicateur",
    help=READINGS,
)


class StepRow(RowForm):
    class Meta:
        model = Step
        fields = ["title", "due_on", "done_on"]


class ActionForm(SheetForm):
    """An action, in the order people speak of it."""

    objective = ObjectiveField(
        label="Objectif auquel elle répond", empty_label=None, error_messages={"invalid_choice": OBJECTIVE_GONE}
    )
    elected_referent = NameField(Persons, label="Élu·e référent·e", required=False)
    row_sets = {
        "acteurs": actor_rows(ActionActor, parent_field="action"),
        "etapes": row_set(StepRow, parent_field="action"),
        "financements": row_set(FundingRow, FundingRows, parent_field="action", named=("funder",)),
        "indicateurs": INDICATORS,
    }

    class Meta:
        model = Action
        fields = [
            "objective", "code", "title", "summary", "description", *NEEDS, *TERMS, "audience", "elected_referent",
            "horizon", "starts_on", "ends_on", "is_recurring", "priority", "means", "deliverables", "linked_actions",
            "source", "internal_note",
        ]  # fmt: skip
        widgets = {
            "summary": forms.Textarea({"rows": 2}),
            "means": forms.Textarea({"rows": 4}),
            "deliverables": forms.Textarea({"rows": 4}),
            "internal_note": forms.Textarea({"rows": 3}),
            "linked_actions": forms.CheckboxSelectMultiple,
        } | dict.fromkeys(TERMS, forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        terms = terms_of(kwargs["instance"])
        super().__init__(*args, **kwargs)
        for name in TERMS:
            self.fields[name].choices = [(term.pk, term.label) for term, _ in terms[name]]
        edition = self.instance.edition_id
        self.fields["objective"].offer(Objective.objects.filter(edition=edition), lambda: self.plan.objectives)
        self.offer("horizon", Horizon.objects.filter(edition=edition), lambda: self.plan.rest[Horizon])
        others = Action.objects.filter(edition=edition).exclude(pk=self.instance.pk)
        self.offer("linked_actions", others, lambda: [one for one in self.plan.actions if one.pk != self.instance.pk])

    @property
    def plan(self) -> Plan:
        """The edition around the action; only a page that is shown needs it."""
        return plan_of(self.instance.edition)

    def offer(self, name: str, accepted: QuerySet, known: Callable[[], list[Any]]) -> None:
        """Accept some rows for a field, and show the same already read."""
        field = self.fields[name]
        field.queryset = accepted
        empty = [("", field.empty_label)] if isinstance(field.widget, forms.Select) else []
        field.choices = lambda: empty + [(one.pk, str(one)) for one in known()]

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 Django’s signature
        self.tell_linked()
        return super().save(commit=commit)

    def tell_linked(self) -> None:
        """Raise the version of every action that this one links or unlinks: its own page shows the link too."""
        stored = self.instance.pk and self.instance.linked_actions.values_list("pk", flat=True)
        chosen = {action.pk for action in self.cleaned_data["linked_actions"]}
        Action.objects.filter(pk__in=chosen.symmetric_difference(stored or [])).update(version=F("version") + 1)

    def layout(self) -> list[Any]:
        return [
            section(
                "L’action", "objective", "code", "title", "summary", "description",
                Fold("Besoins, leviers, thématiques, familles de l’ESS, ODD", *NEEDS, *TERMS),
            ),
            section("Qui", ACTORS, "elected_referent", "audience"),
            section("Quand", "horizon", beside("starts_on", "ends_on"), "is_recurring", "priority", STEPS),
            section("Moyens", "means", FUNDINGS),
            section(
                "Suivi", INDICATOR_ROWS, "deliverables",
                Fold("Actions liées", "linked_actions"), "source", "internal_note",
            ),
        ]  # fmt: skip


def terms_of(action: Action) -> dict[str, list[tuple[Any, bool]]]:
    """Read, in one query, the terms of each vocabulary and whether an action has them; the action keeps its own.

    Args:
        action: saved or not; what it is tied to is asked no more of the database.
    """
    relations = {name: Action._meta.get_field(name) for name in TERMS}
    queries = [terms(relation, action) for relation in relations.values()]
    links = Action.linked_actions.through.objects.filter(from_action=action.pk)
    nothing = Value(""), Value(""), Value(0, IntegerField())
    queries.append(links.values_list(Value("linked_actions"), "to_action_id", *nothing, Value(value=True)))
    found: dict[str, list[tuple[Any, bool]]] = {name: [] for name in (*TERMS, "linked_actions")}
    for name, pk, code, label, position, is_chosen in queries[0].union(*queries[1:], all=True):
        values = {"code": code, "label": label, "position": position} if name in relations else {}
        found[name].append((Action._meta.get_field(name).related_model(pk=pk, **values), bool(is_chosen)))
    if action.pk:
        for name, rows in found.items():
            keep(action, name, [one for one, is_chosen in rows if is_chosen])
    return {
        name: sorted(rows, key=lambda row: (row[0].position, row[0].label))
        for name, rows in found.items()
        if name in TERMS
    }


def terms(relation: Any, action: Action) -> QuerySet:
    """Ask for the terms of one vocabulary, and whether an action has each."""
    of_action = {relation.m2m_field_name(): action.pk, relation.m2m_reverse_field_name(): OuterRef("pk")}
    is_chosen = Exists(relation.remote_field.through.objects.filter(**of_action))
    rows = relation.related_model.objects.order_by()
    return rows.values_list(Value(relation.name), "pk", "code", "label", "position", is_chosen)
