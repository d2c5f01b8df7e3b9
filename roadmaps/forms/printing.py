"""Forms that take something away: the version of a PDF, the hash of a file."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import Truncator

from roadmaps.models import Edition
from roadmaps.plan import plan_of
from roadmaps.print_choice import ACTION, AXIS, COUNCIL, FOLLOWED, NO_PROGRESS, WHOLE
from ui.forms import form_helper, section

SHA256 = re.compile(r"[0-9a-f]{64}")
NOT_SHA256 = "Une empreinte SHA-256 compte 64 signes, chiffres et lettres de a à f : recopiez-la en entier."


class ChoiceForm(forms.Form):
    """The version of a PDF, as its address says it (``PrintChoice.from_query`` reads it)."""

    version = forms.ChoiceField(label="Ce qu’il contient")
    econome = forms.BooleanField(label="Économe en encre : sans aplats de couleur", required=False)
    grands_caracteres = forms.BooleanField(label="En grands caractères (14 points)", required=False)
    avancement = forms.ChoiceField(label="L’avancement", required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, edition: Edition, is_followed: bool, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="choix_%s", **kwargs)
        plan = plan_of(edition)
        axes = [(f"{AXIS}-{one.uid}", Truncator(one).chars(90)) for one in plan.objectives if one.depth == 1]
        actions = [(f"{ACTION}-{one.uid}", Truncator(one).chars(90)) for one in plan.actions]
        self.fields["version"].choices = [
            (WHOLE, "Le document entier"),
            (COUNCIL, "La version pour le conseil, sans les annexes"),
            *([(f"Un seul {edition.level_1_name.lower()}", axes)] if axes else []),
            *([("Une seule fiche action", actions)] if actions else []),
        ]
        self.fields["avancement"].choices = [
            ("", "Tel qu’à la mise en ligne" if edition.is_published else "Tel qu’il est écrit"),
            *([(FOLLOWED, "Avec le suivi à ce jour : où en est chaque action")] if is_followed else []),
            (NO_PROGRESS, "Sans : ni étapes faites, ni relevés, ni dépenses réalisées"),
        ]
        self.helper = form_helper(
            "version", section("Comment il se présente", "econome", "grands_caracteres", "avancement")
        )

    def add_prefix(self, field_name: str) -> str:
        return field_name.replace("_", "-")


class FingerprintForm(forms.Form):
    """The hash of a file, as the command that made it prints it."""

    empreinte = forms.CharField(
        label="L’empreinte que vous avez obtenue",
        help_text="64 signes ; collez la ligne entière si vous voulez, le nom du fichier sera ignoré.",
        max_length=500,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper()

    def clean_empreinte(self) -> str:
        typed = self.cleaned_data["empreinte"].lower()
        found = SHA256.search(typed) or SHA256.search("".join(typed.split()))  # older Windows parts it by spaces
        if not found:
            raise ValidationError(NOT_SHA256)
        return found[0]
