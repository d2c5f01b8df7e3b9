"""An indicator and its readings."""

from typing import Any

from django import forms

from roadmaps.forms.figures import FigureField, YearField
from roadmaps.forms.layout import Rows, beside
from roadmaps.forms.rows import RowForm, row_set
from roadmaps.forms.sheet import SheetForm
from roadmaps.models import Action, Indicator, Measure, Objective
from roadmaps.outline import in_tree_order
from ui.forms import section
from ui.partial_date import HELP as DATES

FIGURE = {"max_digits": 16, "decimal_places": 3, "required": False}


class MeasureRow(RowForm):
    value = FigureField(label="Valeur", max_digits=16, decimal_places=3)

    class Meta:
        model = Measure
        fields = ["measured_on", "value", "source", "note"]


class IndicatorForm(SheetForm):
    """What tells whether an objective or an action succeeds: one of them, chosen in a single list."""

    subject = forms.ChoiceField(label="Ce qu’il mesure")
    baseline = FigureField(label="Valeur de départ", **FIGURE)
    baseline_year = YearField(label="Année de départ", required=False)
    target = FigureField(label="Cible", **FIGURE)
    target_year = YearField(label="Année cible", required=False)
    row_sets = {"releves": row_set(MeasureRow, parent_field="indicator")}
    spanned = ("edition", "objective", "action")

    class Meta:
        model = Indicator
        fields = ["label", "unit", "baseline", "baseline_year", "target", "target_year", "scope", "source"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        edition = self.instance.edition_id
        self.objectives = {
            f"objectif-{one.pk}": one for one in in_tree_order(Objective.objects.filter(edition=edition))
        }
        self.actions = {
            f"action-{one.pk}": one for one in Action.objects.filter(edition=edition).order_by("objective", "position")
        }
        self.fields["subject"].choices = [
            ("Objectifs", [(key, str(one)) for key, one in self.objectives.items()]),
            ("Actions", [(key, str(one)) for key, one in self.actions.items()]),
        ]
        if self.instance.objective_id or self.instance.action_id:
            self.initial["subject"] = (
                f"objectif-{self.instance.objective_id}"
                if self.instance.objective_id
                else f"action-{self.instance.action_id}"
            )

    def layout(self) -> list[Any]:
        return [
            section("L’indicateur", "subject", "label", "unit", "scope", "source"),
            section("D’où, vers où", beside("baseline", "baseline_year"), beside("target", "target_year")),
            Rows("releves", legend="Relevés", row_label="Relevé", add_label="Ajouter un relevé", help=DATES),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned_data = super().clean()
        if subject := cleaned_data.get("subject"):
            self.instance.objective = self.objectives.get(subject)
            self.instance.action = self.actions.get(subject)
        return cleaned_data
