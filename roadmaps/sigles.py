"""The sigles that roadmaps of the social and solidarity economy use, and what they stand for."""

import re

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

SIGLES = {
    "AAP": "appel à projets",
    "ADEME": "Agence de l’environnement et de la maîtrise de l’énergie",
    "AMAP": "association pour le maintien d’une agriculture paysanne",
    "AMI": "appel à manifestation d’intérêt",
    "ARS": "agence régionale de santé",
    "BRS": "bail réel solidaire",
    "CAE": "coopérative d’activité et d’emploi",
    "CBE": "comité de bassin d’emploi",
    "CCAS": "centre communal d’action sociale",
    "CESER": "conseil économique, social et environnemental régional",
    "CIAS": "centre intercommunal d’action sociale",
    "COPIL": "comité de pilotage",
    "COTECH": "comité technique",
    "CRESS": "chambre régionale de l’économie sociale et solidaire",
    "CRTE": "contrat pour la réussite de la transition écologique",
    "CUMA": "coopérative d’utilisation de matériel agricole",
    "DLA": "dispositif local d’accompagnement",
    "DREETS": "direction régionale de l’économie, de l’emploi, du travail et des solidarités",
    "EBE": "entreprise à but d’emploi",
    "EHPAD": "établissement d’hébergement pour personnes âgées dépendantes",
    "EPCI": "établissement public de coopération intercommunale",
    "ESAT": "établissement et service d’accompagnement par le travail",
    "ESS": "économie sociale et solidaire",
    "ESUS": "entreprise solidaire d’utilité sociale",
    "ETP": "équivalent temps plein",
    "FEDER": "fonds européen de développement régional",
    "FSE": "fonds social européen",
    "GEIQ": "groupement d’employeurs pour l’insertion et la qualification",
    "IAE": "insertion par l’activité économique",
    "INSEE": "Institut national de la statistique et des études économiques",
    "LEADER": "liaison entre actions de développement de l’économie rurale",
    "MSA": "mutualité sociale agricole",
    "NEET": "jeune sans emploi, études ni formation",
    "ODD": "objectif de développement durable",
    "OFS": "organisme de foncier solidaire",
    "PAT": "projet alimentaire territorial",
    "PCAET": "plan climat-air-énergie territorial",
    "PETR": "pôle d’équilibre territorial et rural",
    "PLH": "programme local de l’habitat",
    "PLIE": "plan local pour l’insertion et l’emploi",
    "PTCE": "pôle territorial de coopération économique",
    "QPV": "quartier prioritaire de la politique de la ville",
    "RGPD": "règlement général sur la protection des données",
    "RSE": "responsabilité sociétale des entreprises",
    "SCIC": "société coopérative d’intérêt collectif",
    "SCOP": "société coopérative de production",
    "SCOT": "schéma de cohérence territoriale",
    "SIAE": "structure d’insertion par l’activité économique",
    "SPASER": "schéma de promotion des achats publics socialement et écologiquement responsables",
    "TPE": "très petite entreprise",
    "TZCLD": "territoires zéro chômeur de longue durée",
}
_WORD = re.compile(r"\b[A-ZÉ]{3,}\b")
_PIECE = re.compile(r"<(?P<end>/?)(?P<name>\w+)[^>]*>|[^<]+")
# Where an explanation would be in the way: what is a name, a link, or explained already.
_APART = {"a", "abbr", "button", "caption", "h1", "h2", "h3", "h4", "h5", "h6", "summary", "th"}


def sigles_used(text: str) -> list[tuple[str, str]]:
    """Give the known sigles that a text uses, in the order of the alphabet, each with what it stands for."""
    return [(sigle, SIGLES[sigle]) for sigle in sorted({*_WORD.findall(text)} & SIGLES.keys())]


class FirstUses:
    """Explains each sigle where a page first says it.

    One for a page: its texts go through ``explained`` in the order in which they are read.
    """

    def __init__(self) -> None:
        self.said: set[str] = set()

    def explained(self, text: str) -> SafeString:
        """Give a text with the sigles that it is the first to say explained; those in links and headings wait.

        Args:
            text: HTML that may be trusted, or plain words, which are escaped. What was explained stays as it is.
        """
        trusted = conditional_escape(text)
        if not {*_WORD.findall(trusted)} & SIGLES.keys() - self.said:
            return trusted
        apart: list[str] = []

        def piece(found: re.Match[str]) -> str:
            name = found["name"]
            if name is None:
                if "abbr" in apart:
                    self.said.add(found[0])
                return found[0] if apart else _WORD.sub(self._word, found[0])
            if found["end"] and apart and apart[-1] == name:
                apart.pop()
            elif name in _APART and not found["end"]:
                apart.append(name)
            return found[0]

        return SafeString(_PIECE.sub(piece, trusted))

    def _word(self, found: re.Match[str]) -> str:
        sigle = found[0]
        if sigle not in SIGLES or sigle in self.said:
            return sigle
        self.said.add(sigle)
        return format_html('<abbr title="{}">{}</abbr>', SIGLES[sigle], sigle)
