"""Three models of actions, invented, for a library that is not empty at first."""

from typing import Any

from people.models import User
from publishing.versions import new_uid
from roadmaps.library import TRAVELLING
from roadmaps.models import Action, Indicator, ModelAction, Step
from roadmaps.snapshots import Snapshot, name_of

NOTE = "Exemple fictif. {}"
MODELS: tuple[dict[str, Any], ...] = (
    {
        "title": "Ouvrir un guichet unique pour les porteurs de projets de l’ESS",
        "note": "À adapter : le lieu, les jours d’ouverture, les réseaux qui y tiennent une permanence.",
        "summary": "Un même lieu où un porteur de projet est accueilli, orienté, puis suivi jusqu’à l’immatriculation.",
        "needs": ("answers_economic_need", "answers_social_need"),
        "steps": ("Réunir les réseaux d’accompagnement", "Choisir le lieu", "Tenir les premières permanences"),
        "indicator": ("Porteurs de projets accueillis", "personnes"),
    },
    {
        "title": "Réserver des lots aux structures d’insertion dans les marchés publics",
        "note": "À préparer avec le service des achats, au moins six mois avant la consultation.",
        "summary": "Repérer les achats qui s’y prêtent, réserver des lots, former les acheteurs.",
        "needs": ("answers_economic_need", "answers_social_need"),
        "steps": ("Passer en revue les achats de l’année", "Former les acheteurs", "Publier la première consultation"),
        "indicator": ("Heures d’insertion réalisées", "heures"),
    },
    {
        "title": "Créer une ressourcerie portée par une association du territoire",
        "note": "Demande un local de 500 m² au moins et une convention avec le service des déchets.",
        "summary": "Collecter, réparer, revendre à petit prix ce qui partait à la déchèterie.",
        "needs": ("answers_social_need", "answers_environmental_need"),
        "steps": ("Étudier le gisement", "Trouver le local", "Signer la convention", "Ouvrir au public"),
        "indicator": ("Objets réemployés", "tonnes par an"),
    },
)


def fill_library(by: User) -> None:
    """Put the models in a library that holds none."""
    if not ModelAction.objects.exists():
        ModelAction.objects.bulk_create(
            ModelAction(title=one["title"], note=NOTE.format(one["note"]), content=content(one), kept_by=by)
            for one in MODELS
        )


def content(one: dict[str, Any]) -> Snapshot:
    """Write a model as the library keeps it."""
    uid = new_uid()
    fields = {field.name: field.get_default() for field in Action._meta.local_concrete_fields}
    fields |= {name: [] for name in ("levers", "themes", "families", "goals")}
    fields |= {"title": one["title"], "summary": one["summary"]} | dict.fromkeys(one["needs"], True)
    steps = [{"uid": new_uid(), "action": uid, "title": title, "position": n} for n, title in enumerate(one["steps"])]
    label, unit = one["indicator"]
    return {
        name_of(Action): [{"uid": uid} | {name: fields[name] for name in TRAVELLING[Action]}],
        name_of(Step): steps,
        name_of(Indicator): [{"uid": new_uid(), "action": uid, "label": label, "unit": unit, "position": 0}],
    }
