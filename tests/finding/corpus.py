"""A small register of things to find, said in so many words: what is found in it is pinned in literal lists."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from finding.index import SOURCES, Kind, Offer, Source, replace


@dataclass
class Thing:
    """An owner of entries that is no row of the database."""

    pk: int
    offers: list[Offer] = field(default_factory=list)


class Things(list):
    """What stands for a query set."""

    def iterator(self, chunk_size: int):
        return iter(self)

    def filter(self, pk__in):
        return [thing for thing in self if thing.pk in pk__in]


def said(kind: str, name: str, title: str, summary: str = "", text: str = "", **more: object) -> Offer:
    return Offer(kind, f"/{name}/", title, summary=summary, text=text, **more)


def at(year: int) -> datetime:
    return datetime(year, 1, 1, tzinfo=UTC)


CORPUS = [
    Thing(1, [
        said("roadmap", "nantes", "Feuille de route ESS", "Soutenir l’économie sociale et solidaire.", at=at(2026)),
        said("action", "tiers-lieu", "Ouvrir un tiers-lieu", "Un lieu pour l’emploi.", "Des coopératives y sont."),
        said("action", "coop", "Soutenir les coopératives", text="Le financement des SCOP et des SCIC.", at=at(2024)),
        said("action", "scic", "Créer une coopérative d’habitants", text="Logement abordable.", at=at(2025)),
    ]),
    Thing(2, [
        said("page", "pourquoi", "Pourquoi une politique ESS", "L’économie locale d’abord.", "Coopératives, emplois."),
        said("page", "methode", "La méthode", text="Solidaire et sociale, l’économie se construit à plusieurs."),
    ]),
]  # fmt: skip


def source() -> Source:
    """Take the place of all the sources, for a test that puts them back (`conftest.py`)."""
    SOURCES.clear()
    kinds = (Kind("roadmap", "Feuille de route", "Feuilles de route", 6), Kind("page", "Page", "Pages", 6),
             Kind("action", "Action", "Actions", 3, is_bulk=True))  # fmt: skip
    return Source("thing", kinds, lambda: Things(CORPUS), lambda thing: thing.offers)


def write() -> Source:
    things = source()
    for thing in CORPUS:
        replace(things.owner(thing.pk), things.entries(thing))
    return things
