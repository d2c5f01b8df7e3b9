"""What the public lists find, as tables to take away: a line a roadmap or an action, with stable identifiers.

A roadmap is known by its address, an action by its uid, which are the same through all the editions; a collectivité by
its SIREN or its INSEE code.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone

from publishing.tables import About, Column, Table
from roadmaps.cards import BASE, NEEDS, is_late, status_label
from roadmaps.criteria import LEADS
from roadmaps.models import ActionActor, ActionListing, Lever, RoadmapListing, Theme
from roadmaps.open_data import LICENCE, body

CHUNK = 500
# As plain lists: asking the manager of each row again costs more than all the rest.
TERMS = (
    Prefetch("themes", Theme.objects.only("label", "position"), to_attr="its_themes"),
    Prefetch("levers", Lever.objects.only("label", "position"), to_attr="its_levers"),
)

ROADMAP_COLUMNS = {
    "identifiant": Column("Identifiant", "Le nom de la feuille de route dans son adresse ; il ne change jamais."),
    "titre": Column("Titre"),
    "type": Column("Type", "Feuille de route, plan d’actions, plan transversal ou stratégie."),
    "collectivite": Column("Collectivité", "Le nom officiel de la collectivité qui la porte."),
    "nature": Column("Nature", "La nature de cette collectivité."),
    "siren": Column("SIREN", "Le SIREN de cette collectivité, s’il est connu."),
    "code_insee": Column("Code INSEE", "Le code officiel géographique d’une commune, d’un département, d’une région."),
    "autres_porteuses": Column(
        "Autres porteuses", "Les collectivités qui la portent avec elle, et leur code.", list[str]
    ),
    "departements": Column(
        "Départements", "Les codes des départements où sont les collectivités porteuses.", list[str]
    ),
    "premiere_annee": Column("Première année", "Le début de la période de l’édition en vigueur.", int),
    "derniere_annee": Column("Dernière année", "La fin de cette période.", int),
    "etat": Column("État", "Où en est cette période le jour du fichier : à venir, en cours ou échue."),
    "edition": Column("Édition", "Le numéro de l’édition en vigueur.", int),
    "publiee_le": Column("Publiée le", "Le jour de publication de cette édition.", dt.date),
    "actions": Column("Actions", "Le nombre d’actions de cette édition.", int),
    "thematiques": Column("Thématiques", "Celles de ses actions.", list[str]),
    "leviers": Column("Leviers", "Ceux de ses actions.", list[str]),
    "ambition": Column("Ambition"),
    "exemple_fictif": Column("Exemple fictif", "« oui » : le document est inventé, pour la démonstration.", bool),
    "adresse": Column("Adresse", "La page de la feuille de route."),
}
ACTION_COLUMNS = {
    "identifiant": Column("Identifiant", "Il reste le même d’une édition à l’autre."),
    "code": Column("Code", "Tel qu’imprimé dans le document."),
    "intitule": Column("Intitulé"),
    "resume": Column("Résumé"),
    "feuille_de_route": Column("Feuille de route", "L’identifiant de la feuille de route."),
    "titre_feuille_de_route": Column("Titre de la feuille de route"),
    "collectivite": Column("Collectivité", "Le nom officiel de la collectivité qui la porte."),
    "siren": Column("SIREN", "Le SIREN de cette collectivité, s’il est connu."),
    "code_insee": Column("Code INSEE", "Le code officiel géographique d’une commune, d’un département, d’une région."),
    "objectif": Column("Objectif", "L’intitulé de l’objectif dont elle dépend."),
    "horizon": Column("Horizon", "Tel que le document le nomme."),
    "terme": Column("Terme", "Court, moyen ou long terme, d’après l’horizon ou l’échéance."),
    "debut": Column("Début", "Année, mois ou jour."),
    "fin": Column("Fin", "Année, mois ou jour."),
    "echeance": Column("Échéance", "Le dernier jour de la fin, ou de l’horizon.", dt.date),
    "besoin_economique": Column("Besoin économique", "« oui » si elle y répond.", bool),
    "besoin_social": Column("Besoin social", "« oui » si elle y répond.", bool),
    "besoin_environnemental": Column("Besoin environnemental", "« oui » si elle y répond.", bool),
    "thematiques": Column("Thématiques", kind=list[str]),
    "leviers": Column("Leviers", kind=list[str]),
    "pilotes": Column("Pilotes", "Les organismes qui la pilotent ou la portent.", list[str]),
    "partenaires": Column("Autres acteurs", "Co-pilotes, partenaires et financeurs.", list[str]),
    "statut": Column("Statut", "Ce que dit le dernier point d’étape."),
    "dit_le": Column("Dit le", "Le jour de ce point d’étape.", dt.date),
    "en_retard": Column("En retard", "« oui » : elle devrait être faite le jour du fichier, et ne l’est pas.", bool),
    "adresse": Column("Adresse", "La page de l’action."),
}


def about(title: str, address: str) -> About:
    """Say what a file is, whose, of which day, and what may be done with it."""
    return About(
        {
            "titre": title,
            "producteur": settings.CRESS_NAME,
            "licence": f"Licence Ouverte 2.0, {LICENCE}",
            "date": timezone.localdate().isoformat(),
            "adresse": settings.PUBLIC_URL + address,
        }
    )


def roadmap_table(listed: Any, today: dt.date) -> Table:
    """Lay out the roadmaps that a list found."""
    return Table("Feuilles de route", ROADMAP_COLUMNS, roadmap_lines(listed, today))


def roadmap_lines(listed: Any, today: dt.date) -> Iterator[dict[str, Any]]:
    base = settings.PUBLIC_URL + reverse(BASE)
    loaded = listed.select_related("roadmap__collectivite", "edition").prefetch_related(
        Prefetch("roadmap__co_carriers", to_attr="others"),
        Prefetch("departements", to_attr="places"),
        *TERMS,
    )
    for row in loaded.annotate(state=RoadmapListing.state_on(today.year)).iterator(CHUNK):
        roadmap = row.roadmap
        carrier = body(roadmap.collectivite)
        yield {
            "identifiant": roadmap.slug,
            "titre": roadmap.title,
            "type": roadmap.get_kind_display(),
            "collectivite": carrier["nom"],
            "nature": carrier["nature"],
            "siren": carrier["siren"],
            "code_insee": carrier["code_insee"],
            "autres_porteuses": [f"{one.name} ({one.code})" if one.code else one.name for one in roadmap.others],
            "departements": sorted(one.code for one in row.places),
            "premiere_annee": row.period_start,
            "derniere_annee": row.period_end,
            "etat": str(RoadmapListing.State(row.state).label),
            "edition": row.edition.number,
            "publiee_le": timezone.localtime(row.published_at).date(),
            "actions": row.action_count,
            "thematiques": labels(row.its_themes),
            "leviers": labels(row.its_levers),
            "ambition": roadmap.ambition,
            "exemple_fictif": roadmap.is_fictional,
            "adresse": f"{base}{roadmap.slug}/",
        }


def action_table(listed: Any, today: dt.date) -> Table:
    """Lay out the actions that a list found."""
    return Table("Actions", ACTION_COLUMNS, action_lines(listed, today))


def action_lines(listed: Any, today: dt.date) -> Iterator[dict[str, Any]]:
    base = settings.PUBLIC_URL + reverse(BASE)
    actors = ActionActor.objects.select_related("organisation").order_by("position", "pk")
    loaded = (
        listed.select_related("action__horizon", "action__objective", "listing__roadmap__collectivite")
        .defer("search", "action__description", "action__means", "action__internal_note", "action__objective__text")
        .prefetch_related(Prefetch("action__actors", actors, to_attr="everyone"), *TERMS)
    )
    for row in loaded.iterator(CHUNK):
        action, roadmap = row.action, row.listing.roadmap
        carrier = body(roadmap.collectivite)
        yield {
            "identifiant": action.uid,
            "code": action.code,
            "intitule": action.title,
            "resume": action.summary,
            "feuille_de_route": roadmap.slug,
            "titre_feuille_de_route": roadmap.title,
            "collectivite": carrier["nom"],
            "siren": carrier["siren"],
            "code_insee": carrier["code_insee"],
            "objectif": str(action.objective),
            "horizon": str(action.horizon or ""),
            "terme": row.get_term_display() if row.term != ActionListing.Term.UNKNOWN else "",
            "debut": action.starts_on and action.starts_on.iso,
            "fin": action.ends_on and action.ends_on.iso,
            "echeance": row.due_on,
            **{f"besoin_{label.rpartition(' ')[2]}".replace("é", "e"): getattr(row, name)
               for name, label in NEEDS.items()},
            "thematiques": labels(row.its_themes),
            "leviers": labels(row.its_levers),
            "pilotes": named(one for one in action.everyone if one.role in LEADS),
            "partenaires": named(one for one in action.everyone if one.role not in LEADS),
            "statut": status_label(row.status),
            "dit_le": row.said_on,
            "en_retard": is_late(row, today),
            "adresse": f"{base}{roadmap.slug}/actions/{action.uid}/",
        }  # fmt: skip


def labels(terms: list[Any]) -> list[str]:
    return [term.label for term in terms]


def named(actors: Iterator[ActionActor]) -> list[str]:
    return list(dict.fromkeys(actor.organisation.name for actor in actors))
