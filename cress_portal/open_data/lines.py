"""The lines of the data sets that no list of the portal lays out: each in a constant number of queries.

Only what a public page shows is in them: of a person, the name, the quality and the mandate.
"""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone

from editorial.exporting import table_of
from instances.models import Instance
from instances.register import tally
from instances.standing import Standing
from roadmaps.list_tables import CHUNK
from roadmaps.models import Edition, Roadmap
from ui.rich_text import plain

Line = dict[str, Any]


def address(name: str, *ends: Any) -> str:
    return settings.PUBLIC_URL + reverse(name, args=ends)


def editions(rows: Any) -> Iterator[Line]:
    for one in rows.select_related("roadmap", "listing").defer("foreword", "sources").iterator(CHUNK):
        slug = one.roadmap.slug
        yield {
            "identifiant": f"{slug}.{one.number}",
            "feuille_de_route": slug,
            "numero": one.number,
            "en_vigueur": hasattr(one, "listing"),
            "publiee_le": timezone.localdate(one.published_at),
            "premiere_annee": one.period_start,
            "derniere_annee": one.period_end,
            "niveaux": one.level_names,
            "adoptee_le": one.adopted_on and one.adopted_on.iso,
            "adoptee_par": one.adopted_by,
            "deliberation": one.deliberation_number,
            "ce_qui_change": one.change_note,
            "donnees": address("edition-data", slug, one.number),
            "adresse": settings.PUBLIC_URL + one.get_absolute_url(),
        }


def objectives(rows: Any) -> Iterator[Line]:
    for one in rows.select_related("edition__roadmap", "parent").defer("parent__text").iterator(CHUNK):
        edition: Edition = one.edition
        yield {
            "identifiant": one.uid,
            "feuille_de_route": edition.roadmap.slug,
            "parent": one.parent.uid if one.parent else "",
            "niveau": one.depth,
            "nom_du_niveau": dict(enumerate(edition.level_names, 1)).get(one.depth, ""),
            "code": one.code,
            "intitule": one.title,
            "texte": plain(one.text),
            "source": one.source,
            "adresse": address("objective-detail", edition.roadmap.slug, one.uid),
        }


def instances(rows: Any) -> Iterator[Line]:
    steered = Prefetch("roadmaps", Roadmap.objects.published().order_by("slug"), to_attr="steered")
    loaded = rows.select_related("parent").with_card(timezone.localdate()).prefetch_related("territories", "themes")
    for one in loaded.prefetch_related(steered).iterator(CHUNK):
        seats = tally(one.open_seats)
        yield {
            "identifiant": one.slug,
            "nom": one.name,
            "sigle": one.acronym,
            "niveau": one.get_level_display(),
            "nature": one.get_kind_display(),
            "organisee_par": [str(body) for body in one.organisers.all()],
            "territoires": [place.code or place.siren or place.name for place in one.territories.all()],
            "thematiques": [theme.label for theme in one.themes.all()],
            "mission": one.mission,
            "base_juridique": one.legal_basis,
            "frequence": one.frequency,
            "site": one.website,
            "sous_groupe_de": one.parent.slug if one.parent and one.parent.is_public else "",
            "feuilles_de_route": [roadmap.slug for roadmap in one.steered],
            "sieges": seats.total(),
            "sieges_vacants": seats[Standing.VACANT],
            "a_confirmer": one.is_to_confirm,
            "verifiee_le": one.verified_on,
            "dissoute_le": one.dissolved_on,
            "adresse": settings.PUBLIC_URL + one.get_absolute_url(),
        }


def seats(rows: Any) -> Iterator[Line]:
    """Give the lines of seats.

    Args:
        rows: read with their standing and who holds them (``standing_open``).
    """
    for seat in rows.select_related("instance").iterator(CHUNK):
        instance: Instance = seat.instance
        held = seat.mandate
        yield {
            "identifiant": str(seat.pk),
            "instance": instance.slug,
            "intitule": seat.label,
            "college": seat.college,
            "supplee": str(seat.alternate_of_id or ""),
            "voix": seat.get_voice_display(),
            "role_cress": seat.get_cress_role_display(),
            "etat": str(Standing(seat.standing).label),
            "personne": str(held.person) if held else "",
            "qualite": held.get_quality_display() if held else "",
            "au_titre_de": str(held.on_behalf_of or "") if held else "",
            "debut": held.starts_on if held else None,
            "echeance": held.term_on if held else None,
            "adresse": settings.PUBLIC_URL + instance.get_absolute_url(),
        }


def meetings(rows: Any) -> Iterator[Line]:
    for one in rows.select_related("instance").defer("minutes", "report_back").iterator(CHUNK):
        yield {
            "identifiant": one.uid,
            "instance": one.instance.slug,
            "intitule": one.title,
            "date": one.held_on,
            "debut": one.starts_at,
            "fin": one.ends_at,
            "lieu": one.place,
            "ordre_du_jour": one.agenda,
            "annulee": one.is_cancelled,
            "adresse": settings.PUBLIC_URL + one.instance.get_absolute_url(),
        }


def positions(rows: Any) -> Any:
    return table_of(rows.with_content()).lines


def terms(rows: Any) -> Iterator[Line]:
    for one in rows:
        yield {"code": one.code, "libelle": one.label}
