"""Forms that create light: a title and where it hangs, or a list of titles."""

from typing import Any

from django import forms
from django.utils.text import Truncator

from roadmaps.models import Edition
from roadmaps.plan import plan_of
from roadmaps.quick import LONGEST, titles_of
from ui.forms import form_helper

MOST = 200  # titles of one list
TOO_MANY = f"{{count}} lignes : {MOST} au plus à la fois. Collez la suite ensuite."
TOO_LONG = f"Un intitulé ne dépasse pas {LONGEST} caractères ; raccourcissez "


class HangingForm(forms.Form):
    """What hangs on an objective chosen among those of the edition."""

    objectif = forms.ChoiceField(label="Objectif")

    def __init__(self, *args: Any, edition: Edition, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        objectives = plan_of(edition).objectives
        if kind == "objectifs":
            objectives = [one for one in objectives if one.depth < len(edition.level_names)]
            self.fields["objectif"].label = "Rattaché à"
            self.fields["objectif"].required = False
        top = [("", "Rien : au premier niveau")] if kind == "objectifs" else []
        choices = [(one.uid, f"{'— ' * (one.depth - 1)}{Truncator(one).chars(90)}") for one in objectives]
        self.fields["objectif"].choices = top + choices
        self.fields["objectif"].error_messages |= {
            "invalid_choice": "Cet objectif n’est plus là, ou rien de tel ne s’y rattache : choisissez-en un autre.",
        }
        self.helper = form_helper()


class TitleForm(HangingForm):
    """A title: the rest comes later, on the sheet."""

    title = forms.CharField(label="Intitulé", max_length=LONGEST)
    field_order = ("title", "objectif")

    def __init__(self, *args: Any, edition: Edition, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, edition=edition, kind=kind, **kwargs)
        if kind == "actions":
            self.fields["title"].help_text = "Commencez par un verbe : créer, soutenir, former…"

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())


class ListForm(HangingForm):
    """A list copied from elsewhere, one title a line."""

    texte = forms.CharField(
        label="Votre liste",
        help_text="Un intitulé par ligne. Puces, numéros, tabulations et lignes vides seront retirés.",
        widget=forms.Textarea({"rows": 12}),
    )
    field_order = ("objectif", "texte")

    def clean_texte(self) -> str:
        text: str = self.cleaned_data["texte"]
        count = len(titles_of(text))
        if not count:
            raise forms.ValidationError("Aucun intitulé dans ce texte : écrivez-en un par ligne.")
        if count > MOST:
            raise forms.ValidationError(TOO_MANY.format(count=count))
        return text


def complaint(titles: list[str]) -> str:
    """Say which titles of a list are too long, or that they are too many, or nothing."""
    if len(titles) > MOST:
        return TOO_MANY.format(count=len(titles))
    long = [str(rank) for rank, title in enumerate(titles, 1) if len(title) > LONGEST]
    return f"{TOO_LONG}{'la ligne' if len(long) == 1 else 'les lignes'} {', '.join(long)}." if long else ""
