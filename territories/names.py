"""How a collectivité is named: what is shown, what is looked up, what its address is made of."""

import re
import unicodedata

SLUG_LENGTH = 80
SLUG_BASE_LENGTH = 66  # leaves room for "-" and a SIREN, or for more if the law invents longer codes

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
_ABBREVIATIONS = {"st": "saint", "ste": "sainte"}


def fold(text: str) -> str:
    """Return the words of `text` without case, accents or punctuation: "L’Île-d’Yeu" gives "l ile d yeu".

    "St" and "Ste" are read as "Saint" and "Sainte", as people type them.
    """
    decomposed = unicodedata.normalize("NFD", text.casefold().translate(_LIGATURES))
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    words = re.sub(r"[\W_]+", " ", letters).split()
    return " ".join(_ABBREVIATIONS.get(word, word) for word in words)


def search_text(*names: str) -> str:
    """Return the column that look-ups read: each distinct folded name between bars, "| nantes metropole |".

    A bar marks where a name starts and ends, a space where a word starts, so that one column answers
    "is exactly", "starts with" and "has a word that starts with".
    """
    folded = dict.fromkeys(filter(None, map(fold, names)))
    return f"| {' | '.join(folded)} |"


def slug_base(text: str) -> str:
    """Return the readable part of an address, cut between two words: "d’Erdre et Gesvres" gives "d-erdre-et-gesvres"."""
    slug = fold(text).replace(" ", "-").encode("ascii", "ignore").decode()
    return slug if len(slug) <= SLUG_BASE_LENGTH else slug[: SLUG_BASE_LENGTH + 1].rpartition("-")[0]
