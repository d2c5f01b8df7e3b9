"""An indicator and its readings: on a sheet of its own, or as a row of the action that it follows."""

from typing import Any

from django import forms
from django.db.models import F

from roadmaps.forms.figures import FigureField, YearField
from roadmaps.forms.layout import Rows, beside
from roadmaps.forms.readings import ReadingsField, write_readings, written
from roadmaps.forms.rows import RowForm, RowFormSet, keep, row_set
from roadmaps.forms.sheet import SheetForm
from roadmaps.models import Action, Indicator, Measure, Objective
from roadmaps.outline import in_tree_order
from ui.forms import section
from ui.partial_date import HELP as DATES

READ = ("measured_on", "value", "source")  # of a reading, in a row of an action
FIGURE = {"max_digits": 16, "decimal_places": 3, "required": False}


class MeasureRow(RowForm):
    value = FigureField(label="Valeur", max_digits=16, decimal_places=3)

    class Meta:
        model = Measure
        fields = ["measured_on", "value", "source", "note"]


class IndicatorRow(RowForm):
    """An indicator of an action, from where to where, and its readings."""

    baseline = FigureField(label="Valeur de départ", **FIGURE)
    baseline_year = YearField(label="Année de départ", required=False)
    target = FigureField(label="Cible", **FIGURE)
    target_year = YearField(label="Année cible", required=False)
    readings = ReadingsField()

    class Meta:
        model = Indicator
        fields = ["label", "unit", "baseline", "baseline_year", "target", "target_year", "scope", "source"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["readings"] = written(self.instance.measures.all() if self.instance.pk else [])

    def save(self, commit: bool = True) -> Indicator:  # noqa: FBT001, FBT002 Django’s signature
        saved = super().save(commit=commit)
        if "readings" in self.changed_data:
            write_readings(saved, self.cleaned_data["readings"])
        return saved


class IndicatorRows(RowFormSet):
    """The indicators of an action."""

    def stored_rows(self) -> list[Indicator]:
        """Read them with their readings, in one query: an indicator comes once for each."""
        if self.parent.pk is None:
            return []
        joined = Indicator.objects.filter(action=self.parent).order_by("position", "pk", "measures__position")
        columns = {f"read_{name}": F(f"measures__{name}") for name in ("id", "position", *READ)}
        found: dict[int, Indicator] = {}
        measures: dict[int, list[Measure]] = {}
        for row in joined.annotate(**columns):
            found.setdefault(row.pk, row)
            values = {name.removeprefix("read_"): getattr(row, name) for name in columns}
            if values["id"]:
                measures.setdefault(row.pk, []).append(Measure(indicator=found[row.pk], **values))
        for pk, row in found.items():
            keep(row, "measures", measures.get(pk, []))
        return list(found.values())


INDICATORS = row_set(IndicatorRow, IndicatorRows, parent_field="action", blank_rows=1)


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
