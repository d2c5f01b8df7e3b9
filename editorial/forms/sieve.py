"""How the positions are searched and sifted."""

from collections import Counter, defaultdict
from typing import Any

from django import forms
from django.db.models import CharField, Count, F, Q, Value
from django.db.models.functions import Cast

from editorial.models import Publication
from editorial.models.publication import ANSWERED, AWAITED
from territories.names import fold
from ui import facets
from ui.facets import counted

OLDEST, BY_TITLE = "ancien", "titre"
COLUMNS = {
    "nature": "kind",
    "theme": "themes__code",
    "annee": "year",
    "instance": "instance__slug",
    "reponse": "answered",
}
ORDERS = {
    "": (F("dated_on").desc(nulls_last=True), "-pk"),
    OLDEST: (F("dated_on").asc(nulls_last=True), "pk"),
    BY_TITLE: ("search", "pk"),  # which begins with the title, accents aside
}


class Sieve(facets.Sieve):
    """Which positions to show, and in what order; an unknown choice is no choice."""

    FACETS = dict.fromkeys(COLUMNS, "Toutes")

    nature = forms.ChoiceField(label="Nature", required=False)
    theme = forms.ChoiceField(label="Thématique", required=False)
    annee = forms.ChoiceField(label="Année", required=False)
    instance = forms.ChoiceField(label="Portée dans", required=False)
    reponse = forms.ChoiceField(label="Réponse", required=False)
    tri = forms.ChoiceField(
        label="Ordre",
        required=False,
        choices=[("", "Les plus récentes"), (OLDEST, "Les plus anciennes"), (BY_TITLE, "Alphabétique")],
    )
    field_order = ["q", *FACETS, "tri"]

    def __init__(self, data: Any, among: Any) -> None:
        """Offer only what some position answers.

        Args:
            data: the query string.
            among: the positions that the reader may see.
        """
        super().__init__(data)
        self.among = among.with_year().with_answer()
        held = self._held()
        self.offer(
            {
                "nature": Publication.Kind.choices,
                "theme": held["theme"],
                "annee": held["annee"][::-1],
                "instance": held["instance"],
                "reponse": [(ANSWERED, "Avec une réponse"), (AWAITED, "Sans réponse à ce jour")],
            }
        )

    def _held(self) -> dict[str, list[tuple[str, str]]]:
        """Give the themes, years and public bodies of some position, in order, in one query."""
        themes, years, instances = (
            self.among.order_by().filter(has).values_list(Value(name), value, Cast(F(label), CharField()))
            for name, value, label, has in (
                ("theme", "themes__code", "themes__label", Q(themes__isnull=False)),
                ("annee", "year", "year", Q(year__isnull=False)),
                ("instance", "instance__slug", "instance__name", Q(instance__is_public=True)),
            )
        )
        held: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for name, value, label in sorted(themes.union(years, instances), key=lambda row: fold(row[2])):
            held[name].append((value, label))
        return held

    def counts(self) -> dict[str, Counter[str]]:
        """Count positions by facet and choice, in one query."""
        counts, _ = counted(
            self.found(name)
            .order_by()
            .values_list(Value(name), Cast(F(column), CharField()), Value(""))
            .annotate(Count("pk", distinct=True))
            for name, column in COLUMNS.items()
        )
        return counts

    def found(self, without: str = "") -> Any:
        chosen = {column: self.chosen(name) for name, column in COLUMNS.items() if name != without}
        asked = {column: value for column, value in chosen.items() if value}
        in_public = Q(instance__is_public=True) if asked.get("instance__slug") else Q()
        found = self.among.matching(self.chosen("q")).filter(in_public, **asked)
        return found.order_by(*ORDERS[self.chosen("tri")])
