"""The positions as a table, one line each."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from editorial.models import Publication
from editorial.position import Position, public_supports
from publishing.tables import Column, Table
from ui.rich_text import plain

COLUMNS = {
    "uid": "Identifiant",
    "kind": "Nature",
    "title": "Titre",
    "date": "Date",
    "summary": "Résumé",
    "body": "Texte",
    "signatories": "Signataires",
    "recipients": "Destinataires",
    "themes": "Thématiques",
    "instance": "Portée dans",
    "meeting": "Séance",
    "supports": "Soutient",
    "answer": "Réponse",
    "answer_on": "Date de la réponse",
    "target": "Public interrogé",
    "opens_on": "Ouverte le",
    "closes_on": "Close le",
    "answers_count": "Nombre de réponses",
    "source": "Source",
    "source_url": "Adresse de la source",
    "is_fictional": "Exemple fictif",
    "url": "Adresse",
}
SEVERAL = "; "


def table_of(found: Iterable[Publication]) -> Table:
    """Give a line a position.

    Args:
        found: those that are online, with their content.
    """
    rows = list(found)
    told = public_supports(one for row in rows for one in row.supports.all())
    columns = {key: Column(label) for key, label in COLUMNS.items()}
    return Table("Prises de position", columns, [line_of(Position(row), told) for row in rows])


def line_of(position: Position, told: dict[tuple[int, str], dict[str, Any]]) -> dict[str, Any]:
    row: Any = position.row  # whose partial dates are no plain texts
    said = ("summary", "answer", "target", "answers_count", "source", "source_url")
    return {name: getattr(row, name) for name in said} | {
        "uid": row.draft.uid if row.draft else row.uid,
        "kind": position.kind,
        "title": position.title,
        "date": row.dated_on.iso if row.dated_on else "",
        "body": plain(row.body),
        "signatories": SEVERAL.join(one["name"] for one in position.signatories),
        "recipients": SEVERAL.join(one["name"] for one in position.recipients),
        "themes": SEVERAL.join(theme.label for theme in row.themes.all()),
        "instance": str(position.instance or ""),
        "meeting": position.meeting.held_on.isoformat() if position.meeting else "",
        "supports": SEVERAL.join(
            settings.PUBLIC_URL + told[one.roadmap_id, one.uid]["url"]
            for one in row.supports.all()
            if (one.roadmap_id, one.uid) in told
        ),
        "answer_on": row.answer_on.iso if row.answer_on else "",
        "opens_on": row.opens_on.isoformat() if row.opens_on else "",
        "closes_on": row.closes_on.isoformat() if row.closes_on else "",
        "is_fictional": "oui" if row.is_fictional else "",
        "url": position.online_url,
    }
