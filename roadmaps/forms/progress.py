"""What one says of how far an action is."""

from typing import Any

from django import forms

from roadmaps.forms.layout import beside
from roadmaps.models import ProgressReport
from ui.forms import PlainTextField, form_helper, section

STATUSES = ProgressReport.Status.choices
WEATHERS = [("", "Non dite"), *ProgressReport.Weather.choices]


class ReportForm(forms.ModelForm):
    """A status, the day when it was exact, and what has moved."""

    class Meta:
        model = ProgressReport
        fields = ("status", "said_on", "weather", "text")
        labels = {"said_on": "Exact le"}
        field_classes = {"text": PlainTextField}
        widgets = {
            "said_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),  # what a browser writes in such a field
            "text": forms.Textarea({"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = [("", "Choisir un statut"), *STATUSES]
        self.fields["weather"].choices = WEATHERS
        self.helper = form_helper(section("Ce qui est vrai de toutes", beside("status", "said_on", "weather"), "text"))
