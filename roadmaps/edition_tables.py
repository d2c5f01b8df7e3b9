"""An edition as sheets: what its open data say (`roadmaps.open_data`), with the same identifiers, a line a thing."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.html import strip_tags

from publishing.tables import About, Column, Table
from roadmaps.criteria import LEADS
from roadmaps.models import ActionActor

SEVERAL = "; "
UID = "Il reste le même d’une édition à l’autre."
DATE = "Année, mois ou jour."
LEAD_LABELS = {str(ActionActor.Role(role).label) for role in LEADS}

ACTIONS = {
    "identifiant": Column("Identifiant", UID),
    "objectif": Column("Objectif", "L’identifiant de l’objectif dont elle dépend."),
    "code": Column("Code", "Tel qu’imprimé dans le document."),
    "intitule": Column("Intitulé"),
    "resume": Column("Résumé"),
    "description": Column("Description", "Le texte, sans sa mise en forme."),
    "horizon": Column("Horizon", "L’identifiant de l’horizon, dans la feuille « Horizons »."),
    "debut": Column("Début", DATE),
    "fin": Column("Fin", DATE),
    "recurrente": Column("Récurrente", "« oui » si elle revient chaque année."),
    "priorite": Column("Priorité"),
    "besoin_economique": Column("Besoin économique", "« oui » si elle y répond."),
    "besoin_social": Column("Besoin social", "« oui » si elle y répond."),
    "besoin_environnemental": Column("Besoin environnemental", "« oui » si elle y répond."),
    "leviers": Column("Leviers"),
    "thematiques": Column("Thématiques"),
    "familles_ess": Column("Familles de l’ESS", "Celles de la loi du 31 juillet 2014."),
    "objectifs_developpement_durable": Column("Objectifs de développement durable", "Ceux des Nations unies."),
    "pilotes": Column("Pilotes", "Les organismes qui la pilotent ou la portent."),
    "autres_acteurs": Column("Autres acteurs", "Co-pilotes, partenaires et financeurs."),
    "public_vise": Column("Public visé"),
    "elu_referent": Column("Élu·e référent·e"),
    "moyens": Column("Moyens"),
    "livrables": Column("Livrables"),
    "actions_liees": Column("Actions liées", "Leurs identifiants."),
    "source": Column("Source"),
}
OBJECTIVES = {
    "identifiant": Column("Identifiant", UID),
    "parent": Column("Parent", "L’identifiant de l’objectif auquel il se rattache."),
    "code": Column("Code", "Tel qu’imprimé dans le document."),
    "intitule": Column("Intitulé"),
    "texte": Column("Texte", "Sans sa mise en forme."),
    "source": Column("Source"),
}
HORIZONS = {
    "identifiant": Column("Identifiant", UID),
    "libelle": Column("Libellé"),
    "premiere_annee": Column("Première année"),
    "derniere_annee": Column("Dernière année"),
}
INDICATORS = {
    "identifiant": Column("Identifiant", UID),
    "objectif": Column("Objectif", "L’identifiant de l’objectif qu’il suit."),
    "action": Column("Action", "L’identifiant de l’action qu’il suit."),
    "libelle": Column("Libellé"),
    "unite": Column("Unité"),
    "valeur_depart": Column("Valeur de départ"),
    "annee_depart": Column("Année de départ"),
    "cible": Column("Cible"),
    "annee_cible": Column("Année de la cible"),
    "perimetre": Column("Périmètre"),
    "source": Column("Source"),
}
MEASURES = {
    "indicateur": Column("Indicateur", "Son identifiant."),
    "date": Column("Date", DATE),
    "valeur": Column("Valeur"),
    "source": Column("Source"),
    "precision": Column("Précision"),
}
FUNDINGS = {
    "action": Column("Action", "L’identifiant de l’action financée."),
    "annee": Column("Année"),
    "nature": Column("Nature"),
    "financeur": Column("Financeur"),
    "montant": Column("Montant", "En euros ; en équivalents temps plein pour cette nature."),
    "etat": Column("État", "Prévu, accordé ou réalisé."),
    "precision": Column("Précision"),
}
STEPS = {
    "action": Column("Action", "L’identifiant de l’action."),
    "intitule": Column("Intitulé"),
    "echeance": Column("Échéance", DATE),
    "faite_le": Column("Faite le", DATE),
}


def edition_tables(data: dict[str, Any]) -> list[Table]:
    """Lay out the open data of an edition: its actions first, which are all that a CSV file holds."""
    actions, indicators = data["actions"], data["indicateurs"]
    return [
        Table("Actions", ACTIONS, map(action_line, actions)),
        Table("Objectifs", OBJECTIVES, map(told, data["objectifs"])),
        Table("Horizons", HORIZONS, data["horizons"]),
        Table("Indicateurs", INDICATORS, indicators),
        Table("Relevés", MEASURES, belongings(indicators, "releves", "indicateur")),
        Table("Financements", FUNDINGS, belongings(actions, "financements", "action")),
        Table("Étapes", STEPS, belongings(actions, "etapes", "action")),
    ]


def about_edition(data: dict[str, Any]) -> About:
    """Say what the file is; a draft has no licence."""
    roadmap, edition = data["feuille_de_route"], data["edition"]
    carriers = (
        f"{one['nom']} ({code})" if (code := one["siren"] or one["code_insee"]) else one["nom"]
        for one in roadmap["collectivites"]
    )
    return About(
        {
            "Feuille de route": roadmap["titre"],
            "Identifiant": roadmap["identifiant"],
            "Collectivités": SEVERAL.join(carriers),
            "Édition": f"{edition['numero']}, {edition['etat']}",
            "Publiée le": edition["publiee_le"] or "",
            "Producteur": data["producteur"],
            "Licence": f"Licence Ouverte 2.0, {data['licence']}" if data["licence"] else "Brouillon, à ne pas diffuser",
            "Adresse": data["adresse"],
        }
    )


def action_line(action: dict[str, Any]) -> dict[str, Any]:
    actors = action["acteurs"]
    return told(action) | {
        "pilotes": named(one for one in actors if one["role"] in LEAD_LABELS),
        "autres_acteurs": named(one for one in actors if one["role"] not in LEAD_LABELS),
    }


def belongings(owners: Iterable[dict[str, Any]], name: str, owner: str) -> Iterator[dict[str, Any]]:
    """Give the rows that belong to others, each with the identifier of its owner."""
    for one in owners:
        for row in one[name]:
            yield told(row) | {owner: one["identifiant"]}


def told(row: dict[str, Any]) -> dict[str, Any]:
    """Give the values of a row as cells say them."""
    return {name: cell(name, value) for name, value in row.items()}


def cell(name: str, value: Any) -> Any:
    if isinstance(value, list):
        return SEVERAL.join(one["libelle"] if isinstance(one, dict) else str(one) for one in value if is_told(one))
    if isinstance(value, dict):
        return value.get("nom", "")
    return plain_text(value) if name in {"texte", "description"} and value else value


def is_told(value: Any) -> bool:
    return not isinstance(value, dict) or "libelle" in value


def plain_text(html: str) -> str:
    """Give a rich text without its marks, a line a paragraph."""
    return strip_tags(html.replace("</p>", "</p>\n").replace("</li>", "</li>\n")).strip()


def named(actors: Iterable[dict[str, Any]]) -> str:
    return SEVERAL.join(dict.fromkeys(one["organisme"]["nom"] for one in actors))
