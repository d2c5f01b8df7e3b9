"""A position as everyone reads it: all that its page says, on screen and on paper, prepared once."""

from collections.abc import Iterable
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString

from editorial.models import Party, Publication, Result, Support
from instances.models import Instance, Meeting
from instances.subjects import told_subjects
from roadmaps.models import Roadmap
from roadmaps.sheets import figure
from ui.charts import Bars
from ui.rich_text import render
from ui.typography import day, number, plural

UNANSWERED = "Sans réponse à ce jour"


class Position:
    """The page of a position.

    Args:
        row: as it is online, or as it is written, given by ``with_content``.

    What the public may not read of (a body that is not public, a roadmap that is not published) is not in it.
    """

    def __init__(self, row: Publication) -> None:
        self.row = row
        self.title, self.summary, self.kind = row.title, row.summary, row.get_kind_display()
        self.is_fictional, self.has_answer = row.is_fictional, row.has_answer

    @property
    def date(self) -> str:
        return str(self.row.dated_on or "")

    @cached_property
    def body(self) -> SafeString:
        return render(self.row.body, under=2)

    @property
    def url(self) -> str:
        return reverse("publication-detail", args=[self.row.slug])

    @property
    def online_url(self) -> str:
        return settings.PUBLIC_URL + self.url

    def parties(self, role: str) -> list[dict[str, str]]:
        return [
            {"name": str(one), "url": one.organisation.website if one.organisation else ""}
            for one in self.row.parties.all()
            if one.role == role
        ]

    @cached_property
    def recipients(self) -> list[dict[str, str]]:
        return self.parties(Party.Role.RECIPIENT)

    @cached_property
    def signatories(self) -> list[dict[str, str]]:
        return self.parties(Party.Role.SIGNATORY)

    @property
    def is_unanswered(self) -> bool:
        """Whether somebody was addressed, who has not answered."""
        return bool(self.recipients) and not self.has_answer

    @property
    def answer_title(self) -> str:
        answered: Any = self.row.answer_on
        if self.is_unanswered:
            return UNANSWERED
        return f"Réponse reçue {answered.told}" if answered else "Réponse reçue"

    @property
    def instance(self) -> Instance | None:
        instance = self.row.instance
        return instance if instance and instance.is_public else None

    @property
    def meeting(self) -> Meeting | None:
        meeting = self.row.meeting
        return meeting if meeting and meeting.is_public and self.instance else None

    @cached_property
    def supports(self) -> list[dict[str, Any]]:
        """The roadmaps, objectives and actions that it supports, where everyone reads them."""
        supports = list(self.row.supports.all())
        told = public_supports(supports)
        return [told[one.roadmap_id, one.uid] for one in supports if (one.roadmap_id, one.uid) in told]

    @property
    def survey(self) -> list[dict[str, Any]]:
        """How a survey was made, in brief."""
        row = self.row
        opened, closed = row.opens_on, row.closes_on
        period = f"du {day(opened)} au {day(closed)}" if opened and closed else ""
        period = period or (f"à partir du {day(opened)}" if opened else f"jusqu’au {day(closed)}" if closed else "")
        answers = plural(row.answers_count, "réponse", "réponses") if row.answers_count is not None else ""
        facts = [
            ("Public interrogé", row.target, False),
            ("Ouverte", period, False),
            ("Réponses", answers, False),
            ("Méthode", row.method, True),
        ]
        return [{"term": term, "value": value, "is_wide": wide} for term, value, wide in facts if value]

    @cached_property
    def results(self) -> list[dict[str, Any]]:
        """Each question with its figures, drawn beside their table, and what is needed to read them right."""
        return [
            {"title": one.title, "bars": bars(one, rank), "note": note(one)}
            for rank, one in enumerate(self.row.results.all(), 1)
        ]

    @property
    def themes(self) -> list[dict[str, str]]:
        url = reverse("publication-list")
        return [{"label": theme.label, "url": f"{url}?theme={theme.code}"} for theme in self.row.themes.all()]

    @property
    def parties_facts(self) -> list[dict[str, str]]:
        """Whom it is from and to, in lines."""
        lines = {"Signataires": self.signatories, "Destinataires": self.recipients}
        return [
            {"term": term, "value": ", ".join(one["name"] for one in parties)}
            for term, parties in lines.items()
            if parties
        ]

    @property
    def context_facts(self) -> list[dict[str, str]]:
        """Where it was carried, what it supports, where it comes from, in lines."""
        meeting = f", séance du {day(self.meeting.held_on)}" if self.meeting else ""
        facts = [
            ("Portée dans", f"{self.instance}{meeting}" if self.instance else ""),
            *((one["word"], one["title"]) for one in self.supports),
            ("Thématiques", ", ".join(theme["label"] for theme in self.themes)),
            ("Source", " ".join(filter(None, (self.row.source, self.row.source_url)))),
        ]
        return [{"term": term, "value": value} for term, value in facts if value]

    @property
    def file_size(self) -> str:
        """The weight of its document; nothing where the file is lost."""
        try:
            return f"{number(max(1, round(self.row.file.size / 1024)))}\u00a0Ko"
        except OSError:
            return ""


def public_supports(supports: Iterable[Support]) -> dict[tuple[int, str], dict[str, Any]]:
    """Say what positions support and where everyone reads it; what nobody may read is left out.

    Args:
        supports: with their roadmap loaded; two queries, whatever their number.

    Returns:
        {word, title, url} by roadmap and uid.
    """
    supports = list(supports)
    told = {(one["subject"].roadmap_id, one["subject"].uid): one for one in told_subjects(supports)}
    asked = {one.roadmap_id: one.roadmap for one in supports if not one.uid}
    published = Roadmap.objects.published().filter(pk__in=asked).values_list("pk", flat=True) if asked else []
    for roadmap in (asked[key] for key in published):
        word, url = roadmap.get_kind_display(), roadmap.get_absolute_url()
        told[roadmap.pk, ""] = {"word": word, "title": roadmap.title, "url": url}
    return told


def bars(result: Result, rank: int) -> Bars:
    """Draw the figures of a result beside their table."""
    unit = result.unit
    values = [
        (one.label, max(one.value, Decimal(0)), figure(one.value, unit if unit == "%" else ""))
        for one in result.figures.all()
    ]
    return Bars.of(
        f"resultat-{rank}", result.title, ("Réponse" if result.base else "Libellé", unit or "Valeur"), values
    )


def note(result: Result) -> str:
    """Say what is needed to read figures right: « Base : 111 réponses · 2025 · CRESS Grand Est »."""
    base = f"Base\u00a0: {plural(result.base, 'réponse', 'réponses')}" if result.base is not None else ""
    return " · ".join(str(word) for word in (base, result.year, result.source) if word)


def lacks(row: Publication) -> list[str]:
    """Say what a reader would miss in a position.

    Args:
        row: given by ``with_content``.
    """
    kinds, parties = Publication.Kind, {one.role for one in row.parties.all()}
    is_survey, is_letter = row.kind == kinds.SURVEY, row.kind == kinds.LETTER
    missing = {
        "la date": not row.dated_on,
        "un résumé": not row.summary,
        "un texte ou un document": not (row.body or row.file),
        "un destinataire": is_letter and Party.Role.RECIPIENT not in parties,
        "un signataire": is_letter and Party.Role.SIGNATORY not in parties,
        "la source": row.kind == kinds.ADVOCACY and not row.source_url,
        "le public interrogé": is_survey and not row.target,
        "les dates d’ouverture et de clôture": is_survey and not (row.opens_on and row.closes_on),
        "le nombre de réponses": is_survey and row.answers_count is None,
        "la méthode": is_survey and not row.method,
    }
    return [*(f"Il manque {word}." for word, is_missing in missing.items() if is_missing), *lacks_of_results(row)]


def lacks_of_results(row: Publication) -> list[str]:
    """Say which figures nobody could read right."""
    lines = []
    for result in row.results.all():
        missing = {
            "les chiffres": not result.figures.all(),
            "l’unité": not result.unit,
            "l’année": result.year is None,
            "la source": not result.source,
            "la base": row.kind == Publication.Kind.SURVEY and result.base is None,
        }
        if words := [word for word, is_missing in missing.items() if is_missing]:
            lines.append(f"Résultat «\u00a0{result.title}\u00a0»\u00a0: il manque {', '.join(words)}.")
    return lines
