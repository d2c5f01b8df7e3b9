"""Where an objective or an action goes."""

from typing import Any

from django import forms

from roadmaps.places import Row, offers, present_place
from ui.forms import form_helper

GONE = "Cette place n’existe plus : ce qu’elle désigne vient d’être supprimé ou déplacé. Choisissez-en une autre."


class PlaceForm(forms.Form):
    """One list of all the places, objective by objective."""

    place = forms.ChoiceField(
        label="Nouvelle place",
        help_text="Les objectifs sont dans l’ordre du document ; sous chacun, les places possibles.",
        error_messages={"invalid_choice": GONE, "required": "Choisissez une place."},
    )

    def __init__(self, *args: Any, row: Row, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [(offer.label, offer.places) for offer in offers(row, row.edition)]
        self.initial.setdefault("place", str(present_place(row)))
        self.helper = form_helper()
