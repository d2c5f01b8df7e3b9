"""How codes are drawn when they are numbered again."""

from typing import Any

from django import forms

from roadmaps.codes import KEPT, NESTED, NONE, PREFIX, THROUGH, Pattern
from ui.forms import form_helper

LONGEST = 10  # characters of a prefix: the number follows it in a code


class PatternForm(forms.Form):
    """One choice for objectives, one for actions."""

    objectives = forms.ChoiceField(
        label="Codes des objectifs",
        choices=[(NESTED, "1, 1.1, 1.1.1"), (KEPT, "Les garder"), (NONE, "Aucun code")],
        widget=forms.RadioSelect,
    )
    actions = forms.ChoiceField(
        label="Codes des actions",
        choices=[
            (NESTED, "À la suite de leur objectif : 1.1.1, 1.1.2"),
            (THROUGH, "De la première à la dernière, dans tout le document : Action 1, Action 2"),
            (KEPT, "Les garder"),
            (NONE, "Aucun code"),
        ],
        widget=forms.RadioSelect,
    )
    prefix = forms.CharField(
        label="Devant le numéro",
        required=False,
        strip=False,
        max_length=LONGEST,
        help_text="Pour une suite dans tout le document : « Action », « A », « Fiche »… Rien si le numéro suffit.",
    )

    def __init__(self, *args: Any, prefix_now: str = PREFIX, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial |= {"objectives": NESTED, "actions": NESTED, "prefix": prefix_now}
        self.helper = form_helper()

    def clean_prefix(self) -> str:
        """Part a word from its number; a letter is joined to it, as in « A7 »."""
        prefix = self.cleaned_data["prefix"].strip()
        return f"{prefix} " if len(prefix) > 1 and prefix[-1].isalpha() else prefix

    @property
    def pattern(self) -> Pattern:
        said = self.cleaned_data
        return Pattern(said["objectives"], said["actions"], said["prefix"])
