"""What a position says, whole, as plain values: kept by its history, put online, and taken back from there."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models.fields.files import FieldFile

from editorial.history import Said, State
from editorial.models import Party, Publication, Result, ResultFigure, Support
from instances.models import Instance, Meeting
from people.models import Organisation
from people.models.organisation import sort_name
from roadmaps.models import Roadmap, Theme
from roadmaps.sheets import figure
from ui.partial_date import PartialDate
from ui.typography import day

COLUMNS = (
    "kind", "title", "slug", "dated_on", "summary", "body", "file", "source", "source_url", "answer_on", "answer",
    "answer_file", "target", "opens_on", "closes_on", "answers_count", "method", "is_fictional",
)  # fmt: skip
PARTIES = {"recipients": Party.Role.RECIPIENT, "signatories": Party.Role.SIGNATORY}
NO_TITLE = "(supprimée)"


def told_day(value: str) -> str:
    return day(dt.date.fromisoformat(value)) if value else ""


def told_partial(value: str) -> str:
    return str(PartialDate.parse(value)) if value else ""


def told_name(path: str) -> str:
    return path.rpartition("/")[2]


def told_themes(codes: list[str]) -> str:
    return ", ".join(Theme.objects.filter(code__in=codes).values_list("label", flat=True))


def told_instance(key: int | None) -> str:
    return str(Instance.objects.filter(pk=key).first() or NO_TITLE) if key else ""


def told_meeting(key: int | None) -> str:
    return str(Meeting.objects.filter(pk=key).first() or NO_TITLE) if key else ""


def told_supports(supports: list[list[str]]) -> str:
    return "\n".join(" ".join(filter(None, support)) for support in supports)


def told_results(results: list[dict[str, Any]]) -> str:
    return "\n".join(line for result in results for line in result_lines(result))


def result_lines(result: dict[str, Any]) -> Iterable[str]:
    """Tell a result: its question and what is needed to read it, then a line a figure."""
    base = f"base {result['base']}" if result["base"] is not None else ""
    yield " · ".join(str(word) for word in (result["title"], base, result["year"], result["source"]) if word)
    for label, value in result["figures"]:
        yield f"{label}\u00a0: {figure(Decimal(value), result['unit'])}"


FIELDS = {
    "kind": Said("Nature", is_value=True, tell=lambda kind: str(Publication.Kind(kind).label)),
    "title": Said("Titre"),
    "slug": Said("Fin de l’adresse", is_value=True),
    "dated_on": Said("Date", is_value=True, tell=told_partial),
    "summary": Said("Résumé"),
    "body": Said("Texte", is_rich=True),
    "recipients": Said("Destinataires", tell="\n".join),
    "signatories": Said("Signataires", tell="\n".join),
    "file": Said("Document", is_value=True, tell=told_name),
    "source": Said("Source"),
    "source_url": Said("Adresse de la source", is_value=True),
    "themes": Said("Thématiques", is_value=True, tell=told_themes),
    "instance": Said("Instance", is_value=True, tell=told_instance),
    "meeting": Said("Séance", is_value=True, tell=told_meeting),
    "supports": Said("Ce qu’elle soutient", tell=told_supports),
    "answer_on": Said("Date de la réponse", is_value=True, tell=told_partial),
    "answer": Said("Réponse reçue"),
    "answer_file": Said("Document de la réponse", is_value=True, tell=told_name),
    "target": Said("Public interrogé"),
    "opens_on": Said("Ouverte le", is_value=True, tell=told_day),
    "closes_on": Said("Close le", is_value=True, tell=told_day),
    "answers_count": Said("Nombre de réponses", is_value=True, tell=lambda count: "" if count is None else str(count)),
    "method": Said("Méthode"),
    "results": Said("Résultats", tell=told_results),
    "is_fictional": Said("Exemple fictif", is_value=True, tell=lambda is_so: "oui" if is_so else "non"),
}


def state_of(row: Publication) -> State:
    """Say all that a position says.

    Args:
        row: as it is written, or as it is online, given by ``with_content``.
    """
    return {
        **{name: simple(getattr(row, name)) for name in COLUMNS},
        **{name: [str(one) for one in row.parties.all() if one.role == role] for name, role in PARTIES.items()},
        "themes": [theme.code for theme in row.themes.all()],
        "instance": row.instance_id,
        "meeting": row.meeting_id,
        "supports": [[one.roadmap.slug, one.uid] for one in row.supports.all()],
        "results": [
            {
                "title": result.title,
                "unit": result.unit,
                "base": result.base,
                "year": result.year,
                "source": result.source,
                "figures": [[one.label, f"{one.value.normalize():f}"] for one in result.figures.all()],
            }
            for result in row.results.all()
        ],
    }


def simple(value: Any) -> Any:
    """Give the value of a column as JSON keeps it."""
    if isinstance(value, PartialDate):
        return value.iso
    if isinstance(value, dt.date):
        return value.isoformat()
    return value.name or "" if isinstance(value, FieldFile) else value


def take(row: Publication, state: State) -> None:
    """Make a row say what a state says, and save it.

    What is gone since (a body, a roadmap) is left out.
    """
    for name in COLUMNS:
        field: Any = Publication._meta.get_field(name)
        setattr(row, name, field.to_python(state[name]))
    row.instance = Instance.objects.filter(pk=state["instance"]).first()
    row.meeting = Meeting.objects.filter(pk=state["meeting"], instance=row.instance).first()
    row.save()
    row.themes.set(Theme.objects.filter(code__in=state["themes"]))
    for name, role in PARTIES.items():
        write_parties(row, role, state[name])
    roadmaps = Roadmap.objects.in_bulk([slug for slug, _ in state["supports"]], field_name="slug")
    write_supports(row, [(roadmaps[slug], uid) for slug, uid in state["supports"] if slug in roadmaps])
    write_results(row, state["results"])


def write_parties(row: Publication, role: str, names: list[str]) -> None:
    """Make those to whom a position is addressed, or who sign it, those of a list, in its order.

    A name that an organisation of the portal bears is that organisation.
    """
    known = {one.sort: one for one in Organisation.objects.filter(sort__in=[sort_name(name) for name in names])}
    row.parties.filter(role=role).delete()
    Party.objects.bulk_create(
        Party(publication=row, role=role, position=rank, organisation=found, name="" if found else name)
        for rank, name in enumerate(names)
        for found in [known.get(sort_name(name))]
    )


def write_supports(row: Publication, supports: Iterable[tuple[Roadmap, str]]) -> None:
    """Make what a position supports that of a list, in its order."""
    row.supports.all().delete()
    Support.objects.bulk_create(Support(publication=row, roadmap=roadmap, uid=uid) for roadmap, uid in supports)


def write_results(row: Publication, results: list[dict[str, Any]]) -> None:
    """Make the results of a position those of a list, in its order."""
    row.results.all().delete()
    for said in results:
        figures = [(label, Decimal(value)) for label, value in said["figures"]]
        result = Result(publication=row, **{name: value for name, value in said.items() if name != "figures"})
        result.save()
        write_figures(result, figures)


def write_figures(result: Result, figures: Iterable[tuple[str, Decimal]]) -> None:
    """Make the figures of a result those of a list, in its order."""
    result.figures.all().delete()
    ResultFigure.objects.bulk_create(
        ResultFigure(result=result, position=rank, label=label, value=value)
        for rank, (label, value) in enumerate(figures)
    )
