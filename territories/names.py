"""How a collectivité is named: what is shown, what is looked up, what its address is made of."""

import re
from collections.abc import Iterator
from itertools import count

from finding.words import unaccented

SLUG_LENGTH = 80
SLUG_BASE_LENGTH = 66  # leaves room for "-" and a SIREN
TNCC_ELIDED = 1  # no article, and a vowel or a mute h: "d’Angers", "d’Herbignac"

_ABBREVIATIONS = {"st": "saint", "ste": "sainte"}


def fold(text: str) -> str:
    """Return the words of `text` without case, accents or punctuation: "L’Île-d’Yeu" gives "l ile d yeu".

    "St" and "Ste" are read as "Saint" and "Sainte", as people type them.
    """
    words = re.sub(r"[\W_]+", " ", unaccented(text)).split()
    return " ".join(_ABBREVIATIONS.get(word, word) for word in words)


def search_text(*names: str) -> str:
    """Return the column that look-ups read: each distinct folded name between bars, "| nantes metropole |".

    A bar marks where a name starts and ends, a space where a word starts, so that one column answers
    "is exactly", "starts with" and "has a word that starts with".
    """
    folded = dict.fromkeys(filter(None, map(fold, names)))
    return f"| {' | '.join(folded)} |"


def slug_candidates(name: str, code: str) -> Iterator[str]:
    """Yield the addresses that a collectivité may take, the best first: its name, its name and code, then numbers.

    The kind of an EPCI stays out ("erdre-et-gesvres"): a communauté de communes may become something else, and an
    address never changes.
    """
    text = re.sub(r"^communaute (de communes|d agglomeration|urbaine) ((de la|de l|d|de|du|des) )?", "", fold(name))
    base = _cut(text.replace(" ", "-").encode("ascii", "ignore").decode()) or "collectivite"
    yield base
    if code:
        yield f"{base}-{code.lower()}"
    yield from (f"{base}-{number}" for number in count(2))


def _cut(slug: str) -> str:
    return slug if len(slug) <= SLUG_BASE_LENGTH else slug[: SLUG_BASE_LENGTH + 1].rpartition("-")[0]


# What comes before a name of the COG, by its TNCC (INSEE, "type de nom en clair"): région "des" Pays de la Loire.
_LINKS = {0: "de ", 1: "d’", 2: "du ", 3: "de la ", 4: "des ", 5: "de l’"}

# Bodies whose usual name does not follow from the official one, by family and code.
_USUAL_NAMES = {
    ("departement", "90"): "Territoire de Belfort",
    ("region", "02"): "Collectivité territoriale de Martinique",
    ("region", "03"): "Collectivité territoriale de Guyane",
    ("region", "94"): "Collectivité de Corse",
    ("epci", "244400610"): "Cap Atlantique",
    ("epci", "244400644"): "Saint-Nazaire Agglomération (CARENE)",
    ("epci", "248500340"): "Communauté de communes du Pays de Chantonnay",
    ("epci", "248500589"): "La Roche-sur-Yon Agglomération",
}
_EPCI_TYPES = {
    "CC ": "Communauté de communes",
    "CA ": "Communauté d’agglomération",
    "CU ": "Communauté urbaine",
}
_SAY_WHAT_THEY_ARE = {"agglo", "agglomeration", "communaute", "intercommunalite", "metropole"}
_SPELLINGS = (
    (r"'", "’"),
    (r" - ", " – "),
    (r"\bCoeur", "Cœur"),
    (r"\bIle\b", "Île"),
    (r"\bSt(?=[- ])", "Saint"),
)


def display_name(family: str, code: str, name: str, type_liaison: int | None = None, zone: str = "") -> str:
    """Return the name to show for the official `name` of a body of the COG.

    `family` is commune, epci, departement or region; `zone` is INSEE's, "com" for the collectivités d’outre-mer,
    which the COG lists among régions and départements but which are neither.
    """
    if usual := _USUAL_NAMES.get((family, code)):
        return usual
    spelled = name
    for pattern, replacement in _SPELLINGS:
        spelled = re.sub(pattern, replacement, spelled)
    if family == "epci":
        return _epci_name(spelled)
    if family == "commune" or zone == "com":
        return spelled
    head = "Région" if family == "region" else "Département"
    return f"{head} {_LINKS.get(type_liaison or 0, 'de ')}{spelled}"


def _epci_name(name: str) -> str:
    """Spell the type out ("CC d’Erdre et Gesvres"), or drop it where the name says it ("CA Laval Agglomération")."""
    kind, rest = _EPCI_TYPES.get(name[:3]), name[3:]
    if kind is None:
        return name
    says_what_it_is = not _SAY_WHAT_THEY_ARE.isdisjoint(fold(rest).split())
    return rest if says_what_it_is and rest[0].isupper() else f"{kind} {rest}"


_OF_HEADS = {
    "Agglomération": "de l’",
    "Collectivité": "de la ",
    "Communauté": "de la ",
    "Département": "du ",
    "Eurométropole": "de l’",
    "Métropole": "de la ",
    "PETR": "du ",
    "Pays": "du ",
    "Pôle": "du ",
    "Région": "de la ",
    "Syndicat": "du ",
    "Territoire": "du ",
    "Ville": "de la ",
}


def of_name(name: str, type_liaison: int | None = None) -> str:
    """Return a displayed name after "de": "d’Angers Loire Métropole", "du Mans", "de la Région des Pays de la Loire".

    The TNCC, where it is known, settles what spelling cannot: "d’Herbignac" but "de Haute-Goulaine".
    """
    if name.startswith("Le "):
        return f"du {name.removeprefix('Le ')}"
    if name.startswith("Les "):
        return f"des {name.removeprefix('Les ')}"
    if link := _OF_HEADS.get(name.partition(" ")[0]):
        return link + name
    elides = fold(name)[:1] in set("aeiou") if type_liaison is None else type_liaison == TNCC_ELIDED
    return f"d’{name}" if elides else f"de {name}"
