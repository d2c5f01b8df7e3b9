"""An edition as open data: all that its public page says, and nothing else, as JSON of which each byte is settled.

The tables below name what is public: a field that they do not name stays in the portal. Rows are known by their uid,
the same from edition to edition; organisations by their name and, for a collectivité, its SIREN and INSEE code.
"""

import hashlib
import json
from decimal import Decimal
from typing import Any, cast

from django.conf import settings
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone

from people.models import Organisation
from roadmaps.models import (
    Action,
    ActionActor,
    Annex,
    Edition,
    EssFamily,
    Funding,
    Horizon,
    Indicator,
    KeyFigure,
    Lever,
    Measure,
    Milestone,
    Objective,
    RoadmapActor,
    Section,
    Step,
    SustainableGoal,
    Theme,
)
from roadmaps.models.terms import Term
from roadmaps.snapshots import Snapshot, name_of, plain, taken, whole
from territories.models import Collectivite
from ui.rich_text import RichTextField, sanitise

FORMAT = "feuille-de-route-ess/1"
LICENCE = "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"
MIME_TYPE = "application/json"

SIREN_LENGTH = 9
Row = dict[str, Any]

PUBLIC: dict[type[Model], dict[str, str]] = {
    Edition: {
        "foreword": "edito", "foreword_author": "signature_edito", "caveat": "avertissement",
        "change_note": "ce_qui_change", "sources": "sources",
    },
    Milestone: {
        "kind": "etape", "title": "intitule", "held_on": "date", "place": "lieu", "participants": "participants",
        "description": "description", "source": "source",
    },
    RoadmapActor: {"organisation": "organisme", "role": "role"},
    Section: {"uid": "identifiant", "kind": "nature", "title": "titre", "body": "texte"},
    Horizon: {
        "uid": "identifiant", "label": "libelle", "first_year": "premiere_annee", "last_year": "derniere_annee",
    },
    KeyFigure: {
        "uid": "identifiant", "label": "libelle", "value": "valeur", "unit": "unite", "year": "annee",
        "scope": "perimetre", "source": "source",
    },
    Objective: {
        "uid": "identifiant", "parent": "parent", "code": "code", "title": "intitule",
        "text": "texte", "source": "source",
    },
    Action: {
        "uid": "identifiant", "objective": "objectif", "code": "code", "title": "intitule", "summary": "resume",
        "description": "description", "horizon": "horizon", "starts_on": "debut", "ends_on": "fin",
        "is_recurring": "recurrente", "priority": "priorite", "answers_economic_need": "besoin_economique",
        "answers_social_need": "besoin_social", "answers_environmental_need": "besoin_environnemental",
        "levers": "leviers", "themes": "thematiques", "families": "familles_ess",
        "goals": "objectifs_developpement_durable", "audience": "public_vise",
        "elected_referent": "elu_referent", "means": "moyens", "deliverables": "livrables",
        "linked_actions": "actions_liees", "source": "source",
    },
    ActionActor: {"organisation": "organisme", "role": "role"},
    Funding: {
        "year": "annee", "nature": "nature", "funder": "financeur", "amount": "montant", "status": "etat",
        "note": "precision",
    },
    Step: {"title": "intitule", "due_on": "echeance", "done_on": "faite_le"},
    Indicator: {
        "uid": "identifiant", "objective": "objectif", "action": "action", "label": "libelle", "unit": "unite",
        "baseline": "valeur_depart", "baseline_year": "annee_depart", "target": "cible", "target_year": "annee_cible",
        "scope": "perimetre", "source": "source",
    },
    Measure: {"measured_on": "date", "value": "valeur", "source": "source", "note": "precision"},
    Annex: {"uid": "identifiant", "title": "titre", "body": "texte"},
}  # fmt: skip
OWNERS: dict[type[Model], tuple[str, str]] = {  # the column that names it, and the list where its rows stand
    ActionActor: ("action", "acteurs"),
    Funding: ("action", "financements"),
    Step: ("action", "etapes"),
    Measure: ("indicator", "releves"),
}
VOCABULARIES: dict[str, type[Term]] = {
    "levers": Lever,
    "themes": Theme,
    "families": EssFamily,
    "goals": SustainableGoal,
}


def open_data(edition: Edition) -> Row:
    """Give all that an edition says in public, as plain values that JSON knows.

    Args:
        edition: with its roadmap and its collectivité loaded.
    """
    return Publication(edition).contents()


def open_data_bytes(edition: Edition) -> bytes:
    """Write an edition’s open data: what says the same is written in the same bytes, on any day and machine."""
    return (json.dumps(open_data(edition), ensure_ascii=False, indent=1) + "\n").encode()


def sha256_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


class Publication:
    """The taking of one edition: its rows, and the names of what they point at."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.roadmap = edition.roadmap
        self.snapshot: Snapshot = whole(edition)
        own = {"roadmap": self.roadmap}
        for model in (RoadmapActor, Milestone):
            self.snapshot[name_of(model)] = taken(model._default_manager.filter(**own))
        self.organisations = self._organisations()
        self.labels = {
            name: dict(terms._default_manager.values_list("code", "label")) for name, terms in VOCABULARIES.items()
        }

    def contents(self) -> Row:
        return {
            "format": FORMAT,
            "licence": LICENCE if self.edition.is_published else "",
            "producteur": settings.CRESS_NAME,
            "adresse": settings.PUBLIC_URL + self.edition.get_absolute_url(),
            "feuille_de_route": self._roadmap(),
            "edition": self._edition(),
            "horizons": self._rows(Horizon),
            "chiffres_cles": self._rows(KeyFigure),
            "sections": self._rows(Section),
            "objectifs": self._rows(Objective),
            "actions": self._with_own(Action, ActionActor, Funding, Step),
            "indicateurs": self._with_own(Indicator, Measure),
            "annexes": self._annexes(),
        }

    def _roadmap(self) -> Row:
        roadmap = self.roadmap
        return {
            "identifiant": roadmap.slug,
            "titre": roadmap.title,
            "type": roadmap.get_kind_display(),
            "ambition": roadmap.ambition,
            "exemple_fictif": roadmap.is_fictional,
            "collectivites": [body(carrier) for carrier in roadmap.carriers],
            "referent_cress": str(roadmap.referent) if roadmap.referent else None,
            "acteurs": self._rows(RoadmapActor),
            "demarche": self._rows(Milestone),
        }

    def _edition(self) -> Row:
        edition = self.edition
        published_at = edition.published_at and timezone.localtime(edition.published_at)
        return {
            "numero": edition.number,
            "etat": "publiée" if published_at else "en préparation",
            "publiee_le": published_at.date().isoformat() if published_at else None,
            "premiere_annee": edition.period_start,
            "derniere_annee": edition.period_end,
            "niveaux": edition.level_names,
            "adoptee_le": plain(edition.adopted_on),
            "adoptee_par": edition.adopted_by,
            "deliberation": edition.deliberation_number,
            "fichier_deliberation": self._address("deliberation-file") if edition.deliberation else None,
            **self._rows(Edition)[0],
        }

    def _annexes(self) -> list[Row]:
        rows = self._rows(Annex)
        for row, values in zip(rows, self.snapshot.get(name_of(Annex), []), strict=True):
            row["fichier"] = self._address("annex-file", row["identifiant"]) if values["file"] else None
        return rows

    def _address(self, name: str, *ends: str) -> str:
        return settings.PUBLIC_URL + reverse(name, args=[self.roadmap.slug, self.edition.number, *ends])

    def _rows(self, model: type[Model]) -> list[Row]:
        return [self._public(model, row) for row in self.snapshot.get(name_of(model), [])]

    def _with_own(self, model: type[Model], *belongings: type[Model]) -> list[Row]:
        """Give the rows of a model, each with the lists of those that belong to it."""
        rows = {row["identifiant"]: row for row in self._rows(model)}
        for part in belongings:
            owner, name = OWNERS[part]
            for row in rows.values():
                row[name] = []
            for values in self.snapshot.get(name_of(part), []):
                rows[values[owner]][name].append(self._public(part, values))
        return list(rows.values())

    def _public(self, model: type[Model], values: Row) -> Row:
        return {public: self._said(model, name, values[name]) for name, public in PUBLIC[model].items()}

    def _said(self, model: type[Model], name: str, value: Any) -> Any:
        """Give the public form of a value: a choice by its label, a term by its code and label."""
        field = cast("Any", model._meta.get_field(name))
        if name in VOCABULARIES:
            return [{"code": code, "libelle": self.labels[name][code]} for code in value]
        if field.related_model is Organisation:
            return self.organisations[value] if value else None
        if field.choices and isinstance(value, str):
            return dict(field.choices).get(value, "")
        if field.get_internal_type() == "DecimalField" and value is not None:
            return number(value)
        return sanitise(value) if isinstance(field, RichTextField) else value

    def _organisations(self) -> dict[str, Row]:
        """Give the organisations that are named, by name, in one query."""
        named = {
            row[field]
            for model, field in ((RoadmapActor, "organisation"), (ActionActor, "organisation"), (Funding, "funder"))
            for row in self.snapshot.get(name_of(model), [])
        }
        found = Organisation.objects.filter(name__in=named - {None}).select_related("collectivite")
        return {
            one.name: {"nom": one.name, "collectivite": body(one.collectivite) if one.collectivite else None}
            for one in found
        }


def body(collectivite: Collectivite) -> Row:
    """Name a collectivité as other data sets know it."""
    is_known_by_siren = collectivite.code == collectivite.siren or len(collectivite.code) == SIREN_LENGTH
    return {
        "nom": collectivite.name,
        "nature": collectivite.get_kind_display(),
        "siren": collectivite.siren or (collectivite.code if is_known_by_siren else ""),
        "code_insee": "" if is_known_by_siren else collectivite.code,
    }


def number(text: str) -> int | float:
    value = Decimal(text)
    return int(value) if value == value.to_integral_value() else float(value)
