"""What a visitor looks for, and what the portal finds.

A result holds all the words, in any form, and the phrases between quotation marks. First come those whose title says
all of it, then the title or the summary, then the text; among them the kinds that lead to others, then the latest.
At most `CAP` are ranked. Words that are nearly everywhere are looked for in all but the bulk, and in its latest
batches: the time does not grow with what the portal holds (docs/decisions/0010).
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.db import connection
from django.db.models import Subquery, Sum

from finding.batches import latest
from finding.matching import all_of, rows_matching
from finding.models import Entry, KnownWord
from finding.words import LONGEST_RUN, Word, runs, words

CAP = 2_000  # results that are ranked
MANY = 3_000  # results, as they are guessed, beyond which a search looks in the latest batches only
ENOUGH = CAP // 2  # results that these batches should give; they may give three times as many
LONGEST_QUERY = 200  # signs
MOST_STEMS = 12
PREFIXES = ("t_", "h_", "")  # of the tokens of a title, of a title or a summary, of any text
_PHRASE = re.compile(r'["«“”]([^"«»“”]*)["»“”]')


@dataclass(frozen=True)
class Query:
    """What was typed, read."""

    text: str  # on one line, as much of it as is looked at
    is_cut: bool
    words: tuple[Word, ...]
    phrases: tuple[tuple[str, ...], ...]

    @classmethod
    def read(cls, typed: str) -> "Query":
        text = whole = " ".join(unicodedata.normalize("NFC", typed[: 4 * LONGEST_QUERY]).split())
        if len(whole) > LONGEST_QUERY:
            text = whole[:LONGEST_QUERY].rpartition(" ")[0] or whole[:LONGEST_QUERY]
        found: dict[str, Word] = {}
        for word in words(text):
            found.setdefault(word.stem, word)
        phrases = (tuple(word.stem for word in words(match[1])) for match in _PHRASE.finditer(text))
        return cls(
            text,
            text != whole or len(typed) > 4 * LONGEST_QUERY or len(found) > MOST_STEMS,
            tuple(found.values())[:MOST_STEMS],
            tuple(phrase for phrase in phrases if len(phrase) > 1),
        )

    @cached_property
    def stems(self) -> list[str]:
        return [word.stem for word in self.words]

    @cached_property
    def runs(self) -> list[str]:
        """The tokens that hold the words of each phrase together."""
        return [
            run
            for phrase in self.phrases
            for run in runs(list(phrase))
            if run.count("_") == min(len(phrase), LONGEST_RUN) - 1
        ]


@dataclass(frozen=True)
class Commonness:
    """How common the words of a query are, and where the latest things stand."""

    by_stem: dict[str, int]
    most: int = 0  # entries that say the commonest of all words
    last_batch: int = 0

    @classmethod
    def of(cls, stems: list[str]) -> "Commonness":
        """Look the stems up in the table of words; one query."""
        rows = (
            KnownWord.objects.filter(stem__in=stems)
            .values("stem")
            .annotate(
                said=Sum("count"),
                most=Subquery(KnownWord.objects.order_by("-count").values("count")[:1]),
                last=Subquery(Entry.objects.order_by("-batch").values("batch")[:1]),
            )
            .values_list("stem", "said", "most", "last")
        )
        found = list(rows)
        return cls({row[0]: row[1] for row in found}, *found[0][2:]) if found else cls({})

    def estimate(self, stems: list[str]) -> float:
        """Guess how many entries say all the stems, as if each were said regardless of the others."""
        guess = float(self.most)
        for stem in stems:
            guess *= min(1.0, self.by_stem[stem] / self.most)
        return guess


@dataclass(frozen=True)
class Found:
    """The results of a query, the best first."""

    rows: list[tuple[int, str]] = field(default_factory=list)  # key and kind
    is_capped: bool = False  # there may be more
    unknown: tuple[Word, ...] = ()  # words that nothing public says

    @property
    def counts(self) -> Counter[str]:
        return Counter(kind for _, kind in self.rows)

    def of_kind(self, kind: str) -> list[int]:
        """Give the keys of the results of a kind, or of all."""
        return [key for key, one in self.rows if kind in {"", one}]


def search(query: Query) -> Found:
    """Find what answers a query; four queries at most, whatever there is."""
    return look_for(query, Commonness.of(query.stems))


def search_kind(query: Query, kind: str) -> Found:
    """Find what answers a query among one kind, where there is too much of all."""
    return look_for(query, Commonness.of(query.stems), [f"@{kind}"])


def look_for(query: Query, commonness: Commonness, also: Iterable[str] = ()) -> Found:
    unknown = tuple(word for word in query.words if word.stem not in commonness.by_stem)
    if unknown or not query.words:
        return Found(unknown=unknown)
    estimate = commonness.estimate(query.stems)
    is_common = estimate > MANY
    batches = latest(commonness.last_batch, ENOUGH / estimate) if is_common else []
    rows: dict[int, str] = {}
    for prefix in PREFIXES:
        if len(rows) <= CAP:
            expression = all_of([*(f"{prefix}{stem}" for stem in query.stems), *query.runs, *also], batches)
            rows |= dict(matching(expression))  # those that are there keep their place
    return Found(list(rows.items())[:CAP], is_capped=is_common or len(rows) > CAP)


def matching(expression: str) -> list[tuple[int, str]]:
    """Give the keys and kinds of the first entries that match an expression, one more than are ranked."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"{rows_matching('e.id, e.kind')} ORDER BY e.precedence DESC, e.position, e.id LIMIT {CAP + 1}",
            [expression],
        )
        found: list[tuple[int, str]] = cursor.fetchall()
    return found
