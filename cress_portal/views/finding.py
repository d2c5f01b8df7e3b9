"""The search over everything public."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from finding.excerpts import excerpt, marked
from finding.index import KINDS
from finding.models import Entry
from finding.searching import Found, Query, search, search_kind
from finding.suggesting import suggestion

PAGE_SIZE = 20


@dataclass(frozen=True)
class Card:
    """A result as it is shown."""

    url: str
    label: str
    context: SafeString
    title: SafeString
    excerpt: SafeString


@dataclass(frozen=True)
class Facet:
    """A kind of result, how many there are, and the address of these alone."""

    label: str
    count: int
    url: str
    is_chosen: bool


@dataclass
class Results:
    """What the page of a search shows."""

    query: Query
    kind: str

    @cached_property
    def found(self) -> Found:
        return search(self.query)

    @cached_property
    def keys(self) -> list[int]:
        """The keys of the results of the chosen kind, the best first."""
        if self.kind and self.found.is_capped:
            return search_kind(self.query, self.kind).of_kind(self.kind)
        return self.found.of_kind(self.kind)

    @property
    def facets(self) -> list[Facet]:
        """The kinds that there are, the most numerous first; the chosen one in any case."""
        counts = self.found.counts
        if self.kind:
            counts[self.kind] = len(self.keys)
        return [
            Facet(KINDS[name].plural, count, self.address(name), is_chosen=name == self.kind)
            for name, count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))
        ]

    @property
    def chosen(self) -> str:
        return KINDS[self.kind].plural if self.kind else ""

    def address(self, kind: str = "", text: str = "") -> str:
        """Give the query string of the same search among one kind, or of another text."""
        asked = {"q": text or self.query.text, "type": kind}
        return f"?{urlencode({name: value for name, value in asked.items() if value})}"

    @property
    def all_url(self) -> str:
        return self.address()

    def cards(self, keys: list[int]) -> list[Card]:
        """Read the entries of a page; their excerpts are made for these alone."""
        stems = set(self.query.stems)
        entries = Entry.objects.defer("tokens").in_bulk(keys)
        return [self._card(entries[key], stems) for key in keys if key in entries]  # one may go meanwhile

    def _card(self, entry: Entry, stems: set[str]) -> Card:
        return Card(
            entry.url,
            KINDS[entry.kind].label,
            marked(entry.context, stems),
            marked(entry.title, stems),
            excerpt(" ".join(part for part in (entry.summary, entry.text) if part), stems),
        )

    @cached_property
    def suggestion(self) -> dict[str, str] | None:
        """What was meant, perhaps, where a word is unknown."""
        text = suggestion(self.query, self.found.unknown)
        return {"text": text, "url": self.address(text=text)} if text else None

    @property
    def shorter(self) -> list[dict[str, str]]:
        """Each word alone, where not all are said together."""
        words = [word for word in self.query.words if word not in self.found.unknown]
        if len(self.query.words) < 2:  # noqa: PLR2004 one word has nothing shorter
            return []
        return [{"label": word.shown, "url": self.address(text=word.shown)} for word in words]


@login_not_required
@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """What answers ``q``, among one kind if ``type`` names one; without a question, what can be asked."""
    kind = request.GET.get("type", "")
    results = Results(Query.read(request.GET.get("q", "")), kind if kind in KINDS else "")
    context: dict[str, Any] = {"query": results.query, "results": results}
    if results.query.words:
        page = Paginator(results.keys, PAGE_SIZE).get_page(request.GET.get("page"))
        context |= {"page": page, "cards": results.cards(list(page))}
    return render(request, "portal/search_page.html", context)
