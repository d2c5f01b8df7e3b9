"""The positions as a table, one line each."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings

from editorial.models import Publication
from editorial.position import Position, public_supports
from publishing.tables import Column, Table
from ui.rich_text import plain

COLUMNS = {
    "identifiant": Column("Identifiant", "Il ne change jamais."),
    "nature": Column("Nature"),
    "titre": Column("Titre"),
    "date": Column("Date", "Année, mois ou jour."),
    "resume": Column("Résumé"),
    "texte": Column("Texte", "Le texte, sans sa mise en forme."),
    "signataires": Column("Signataires", "De qui elle est.", list[str]),
    "destinataires": Column("Destinataires", "À qui elle s’adresse.", list[str]),
    "thematiques": Column("Thématiques", kind=list[str]),
    "instance": Column("Portée dans", "Le nom de l’instance où elle a été portée."),
    "seance": Column("Séance", "Le jour de la séance où elle a été portée.", dt.date),
    "soutient": Column(
        "Soutient", "Les pages des feuilles de route, objectifs et actions qu’elle soutient.", list[str]
    ),
    "reponse": Column("Réponse", "Ce qui y a été répondu."),
    "date_reponse": Column("Date de la réponse", "Année, mois ou jour."),
    "public_interroge": Column("Public interrogé", "D’une enquête."),
    "ouverte_le": Column("Ouverte le", "Le premier jour de l’enquête.", dt.date),
    "close_le": Column("Close le", "Le dernier jour de l’enquête.", dt.date),
    "nombre_de_reponses": Column("Nombre de réponses", "À l’enquête.", int),
    "source": Column("Source", "Qui l’a publiée ou rapportée, si ce n’est la CRESS."),
    "adresse_de_la_source": Column("Adresse de la source"),
    "exemple_fictif": Column("Exemple fictif", "« oui » : le texte est inventé, pour la démonstration.", bool),
    "adresse": Column("Adresse", "Sa page."),
}


def table_of(found: Iterable[Publication]) -> Table:
    """Give a line a position.

    Args:
        found: those that are online, with their content.
    """
    rows = list(found)
    told = public_supports(one for row in rows for one in row.supports.all())
    return Table("Prises de position", COLUMNS, [line_of(Position(row), told) for row in rows])


def line_of(position: Position, told: dict[tuple[int, str], dict[str, Any]]) -> dict[str, Any]:
    row: Any = position.row  # whose partial dates are no plain texts
    return {
        "identifiant": row.draft.uid if row.draft else row.uid,
        "nature": position.kind,
        "titre": position.title,
        "date": row.dated_on and row.dated_on.iso,
        "resume": row.summary,
        "texte": plain(row.body),
        "signataires": [one["name"] for one in position.signatories],
        "destinataires": [one["name"] for one in position.recipients],
        "thematiques": [theme.label for theme in row.themes.all()],
        "instance": str(position.instance or ""),
        "seance": position.meeting and position.meeting.held_on,
        "soutient": [
            settings.PUBLIC_URL + told[one.roadmap_id, one.uid]["url"]
            for one in row.supports.all()
            if (one.roadmap_id, one.uid) in told
        ],
        "reponse": row.answer,
        "date_reponse": row.answer_on and row.answer_on.iso,
        "public_interroge": row.target,
        "ouverte_le": row.opens_on,
        "close_le": row.closes_on,
        "nombre_de_reponses": row.answers_count,
        "source": row.source,
        "adresse_de_la_source": row.source_url,
        "exemple_fictif": row.is_fictional,
        "adresse": position.online_url,
    }
