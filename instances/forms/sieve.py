"""How the register is searched and sifted: every choice is in the address."""

import datetime as dt
from typing import Any

from django import forms

from instances.models import Instance, Seat
from instances.standing import Standing
from roadmaps.models import Theme
from territories.models import Collectivite
from ui.forms import form_helper

BY_LEVEL, BY_NAME = "niveau", "nom"


class Sieve(forms.Form):
    """Which bodies of the register to show, and in what order; an unknown choice is no choice."""

    q = forms.CharField(label="Mots", required=False, max_length=200, widget=forms.SearchInput({"autocomplete": "off"}))
    niveau = forms.ChoiceField(label="Niveau", required=False)
    nature = forms.ChoiceField(label="Nature", required=False)
    theme = forms.ChoiceField(label="Thématique", required=False)
    territoire = forms.ChoiceField(label="Territoire", required=False)
    siege = forms.ChoiceField(label="Sièges", required=False)
    tri = forms.ChoiceField(label="Ordre", required=False, choices=[("", "Par niveau"), (BY_NAME, "Alphabétique")])

    anciennes = forms.BooleanField(label="Aussi celles qui n’existent plus", required=False)

    def __init__(self, data: Any, among: Any, day: dt.date) -> None:
        """Offer only what some body answers.

        Args:
            data: the query string.
            among: the bodies that the reader may see.
            day: on which seats are looked at.
        """
        super().__init__(data)
        self.among, self.day = among, day
        kinds = list(among.order_by().values_list("level", "kind"))
        levels, natures = {level for level, _ in kinds}, {kind for _, kind in kinds}
        themes = Theme.objects.filter(instances__in=among.values("pk")).distinct()
        places = Collectivite.objects.filter(instances__in=among.values("pk")).distinct().order_by("search")
        offers = {
            "niveau": [choice for choice in Instance.Level.choices if choice[0] in levels],
            "nature": sorted([choice for choice in Instance.Kind.choices if choice[0] in natures], key=lambda c: c[1]),
            "theme": list(themes.values_list("code", "label")),
            "territoire": list(places.values_list("slug", "display_name")),
            "siege": [choice for choice in Standing.choices if choice[0] != Standing.CLOSED],
        }
        for name, choices in offers.items():
            self.fields[name].choices = [
                ("", "Tous" if name in {"niveau", "territoire", "siege"} else "Toutes"),
                *choices,
            ]
        self.helper = form_helper()
        self.full_clean()

    def chosen(self, name: str) -> str:
        return self.cleaned_data.get(name) or ""

    @property
    def is_by_name(self) -> bool:
        return self.chosen("tri") == BY_NAME

    @property
    def is_sifting(self) -> bool:
        return any(self.chosen(name) for name in self.fields if name != "tri")

    def found(self) -> Any:
        """Give the bodies that answer every choice."""
        found = self.among if self.chosen("anciennes") else self.among.current(self.day)
        found = found.matching(self.chosen("q"))
        columns = {"niveau": "level", "nature": "kind", "theme": "themes__code"}
        found = found.filter(**{column: self.chosen(name) for name, column in columns.items() if self.chosen(name)})
        if place := self.chosen("territoire"):
            found = found.covering(Collectivite.objects.get(slug=place))
        if stands := self.chosen("siege"):
            seats = Seat.objects.open(self.day).with_standing(self.day).filter(standing=stands)
            found = found.filter(pk__in=seats.values("instance"))
        return found
