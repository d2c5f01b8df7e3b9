"""What the search knows, kept in line with what is public, in the transaction that makes it so.

A room offers what it publishes by a `Source` in its module `findable`; its verbs call `Source.refresh` for what they
have changed, public or not: the source reads again what everyone may read of it, and the index says that and no more.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self

from django.db import connection, transaction

from finding.batches import NO_BULK, batch_tokens
from finding.matching import all_of, any_of, rows_matching
from finding.models import Entry, KnownWord
from finding.words import runs, unaccented, words

LONGEST_TEXT = 30_000  # signs of one thing that are looked at
WEIGHT = 10**9  # more than the minutes of a date
UNDATED = datetime(1970, 1, 1, tzinfo=UTC)
_BLANK = re.compile(r"[ \t\r\n\f\v]+")  # no-break spaces stay
FIELDS = ("kind", "title", "context", "summary", "text", "precedence", "position", "batch", "tokens")


@dataclass(frozen=True)
class Kind:
    """A sort of thing that is found: a facet of the results."""

    name: str
    label: str
    plural: str
    weight: int  # among results that answer as well, the heaviest come first
    is_bulk: bool = False  # there may be hundreds of thousands of them: those of the latest owners first


@dataclass(frozen=True)
class Offer:
    """Something public: what it is, where it leads, what it says in plain words."""

    kind: str
    url: str
    title: str
    context: str = ""
    summary: str = ""
    text: str = ""
    at: datetime | None = None


@dataclass
class Source:
    """What a room makes public, owner by owner.

    Args:
        name: of the owners, for ever: "roadmap".
        kinds: of what they offer.
        public: gives the owners of which everyone may read.
        offers: gives all that one of them makes public.
        batch_size: how many owners make a batch of bulk entries.
    """

    name: str
    kinds: tuple[Kind, ...]
    public: Callable[[], Any]
    offers: Callable[[Any], Iterable[Offer]]
    batch_size: int = 32

    def __post_init__(self) -> None:
        SOURCES[self.name] = self
        KINDS.update({kind.name: kind for kind in self.kinds})

    def owner(self, pk: int) -> str:
        return f"{self.name}:{pk}"

    def refresh(self, *keys: int) -> None:
        """Say again what is public of some owners; nothing of those that no longer are."""
        there = {one.pk: one for one in self.public().filter(pk__in=keys)}
        for pk in keys:
            replace(self.owner(pk), self.entries(there[pk]) if pk in there else [])

    def entries(self, thing: Any) -> list[Entry]:
        """Give the entries of an owner as they should be."""
        return [self._entry(thing.pk, position, offer) for position, offer in enumerate(self.offers(thing))]

    def _entry(self, pk: int, position: int, offer: Offer) -> Entry:
        kind = KINDS[offer.kind]
        entry = Entry(
            owner=self.owner(pk),
            kind=offer.kind,
            url=offer.url,
            title=plain(offer.title)[:300],
            context=plain(offer.context)[:300],
            summary=plain(offer.summary),
            text=plain(offer.text),
            precedence=kind.weight * WEIGHT + int((offer.at or UNDATED).timestamp() // 60),
            position=position,
            batch=1 + pk // self.batch_size if kind.is_bulk else 0,
        )
        entry.tokens = tokens(entry)
        return entry


SOURCES: dict[str, Source] = {}
KINDS: dict[str, Kind] = {}


def plain(text: str) -> str:
    """Give a text with its accents composed, on one line, cut where nobody reads on."""
    return _BLANK.sub(" ", unicodedata.normalize("NFC", text[:LONGEST_TEXT])).strip()


def tokens(entry: Entry) -> str:
    """Give all by which an entry is found, sorted.

    "econom" for a stem, "t_econom" where the title says it, "h_econom" the title or the summary, "econom_social" for
    stems that follow each other, "@action" for the kind, "@0_5", "@1_2", "@2_1"… for the batch and those that hold it.
    """
    parts = [[word.stem for word in words(part)] for part in said(entry)]
    title, summary = parts[:2]
    found = {f"@{entry.kind}", *(batch_tokens(entry.batch) if entry.batch else [NO_BULK])}
    found |= {f"t_{stem}" for stem in title} | {f"h_{stem}" for stem in (*title, *summary)}
    for stems in parts:
        found.update(stems, runs(stems))
    return " ".join(sorted(found))


def said(entry: Entry) -> tuple[str, ...]:
    """Give all that is looked for in an entry, the title first, then the summary."""
    return entry.title, entry.summary, entry.text, entry.context


@dataclass
class Change:
    """How many entries came, went or say something else."""

    added: int = 0
    removed: int = 0
    changed: int = 0
    words: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed or self.words)

    def __iadd__(self, other: "Change") -> Self:
        self.added += other.added
        self.removed += other.removed
        self.changed += other.changed
        return self


@transaction.atomic
def replace(owner: str, entries: list[Entry]) -> Change:
    """Make what the index says of an owner be exactly this."""
    hold_index()
    former = {entry.url: entry for entry in Entry.objects.filter(owner=owner)}
    wanted = {entry.url: entry for entry in entries}
    gone = [entry for url, entry in former.items() if url not in wanted or differ(entry, wanted[url])]
    new = [entry for url, entry in wanted.items() if url not in former or differ(former[url], entry)]
    if gone:
        Entry.objects.filter(pk__in=[entry.pk for entry in gone]).delete()
    if new:
        Entry.objects.bulk_create(new)
    if gone or new:
        count_words(new, gone)
    changed = len({entry.url for entry in gone} & {entry.url for entry in new})
    return Change(len(new) - changed, len(gone) - changed, changed)


def hold_index() -> None:
    """Let one transaction at a time write in the index; readers never wait. SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {KnownWord._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")


def differ(one: Entry, other: Entry) -> bool:
    return any(getattr(one, name) != getattr(other, name) for name in FIELDS)


def words_of(entry: Entry) -> dict[str, str]:
    """Give the words that an entry says, each with its stem."""
    return {word.shown: word.stem for part in said(entry) for word in words(part)}


def count_words(new: Iterable[Entry], gone: Iterable[Entry]) -> None:
    """Count what new entries say, and no longer what is gone; a word that nothing says any more is unknown."""
    counts: Counter[str] = Counter()
    stems: dict[str, str] = {}
    for entries, step in ((new, 1), (gone, -1)):
        for entry in entries:
            known = words_of(entry)
            stems |= known
            for word in known:
                counts[word] += step
    write_counts({word: count for word, count in counts.items() if count}, stems)


def write_counts(counts: dict[str, int], stems: dict[str, str]) -> None:
    """Add to the counts of words, in as many statements whatever their number."""
    more = [(word, unaccented(word), stems[word], count) for word, count in sorted(counts.items()) if count > 0]
    less = [(-count, word) for word, count in sorted(counts.items()) if count < 0]
    table = KnownWord._meta.db_table
    with connection.cursor() as cursor:
        if more:
            cursor.executemany(
                f"INSERT INTO {table} (word, folded, stem, count) VALUES (%s, %s, %s, %s) "  # noqa: S608 a name of ours
                f"ON CONFLICT (word) DO UPDATE SET count = {table}.count + excluded.count",
                more,
            )
        if less:
            cursor.executemany(f"UPDATE {table} SET count = count - %s WHERE word = %s", less)  # noqa: S608 the same
            KnownWord.objects.filter(count=0).delete()


def refresh_mentioning(*names: str) -> None:
    """Say again what is public of all that mentions one of some names, which have changed elsewhere."""
    sets = [sorted({word.stem for word in words(plain(name))}) for name in names]
    if expressions := [all_of(stems) for stems in sets if stems]:
        with connection.cursor() as cursor:
            cursor.execute(rows_matching("e.owner"), [any_of(expressions)])
            owners = sorted({owner for (owner,) in cursor.fetchall()})
        for owner in owners:
            source, _, pk = owner.partition(":")
            SOURCES[source].refresh(int(pk))


@transaction.atomic
def rebuild() -> Change:
    """Make the index what the sources say today, and tell what was otherwise."""
    hold_index()
    change, owners = Change(), set()
    for source in SOURCES.values():
        for thing in source.public().iterator(chunk_size=100):
            owners.add(source.owner(thing.pk))
            change += replace(source.owner(thing.pk), source.entries(thing))
    for owner in sorted(set(Entry.objects.values_list("owner", flat=True).distinct()) - owners):
        change += replace(owner, [])
    change.words = recount()
    return change


def recount() -> int:
    """Count all the words anew, and say of how many the count was wrong."""
    counts: Counter[str] = Counter()
    stems: dict[str, str] = {}
    for entry in Entry.objects.only("title", "summary", "text", "context").iterator():
        known = words_of(entry)
        counts.update(known.keys())
        stems |= known
    former = {(one.word, one.stem, one.count) for one in KnownWord.objects.iterator()}
    wanted = {(word, stems[word], count) for word, count in counts.items()}
    wrong = {word for word, _, _ in former ^ wanted}
    if wrong:
        KnownWord.objects.all().delete()
        write_counts(counts, stems)
    return len(wrong)
