"""What commune a visitor means: the one that is named so, those that may be, those whose name is nearest."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from os.path import commonprefix

from django.db.models import Q
from django.db.models.functions import Length

from finding.suggesting import distance
from territories.models import Collectivite, CollectiviteQuerySet, Kind
from territories.names import fold

LONGEST = 100  # signs that are looked at
MOST = 60  # rows that are read, and offered at once
NEAREST = 8  # names that are offered to whoever mistyped one
SLIPS = ((5, 1), (9, 2), (LONGEST, 3))  # signs of a name, and how many of them may be wrong
CODES_LENGTH = 4  # what the address of a commune says after its name, at most: "saint-denis-974"
_CODES = re.compile(r"(-\d[0-9ab]*)+$")
_ARTICLE = re.compile(r"^(le|la|les|l)-")


@dataclass(frozen=True)
class Meant:
    """What was found for a text."""

    communes: list[Collectivite] = field(default_factory=list)  # with their EPCI, département and région
    others: list[Collectivite] = field(default_factory=list)  # EPCI, départements… that are named so
    is_near: bool = False  # no commune is named so: these are named nearly so
    is_cut: bool = False  # there are more


def meant_by(text: str, region: str) -> Meant:
    """Find the communes that a text may mean: by its name, a postal or INSEE code, the start of its words.

    Args:
        text: as it was typed; its first signs are looked at.
        region: the code of the région whose communes come first.
    """
    folded = fold(text[:LONGEST])
    found = list(loaded(Collectivite.objects.matching(folded))[: MOST + 1])
    found.sort(key=lambda one: not is_in(one, region))
    communes = [one for one in found if one.kind == Kind.COMMUNE]
    others = [one for one in found if one.kind != Kind.COMMUNE]
    if exact := [one for one in communes if f"| {folded} |" in one.search]:
        return Meant(exact)
    if found or folded.replace(" ", "").isdecimal():
        return Meant(communes[:MOST], others, is_cut=len(found) > MOST)
    slugs = nearest(folded.replace(" ", "-"), region)
    near = {one.slug: one for one in loaded(Collectivite.objects.filter(slug__in=slugs))}
    return Meant([near[slug] for slug in slugs], is_near=True)


def commune_at(slug: str) -> Collectivite | None:
    """Give the commune that has an address."""
    return loaded(Collectivite.objects.communes().filter(slug=slug)).first()


def heir_of(commune: Collectivite) -> Collectivite:
    """Give the commune that took the place of one that ended, up to three times in a row; else itself."""
    if not commune.replaced_by_id:
        return commune
    heir = Collectivite.objects.select_related("replaced_by__replaced_by").get(pk=commune.replaced_by_id)
    for _ in range(2):
        heir = heir.replaced_by or heir
    return commune_at(heir.slug) or commune


def loaded(rows: CollectiviteQuerySet) -> CollectiviteQuerySet:
    return rows.select_related("epci", "departement__region")


def is_in(one: Collectivite, region: str) -> bool:
    """Say whether a commune, given by ``loaded``, is in a région."""
    within = one.departement.region if one.departement else None
    return within is not None and within.code == region


def nearest(wanted: str, region: str) -> list[str]:
    """Give the addresses of the communes whose name is fewest slips away from one, the nearest first.

    The first letter is trusted, but in the région: the index of the addresses then leaves few names to compare.

    Args:
        wanted: a name as addresses write it.
        region: the code of the région.
    """
    if not wanted or not wanted.isascii():
        return []
    slips = next(slips for length, slips in SLIPS if len(wanted) <= length)
    communes = Collectivite.objects.communes().current()
    here = communes.filter(departement__region__code=region).values_list("slug", flat=True)
    everywhere = of_first_letter(communes, wanted[0], len(wanted), slips).values_list("slug", flat=True)
    near: dict[str, tuple[int, int, str]] = {}
    for rank, slugs in enumerate((here, everywhere)):
        for slug, far in compared(wanted, slugs.order_by(), slips):
            near.setdefault(slug, (far, rank, slug))
    return sorted(near, key=near.__getitem__)[:NEAREST]


def of_first_letter(rows: CollectiviteQuerySet, letter: str, length: int, slips: int) -> CollectiviteQuerySet:
    """Keep the addresses that start with a letter and have about a length, their code aside."""
    until = Q(slug__lt=chr(ord(letter) + 1)) if letter != "z" else Q()  # what follows "z" comes before "a" in French
    sized = Q(signs__range=(length - slips, length + slips + CODES_LENGTH))
    return rows.filter(until, slug__gte=letter).annotate(signs=Length("slug")).filter(sized)


def compared(wanted: str, slugs: Iterable[str], slips: int) -> Iterable[tuple[str, int]]:
    """Give the addresses that are near a name, and how many slips away; articles do not count."""
    bare = _ARTICLE.sub("", wanted)
    letters = set(bare)
    for slug in slugs:
        name = _ARTICLE.sub("", _CODES.sub("", slug))
        # A slip changes two letters at most: this spares most of the counting.
        if abs(len(name) - len(bare)) <= slips and len(letters ^ set(name)) <= 2 * slips:
            same = len(commonprefix((bare, name)))  # noqa: RUF071 signs, not folders
            far = distance(bare[same:], name[same:], slips)
            if far <= slips:
                yield slug, far
