"""What the data sets may be asked for: what each parameter means, what it may be, what it keeps."""

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from django.db.models import Q
from django.utils import timezone
from pydantic import BeforeValidator, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from editorial.models import Publication, Support
from instances.models import Instance
from instances.standing import Standing
from roadmaps.forms.lists import STATUS_LABELS, STATUSES
from roadmaps.models import ActionListing, Roadmap, RoadmapListing
from territories.models import Collectivite, Kind

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
FIRST_DAY, LAST_DAY = dt.date(1970, 1, 1), dt.date(2200, 1, 1)  # of what a database compares with an instant


def day(value: Any) -> dt.date:
    """Read a day as ISO 8601 writes it, and no other way."""
    try:
        if DAY.fullmatch(str(value)):
            return dt.date.fromisoformat(str(value))
    except ValueError:
        pass
    raise PydanticCustomError("day", "écrivez un jour, comme 2026-05-31")


def text(pattern: str) -> Any:
    return Annotated[str, StringConstraints(pattern=pattern)]


Day = Annotated[dt.date, BeforeValidator(day), WithJsonSchema({"type": "string", "format": "date"})]
Slug = text("^[a-z0-9-]{1,120}$")
Code = text("^[0-9AB]{2,9}$")
Term = text("^[A-Za-z0-9_-]{1,20}$")
Number = text("^[0-9]{1,9}$")
EditionName = text("^[a-z0-9.-]{1,125}$")
WRITTEN = (
    (Day, "AAAA-MM-JJ"),
    (Slug, "lettres, chiffres et tirets"),
    (Code, "chiffres, et A ou B en Corse"),
    (Term, "un code de ce jeu"),
    (bool, "true ou false"),
)


@dataclass(frozen=True)
class Filter:
    """A parameter of a data set.

    Args:
        meaning: for whoever asks.
        kind: what it may be, as pydantic understands it.
        keep: gives the rows that answer a value.
        choices: the label of each value, where these are few.
    """

    meaning: str
    kind: Any
    keep: Callable[[Any, Any], Any]
    choices: dict[str, str] | None = None

    @property
    def values(self) -> str:
        """Say what may be written: « a-lancer (À lancer), en-cours (En cours) », or « AAAA-MM-JJ »."""
        if self.choices:
            return ", ".join(f"{value} ({label})" for value, label in self.choices.items())
        return next(words for kind, words in WRITTEN if kind is self.kind)


def one_of(meaning: str, choices: Iterable[tuple[str, Any]], keep: Callable[[Any, str], Any]) -> Filter:
    """Give a parameter whose values are few and known."""
    labels = {value: str(label) for value, label in choices}
    return Filter(meaning, Literal[tuple(labels)], keep, labels)


def equal(field: str) -> Callable[[Any, Any], Any]:
    return lambda rows, value: rows.filter(**{field: value})


def since(field: str) -> Callable[[Any, dt.date], Any]:
    """Keep what an instant dates from a day on, in Paris."""
    return lambda rows, day: rows.filter(**{f"{field}__gte": instant(day)})


def instant(day: dt.date) -> dt.datetime:
    known = min(max(day, FIRST_DAY), LAST_DAY)
    return timezone.make_aware(dt.datetime.combine(known, dt.time()))


def among(field: str, tied: Callable[[Any], Any]) -> Callable[[Any, Any], Any]:
    """Keep the rows of which a column is among the keys that a value leads to."""
    return lambda rows, value: rows.filter(**{f"{field}__in": tied(value)})


def carried_by(code: str) -> Any:
    places = Collectivite.objects.filter(Q(code=code) | Q(siren=code)).values("pk")
    ties = RoadmapListing.carriers.through.objects.filter(collectivite__in=places)
    return ties.order_by().values("roadmaplisting")


def in_departement(code: str) -> Any:
    ties = RoadmapListing.departements.through.objects.filter(collectivite__code=code)
    return ties.order_by().values("roadmaplisting")


def about_territory(code: str) -> Any:
    links = Instance.territories.through.objects
    return links.filter(Q(collectivite__code=code) | Q(collectivite__siren=code)).values("instance")


def of_term(model: Any, name: str) -> Callable[[str], Any]:
    """Give the keys of the rows of a list tied to a theme or a lever, by its code."""
    through, own = getattr(model, name).through, model._meta.model_name
    term = name.removesuffix("s")
    return lambda code: through.objects.filter(**{f"{term}__code": code}).values(own)


def supporting(slug: str) -> Any:
    return Support.objects.filter(roadmap__slug=slug, roadmap__listing__isnull=False).values("publication")


def said_since(rows: Any, day: dt.date) -> Any:
    return rows.filter(Q(listing__published_at__gte=instant(day)) | Q(said_on__gte=day))


def territory(keep: Callable[[Any, Any], Any], what: str) -> Filter:
    return Filter(f"Le code INSEE ou le SIREN d’une collectivité qui {what}.", Code, keep)


def departement(keep: Callable[[Any, Any], Any]) -> Filter:
    return Filter("Le code d’un département : 44, 2A.", Code, keep)


def theme(keep: Callable[[Any, Any], Any]) -> Filter:
    return Filter("Le code d’une thématique (jeu « thematiques »).", Term, keep)


def roadmap(keep: Callable[[Any, Any], Any]) -> Filter:
    return Filter("L’identifiant d’une feuille de route.", Slug, keep)


def body(keep: Callable[[Any, Any], Any]) -> Filter:
    return Filter("L’identifiant d’une instance.", Slug, keep)


LEVELS = [("1", "le plus haut"), ("2", "au-dessous"), ("3", "le plus bas")]
PUBLISHED = "Publiées ce jour-là ou depuis."
ROADMAPS = {
    "territoire": territory(among("pk", carried_by), "la porte"),
    "departement": departement(among("pk", in_departement)),
    "theme": theme(among("pk", of_term(RoadmapListing, "themes"))),
    "levier": Filter("Le code d’un levier (jeu « leviers »).", Term, among("pk", of_term(RoadmapListing, "levers"))),
    "type": one_of("Le type du document.", Roadmap.Kind.choices, equal("roadmap__kind")),
    "depuis": Filter(PUBLISHED, Day, since("published_at")),
}
EDITIONS = {
    "feuille_de_route": roadmap(equal("roadmap__slug")),
    "territoire": territory(among("roadmap", carried_by), "la porte"),
    "depuis": Filter(PUBLISHED, Day, since("published_at")),
}
OBJECTIVES = {
    "feuille_de_route": roadmap(equal("edition__roadmap__slug")),
    "territoire": territory(among("edition__roadmap", carried_by), "porte la feuille de route"),
    "niveau": one_of("Le niveau.", LEVELS, equal("depth")),
    "depuis": Filter("D’une édition publiée ce jour-là ou depuis.", Day, since("edition__published_at")),
}
ACTIONS = {
    "feuille_de_route": roadmap(equal("listing__roadmap__slug")),
    "territoire": territory(among("listing", carried_by), "porte la feuille de route"),
    "departement": departement(among("listing", in_departement)),
    "theme": theme(among("pk", of_term(ActionListing, "themes"))),
    "levier": Filter("Le code d’un levier (jeu « leviers »).", Term, among("pk", of_term(ActionListing, "levers"))),
    "terme": one_of("Court, moyen ou long terme.", ActionListing.Term.choices, equal("term")),
    "statut": one_of(
        "Ce que dit le dernier point d’étape.",
        [(value, STATUS_LABELS[value]) for value in STATUSES],
        lambda rows, value: rows.filter(status=STATUSES[value]),
    ),
    "depuis": Filter("Publiées, ou dont l’avancement a été dit, ce jour-là ou depuis.", Day, said_since),
}
INSTANCES = {
    "territoire": territory(among("pk", about_territory), "est couverte"),
    "theme": theme(
        among("pk", lambda code: Instance.themes.through.objects.filter(theme__code=code).values("instance"))
    ),
    "niveau": one_of("Le niveau.", Instance.Level.choices, equal("level")),
    "nature": one_of("La nature.", Instance.Kind.choices, equal("kind")),
}
SEATS = {
    "instance": body(equal("instance__slug")),
    "territoire": territory(among("instance", about_territory), "est couverte par l’instance"),
    "etat": one_of("Où il en est.", [one for one in Standing.choices if one[0] != Standing.CLOSED], equal("standing")),
}
MEETINGS = {
    "instance": body(equal("instance__slug")),
    "territoire": territory(among("instance", about_territory), "est couverte par l’instance"),
    "depuis": Filter("Tenues ce jour-là ou après.", Day, lambda rows, day: rows.filter(held_on__gte=day)),
}
POSITIONS = {
    "nature": one_of("La nature.", Publication.Kind.choices, equal("kind")),
    "theme": theme(
        among("pk", lambda code: Publication.themes.through.objects.filter(theme__code=code).values("publication"))
    ),
    "instance": body(lambda rows, slug: rows.filter(instance__in=Instance.objects.public().filter(slug=slug))),
    "feuille_de_route": roadmap(among("pk", supporting)),
    "depuis": Filter("Mises en ligne ce jour-là ou depuis.", Day, since("published_at")),
}
COLLECTIVITES = {
    "territoire": Filter(
        "Son code INSEE ou son SIREN.", Code, lambda rows, code: rows.filter(Q(code=code) | Q(siren=code))
    ),
    "departement": departement(lambda rows, code: rows.touching_departement(code)),
    "nature": one_of("La nature.", Kind.choices, equal("kind")),
    "avec_feuille_de_route": Filter(
        "« true » : celles qui en portent une ; « false » : les autres.",
        bool,
        lambda rows, wanted: getattr(rows, "filter" if wanted else "exclude")(
            pk__in=RoadmapListing.carriers.through.objects.values("collectivite")
        ),
    ),
}
