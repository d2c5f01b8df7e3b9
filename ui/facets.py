"""A list that is searched, sifted and sorted: every choice is in the address, and tells how much it would leave.

A list names its facets and says what each choice keeps; the form, the removable filters and the counts come from here.
`templates/ui/sieve.html` draws it, with plain fields that need no script.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any, ClassVar
from urllib.parse import urlencode

from django import forms
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from ui.typography import NO_BREAK_SPACE, number

ORDER = "tri"
MOST_OFFERED = 60  # choices of a facet: those that lead to most
LONGEST_LABEL = 70  # signs of a choice
SELECTED = SafeString(" selected")


class Sieve(forms.Form):
    """Which things of a list to show, and in what order; an unknown choice is no choice."""

    q = forms.CharField(label="Mots", required=False, max_length=200, widget=forms.SearchInput({"autocomplete": "off"}))
    tri = forms.ChoiceField(label="Ordre", required=False)

    FACETS: ClassVar[dict[str, str]] = {}  # each facet, and what no choice is called: « Tous », « Toutes »

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.labels: dict[str, dict[str, str]] = {name: {} for name in self.FACETS}

    def offer(self, choices: dict[str, Iterable[tuple[str, str]]]) -> None:
        """Say what may be chosen in the facets, and read what is."""
        for name, offered in choices.items():
            self.labels[name] = dict(offered)
            self.fields[name].choices = [("", self.FACETS[name]), *self.labels[name].items()]
        self.full_clean()

    def chosen(self, name: str) -> str:
        return self.cleaned_data.get(name) or ""

    def found(self, without: str = "") -> Any:
        """Give the rows that answer every choice, but the one of a facet if asked."""
        raise NotImplementedError

    def counts(self) -> dict[str, Counter[str]]:
        """Count rows by facet and choice, each facet as if nothing were chosen in it."""
        raise NotImplementedError

    @property
    def is_sifting(self) -> bool:
        return any(self.chosen(name) for name in self.fields if name != ORDER)

    @property
    def removals(self) -> list[dict[str, str]]:
        """Give each filter that is chosen, with the address of the list without it."""
        removals = []
        for name in self.fields:
            if name == ORDER or not self.chosen(name):
                continue
            label = str(self.fields[name].label)
            if not isinstance(self.fields[name], forms.BooleanField):
                said = self.labels.get(name, {}).get(self.chosen(name), self.chosen(name))
                label = f"{label}{NO_BREAK_SPACE}: {said}"
            removals.append({"label": label, "url": f"?{self.address(name)}"})
        return removals

    def address(self, *without: str) -> str:
        """Give the query string of the list, from its first page."""
        rest = self.data.copy()
        for gone in (*without, "page"):
            rest.pop(gone, None)
        return rest.urlencode()

    @property
    def asked(self) -> str:
        """Give the query string of what is chosen, always written alike: not the order, not what is unknown."""
        chosen = {name: self.chosen(name) for name in self.fields if name != ORDER}
        return urlencode({name: value for name, value in chosen.items() if value})

    def asked_at(self, address: str) -> str:
        """Give the address where what is chosen is asked."""
        return f"{address}?{self.asked}" if self.asked else address

    def told(self, words: str) -> str:
        """Say what the list is of, then what is chosen: « Actions (Thématique : Mobilité) »."""
        chosen = ", ".join(removal["label"] for removal in self.removals)
        return f"{words} ({chosen})" if chosen else words

    def count(self) -> None:
        """Say beside each choice how many rows it leads to, other filters kept; offer those that lead to some."""
        counts = self.counts()
        for name, every in self.FACETS.items():
            kept = {value for value, _ in counts[name].most_common(MOST_OFFERED)} | {self.chosen(name)}
            offered = [
                (value, f"{shortened(label)} ({number(counts[name][value])})")
                for value, label in self.labels[name].items()
                if value in kept and (counts[name][value] or value == self.chosen(name))
            ]
            self.fields[name].choices = [("", every), *offered]

    @property
    def drawn(self) -> list[dict[str, Any]]:
        """What the form shows, ready to be written: a facet that offers nothing is left out."""
        return [self._drawn(name) for name in self.fields if self._is_drawn(name)]

    def _is_drawn(self, name: str) -> bool:
        return name not in self.FACETS or len(self.fields[name].choices) > 1

    def _drawn(self, name: str) -> dict[str, Any]:
        field, chosen = self.fields[name], self.chosen(name)
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((value, SELECTED if value == chosen else "", label) for value, label in getattr(field, "choices", ())),
        )
        return {
            "name": name,
            "label": field.label,
            "help": field.help_text,
            "value": chosen,
            "options": options,
            "kind": "check" if isinstance(field, forms.BooleanField) else "select" if options else "search",
        }


def shortened(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…"


def counted(queries: Iterable[Any]) -> tuple[dict[str, Counter[str]], dict[str, dict[str, str]]]:
    """Count in one statement whatever several queries count.

    Args:
        queries: each gives lines of facet, choice, label of the choice, count.

    Returns:
        The counts, and the labels in their order, by facet and choice.
    """
    first, *others = queries
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    for name, value, label, count in first.union(*others, all=True):
        counts[name][str(value)] += count
        labels[name][str(value)] = str(label)
    return counts, labels
