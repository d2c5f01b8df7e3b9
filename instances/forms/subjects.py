"""What of the roadmaps is carried in a body."""

from typing import Any

from django import forms

from instances.forms.mandates import Gesture
from instances.subjects import WHOLE, contents
from roadmaps.models import Roadmap


class SubjectForm(Gesture):
    """One roadmap that the body steers, or one of its objectives or actions that is carried there."""

    uid = forms.ChoiceField(label="Ce que cette instance porte", required=False)
    note = forms.CharField(
        label="Précision", max_length=300, required=False, help_text="Ce qui y a été dit ou décidé ; la page la montre."
    )

    def __init__(self, *args: Any, roadmap: Roadmap, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["uid"].choices = [("", WHOLE), *contents(roadmap)]
