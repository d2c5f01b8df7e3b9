"""Words as the search knows them: unaccented, without elision, reduced to a French stem. Both databases get the same.

"L’Économie", "économies" and "ECONOMIQUE" are one stem, "econom"; "feuille-de-route" is "feuill", "rout".
"""

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

LONGEST_RUN = 3  # words of a phrase that are held together
LONGEST = 40  # signs of a word that are looked at
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
_WORD = re.compile(r"(?:(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)['’ʼ])?([^\W_]+)", re.IGNORECASE)
_COMMON = frozenset(
    """
    ai as au aux avec avons ayant car ce ceci cela celle celles celui ces cet cette ceux chez ci comme dans de des
    donc du elle elles en entre es est et etaient etait etant ete etes etre eu eux furent fut il ils je la le les
    leur leurs lui ma mais me meme memes mes moi mon ne ni nos notre nous on ont or ou par pas plus pour qu quand
    que quel quelle quelles quels qui sa sans se sera seront ses si soi soit sommes son sont sous sur ta te tes
    toi ton tous tout toute toutes tu un une vers vos votre vous
    """.split()  # noqa: SIM905 a list of words reads best as a text
)
_stemmer = snowballstemmer.stemmer("french")
_one_at_a_time = threading.Lock()  # a stemmer works on a word that it keeps


class Word(NamedTuple):
    """A word of a text that may be looked for, and where it stands."""

    start: int
    end: int
    shown: str  # in small letters, with its accents
    stem: str


def unaccented(text: str) -> str:
    """Give a text in small letters without accents or ligatures."""
    decomposed = unicodedata.normalize("NFD", text.casefold().translate(_LIGATURES))
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def words(text: str) -> Iterator[Word]:
    """Cut a text into its words, but those that are in every text and single letters.

    Args:
        text: plain, its accents composed (NFC).
    """
    for match in _WORD.finditer(text):
        shown = match[1].lower()[:LONGEST]
        folded = unaccented(shown)
        if folded not in _COMMON and (len(folded) > 1 or folded.isdecimal()):
            yield Word(*match.span(1), shown, stem(folded))


@lru_cache(maxsize=65_536)
def stem(folded: str) -> str:
    """Give what the forms of a word have in common.

    The accents are gone before: they would give the word typed without them another stem. Snowball leaves some plurals
    and final e’s, which go first and last.
    """
    with _one_at_a_time:
        reduced: str = _stemmer.stemWord(_singular(folded)).rstrip("e")
    return reduced if len(reduced) > 1 else folded


def _singular(word: str) -> str:
    if word.endswith("eaux"):
        return word[:-1]
    if word.endswith("aux") and len(word) > len("taux"):
        return f"{word[:-3]}al"
    return word[:-1] if word.endswith(("s", "x")) and not word.endswith("ss") and len(word) > len("des") else word


def runs(stems: list[str]) -> Iterator[str]:
    """Give the stems that follow each other by two, then by three, each run as one token: "econom_social"."""
    for size in range(2, LONGEST_RUN + 1):
        yield from ("_".join(stems[rank : rank + size]) for rank in range(len(stems) - size + 1))
