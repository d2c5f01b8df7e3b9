"""How the register is searched and sifted: every choice is in the address."""

import datetime as dt
from collections import Counter, defaultdict
from typing import Any

from django import forms
from django.db.models import Count, F, Value, prefetch_related_objects

from instances.models import Instance, Seat
from instances.standing import Standing
from roadmaps.models import Theme
from territories.models import Collectivite
from ui.forms import form_helper

BY_LEVEL, BY_NAME = "niveau", "nom"
COLUMNS = {"niveau": "level", "nature": "kind", "theme": "themes__code"}
FACETS = {"niveau": "Tous", "nature": "Toutes", "theme": "Toutes", "territoire": "Tous", "siege": "Tous"}


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
        themes = Theme.objects.filter(instances__in=among.values("pk")).distinct()
        places = Collectivite.objects.filter(instances__in=among.values("pk")).distinct().order_by("search")
        self.places = {place.slug: place for place in places.select_related("departement")}
        offers = {
            "niveau": Instance.Level.choices,
            "nature": sorted(Instance.Kind.choices, key=lambda choice: choice[1]),
            "theme": list(themes.values_list("code", "label")),
            "territoire": [(slug, place.display_name) for slug, place in self.places.items()],
            "siege": [choice for choice in Standing.choices if choice[0] != Standing.CLOSED],
        }
        for name, choices in offers.items():
            self.fields[name].choices = [("", FACETS[name]), *choices]
        self.labels = {name: dict(choices) for name, choices in offers.items()}
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

    @property
    def removals(self) -> list[dict[str, str]]:
        """Give each filter that is chosen, with the address of the list without it."""
        removals = []
        for name in self.fields:
            if name == "tri" or not self.chosen(name):
                continue
            rest = self.data.copy()
            for gone in (name, "page"):
                rest.pop(gone, None)
            label = self.fields[name].label
            if name != "anciennes":
                said = self.labels.get(name, {}).get(self.chosen(name), self.chosen(name))
                label = f"{label}\u00a0: {said}"
            removals.append({"label": label, "url": f"?{rest.urlencode()}"})
        return removals

    def count(self) -> None:
        """Say beside each choice how many bodies it leads to, other filters kept; offer those that lead to some."""
        counts = self._counts()
        for name, every in FACETS.items():
            offered = [
                (value, f"{label} ({counts[name][value]})")
                for value, label in self.fields[name].choices
                if value and (counts[name][value] or value == self.chosen(name))
            ]
            self.fields[name].choices = [("", every), *offered]

    def _counts(self) -> dict[str, Counter[str]]:
        """Count bodies by facet and choice: one query, and two for the territories."""
        seats = (
            Seat.objects.open(self.day).with_standing(self.day).filter(instance__in=self.found("siege").values("pk"))
        )
        first, *others = [
            *(
                self.found(name).order_by().values_list(Value(name), F(column)).annotate(Count("pk", distinct=True))
                for name, column in COLUMNS.items()
            ),
            seats.order_by().values_list(Value("siege"), "standing").annotate(Count("instance", distinct=True)),
        ]
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for name, value, count in first.union(*others, all=True):
            counts[name][value] = count
        counts["territoire"] = self._by_place()
        return counts

    def _by_place(self) -> Counter[str]:
        """Count the bodies of each territory as ``InstanceQuerySet.covering`` finds them."""
        prefetch_related_objects(list(self.places.values()), "departements")
        bodies: dict[int, set[int]] = defaultdict(set)
        for body, place in self.found("territoire").order_by().values_list("pk", "territories"):
            bodies[place].add(body)
        return Counter(
            {
                slug: len(set().union(*(bodies[pk] for pk in {place.pk} | place.covering_ids() if pk in bodies)))
                for slug, place in self.places.items()
            }
        )

    def found(self, without: str = "") -> Any:
        """Give the bodies that answer every choice, but the one of a facet if asked."""
        chosen = {name: "" if name == without else self.chosen(name) for name in FACETS}
        found = self.among if self.chosen("anciennes") else self.among.current(self.day)
        found = found.matching(self.chosen("q"))
        found = found.filter(**{column: chosen[name] for name, column in COLUMNS.items() if chosen[name]})
        if place := chosen["territoire"]:
            found = found.covering(self.places[place])
        if stands := chosen["siege"]:
            seats = Seat.objects.open(self.day).with_standing(self.day).filter(standing=stands)
            found = found.filter(pk__in=seats.values("instance"))
        return found
