"""An entry of the library."""

from typing import Any

from django import forms

from roadmaps.models import ModelAction
from ui.forms import form_helper


class EntryForm(forms.ModelForm):
    """What a model is called, and what to know before using it; its content was taken from an action."""

    class Meta:
        model = ModelAction
        fields = ["title", "note"]
        widgets = {"note": forms.Textarea({"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper()
