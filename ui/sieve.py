"""How a list is searched and sifted: every choice is in the address, counted, and taken away by a link."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from ui.forms import form_helper

ORDER, PAGE = "tri", "page"  # what changes neither the rows nor their number


class Sieve(forms.Form):
    """Which rows of a list to show, and in what order; an unknown choice is no choice."""

    facets: ClassVar[dict[str, str]]  # each with the word for no choice

    q = forms.CharField(label="Mots", required=False, max_length=200, widget=forms.SearchInput({"autocomplete": "off"}))

    def __init__(self, data: Any, offers: Mapping[str, list[tuple[Any, str]]]) -> None:
        """Read the choices of an address.

        Args:
            data: the query string.
            offers: what may be chosen in each facet.
        """
        super().__init__(data)
        for name, choices in offers.items():
            self.fields[name].choices = [("", self.facets[name]), *choices]
        self.labels = {name: {str(value): label for value, label in choices} for name, choices in offers.items()}
        self.helper = form_helper()
        self.full_clean()

    def chosen(self, name: str) -> str:
        return self.cleaned_data.get(name) or ""

    @property
    def is_sifting(self) -> bool:
        return any(self.chosen(name) for name in self.fields if name != ORDER)

    @property
    def removals(self) -> list[dict[str, str]]:
        """Give each filter that is chosen, with the address of the list without it."""
        removals = []
        for name, field in self.fields.items():
            if name == ORDER or not self.chosen(name):
                continue
            rest = self.data.copy()
            for gone in (name, PAGE):
                rest.pop(gone, None)
            label = str(field.label)
            if not isinstance(field, forms.BooleanField):
                said = self.labels.get(name, {}).get(self.chosen(name), self.chosen(name))
                label = f"{label}\u00a0: {said}"
            removals.append({"label": label, "url": f"?{rest.urlencode()}"})
        return removals

    def count(self) -> None:
        """Say beside each choice how many rows it leads to, other filters kept; offer those that lead to some."""
        counts = self.counts()
        for name, every in self.facets.items():
            offered = [
                (value, f"{label} ({counts[name][str(value)]})")
                for value, label in self.fields[name].choices
                if value and (counts[name][str(value)] or str(value) == self.chosen(name))
            ]
            self.fields[name].choices = [("", every), *offered]

    def counts(self) -> Mapping[str, Counter[str]]:
        """Count rows by facet and choice."""
        raise NotImplementedError

    def found(self, without: str = "") -> Any:
        """Give the rows that answer every choice, but the one of a facet if asked."""
        raise NotImplementedError
