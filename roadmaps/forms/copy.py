"""A roadmap on the model of another."""

from typing import Any

from django import forms

from roadmaps.models import Roadmap
from ui.forms import form_helper


class ModelledForm(forms.ModelForm):
    """What the new roadmap is called, and whether the partners of the first come with it."""

    with_partners = forms.BooleanField(
        label="Reprendre aussi les organismes et les financements",
        required=False,
        help_text="Seulement s’ils agissent sur les deux territoires. Les montants reviennent à l’état « Prévu ».",
    )

    class Meta:
        model = Roadmap
        fields = ["title"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper()
