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
from ui import facets

BY_LEVEL, BY_NAME = "niveau", "nom"
COLUMNS = {"niveau": "level", "nature": "kind", "theme": "themes__code"}


class Sieve(facets.Sieve):
    """Which bodies of the register to show, and in what order; an unknown choice is no choice."""

    FACETS = {"niveau": "Tous", "nature": "Toutes", "theme": "Toutes", "territoire": "Tous", "siege": "Tous"}

    niveau = forms.ChoiceField(label="Niveau", required=False)
    nature = forms.ChoiceField(label="Nature", required=False)
    theme = forms.ChoiceField(label="Thématique", required=False)
    territoire = forms.ChoiceField(label="Territoire", required=False)
    siege = forms.ChoiceField(label="Sièges", required=False)
    tri = forms.ChoiceField(label="Ordre", required=False, choices=[("", "Par niveau"), (BY_NAME, "Alphabétique")])

    anciennes = forms.BooleanField(label="Aussi celles qui n’existent plus", required=False)
    field_order = ["q", *FACETS, "tri", "anciennes"]

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
        self.offer(
            {
                "niveau": Instance.Level.choices,
                "nature": sorted(Instance.Kind.choices, key=lambda choice: choice[1]),
                "theme": themes.values_list("code", "label"),
                "territoire": [(slug, place.display_name) for slug, place in self.places.items()],
                "siege": [choice for choice in Standing.choices if choice[0] != Standing.CLOSED],
            }
        )

    @property
    def is_by_name(self) -> bool:
        return self.chosen("tri") == BY_NAME

    def counts(self) -> dict[str, Counter[str]]:
        """Count bodies by facet and choice: one query, and two for the territories."""
        seats = (
            Seat.objects.open(self.day).with_standing(self.day).filter(instance__in=self.found("siege").values("pk"))
        )
        counts, _ = facets.counted([
            *(
                self.found(name).order_by().values_list(Value(name), F(column), F(column))
                .annotate(Count("pk", distinct=True))
                for name, column in COLUMNS.items()
            ),
            seats.order_by().values_list(Value("siege"), "standing", "standing")
            .annotate(Count("instance", distinct=True)),
        ])  # fmt: skip
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
        chosen = {name: "" if name == without else self.chosen(name) for name in self.FACETS}
        found = self.among if self.chosen("anciennes") else self.among.current(self.day)
        found = found.matching(self.chosen("q"))
        found = found.filter(**{column: chosen[name] for name, column in COLUMNS.items() if chosen[name]})
        if place := chosen["territoire"]:
            found = found.covering(self.places[place])
        if stands := chosen["siege"]:
            seats = Seat.objects.open(self.day).with_standing(self.day).filter(standing=stands)
            found = found.filter(pk__in=seats.values("instance"))
        return found
