"""The rows of an edition, all kinds alike: list, add, edit, move, delete (`roadmaps/parts.py` names the kinds)."""

import re

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import Truncator
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from publishing.versions import StaleVersionError
from roadmaps.consultation import subject_of
from roadmaps.editions import CLOSED, EditionClosedError
from roadmaps.models import Action, Comment, Content, Edition, Indicator, Objective
from roadmaps.outline import siblings
from roadmaps.pane import Pane
from roadmaps.parts import Part
from roadmaps.views.access import edition_for, row_to_write
from roadmaps.views.outlining import answer_gesture, answer_refusal
from roadmaps.views.writing_sheet import SheetPage, answer_deletion, answer_sheet, closed, history_of
from roadmaps.writing import move_row

STEPS = {"haut": -1, "bas": 1}
DRAGGED = re.compile(r"-?[1-9]\d{0,2}")  # by how many places
LONGEST = 80  # characters of a title in a message


@require_safe
def part_list(request: HttpRequest, slug: str, number: int, part: Part) -> HttpResponse:
    """The rows of one kind; objectives and actions have theirs on the roadmap’s desk."""
    edition = edition_for("write", request, slug, number)
    if edition.is_published:
        return closed(request, edition.roadmap)
    if part.is_in_outline:
        return redirect(desk(edition, "plan"))
    pane = Pane(request, edition, part.address)
    context = {"roadmap": edition.roadmap, "edition": edition, "part": part, "rows": part.rows(edition), "pane": pane}
    return render(request, "roadmaps/workspace/part_page.html", context)


@require_http_methods(["GET", "POST"])
def part_create(request: HttpRequest, slug: str, number: int, part: Part) -> HttpResponse:
    """Add a row; the query string says what it hangs on."""
    edition = edition_for("write", request, slug, number)
    row = part.model(edition=edition)
    hang(row, request)
    here = f"{part_url('part-create', edition, part)}?{request.GET.urlencode()}".rstrip("?")
    return answer_row(request, part, row, here)


@require_http_methods(["GET", "POST"])
def part_edit(request: HttpRequest, slug: str, number: int, part: Part, uid: str) -> HttpResponse:
    """Edit a row; what is sent of a row deleted meanwhile is not lost."""
    row = row_to_write(request, slug, number, part.model, uid)
    if row is None:
        edition = edition_for("write", request, slug, number)
        if not request.POST.get("version"):
            raise Http404
        row = part.model(edition=edition, uid=uid)
    edition = row.edition
    return answer_row(request, part, row, part_url("part-create", edition, part))


def answer_row(request: HttpRequest, part: Part, row: Content, another: str) -> HttpResponse:
    edition, posted = row.edition, request.method == "POST"
    form = part.form(*((request.POST, request.FILES) if posted else ()), instance=row)
    is_new = row.pk is None
    named = form["title" if "title" in form.fields else "label"].value() or ""
    pane = None if edition.is_published else Pane(request, edition, row.uid)
    page = SheetPage(
        edition.roadmap,
        title=part.new if is_new else str(row),
        said=f"{quoted(part, named)} est {part.agree('enregistré')}.",
        back=place_of(part, row),
        crumbs=[] if part.is_in_outline else [{"label": part.plural, "url": part_url("part-list", edition, part)}],
        another=another,
        remove="" if is_new else part_url("part-delete", edition, part, row.uid),
        presence="" if is_new else part_url("part-presence", edition, part, row.uid),
        edition=edition,
        pane=pane,
        stay=part_url("part-edit", edition, part, row.uid) + (pane.query if pane else ""),
        gestures=[] if is_new else [*(gestures(edition, part, row) if part.is_in_outline else []), history_of(row)],
        subject="" if is_new or row._meta.model_name not in Comment.Kind.values else subject_of(row),
    )
    return answer_sheet(request, form, page)


def gestures(edition: Edition, part: Part, row: Content) -> list[dict[str, str]]:
    """Give what may be done from the sheet of an objective or an action, beside writing it."""
    base = reverse("edition-edit", args=[edition.roadmap.slug, edition.number])
    here = f"{base}{part.address}/{row.uid}/"
    added = []
    if isinstance(row, Objective):
        deeper = [("Ajouter un objectif", f"{base}ajout/?quoi=objectifs&objectif={row.uid}")]
        added = [
            ("Ajouter une action", f"{base}ajout/?quoi=actions&objectif={row.uid}"),
            *(deeper if row.depth < len(edition.level_names) else []),
            ("Coller une liste d’actions", f"{base}coller/?quoi=actions&objectif={row.uid}"),
            ("Ajouter un indicateur", f"{base}indicateurs/ajouter/?objectif={row.uid}"),
        ]
    return [
        *({"label": label, "url": url, "icon": "plus"} for label, url in added),
        {"label": "Déplacer vers…", "url": f"{here}deplacer-vers/", "icon": "arrow-right-left"},
        {"label": "Dupliquer", "url": f"{here}dupliquer/", "icon": "copy", "verb": "post"},
        {"label": "Insérer depuis la bibliothèque", "url": f"{here}bibliotheque/", "icon": "library"}
        if isinstance(row, Objective)
        else {"label": "Garder dans la bibliothèque", "url": f"{here}garder/", "icon": "library", "verb": "post"},
    ]


@require_http_methods(["GET", "POST"])
def part_delete(request: HttpRequest, slug: str, number: int, part: Part, uid: str) -> HttpResponse:
    """Delete a row, once it is said what goes with it."""
    edition = edition_for("write", request, slug, number)
    row = get_object_or_404(part.rows(edition), uid=uid)
    row.edition = edition
    if edition.is_published and request.method != "POST":
        return closed(request, edition.roadmap)
    page = SheetPage(
        edition.roadmap,
        title=str(row),
        said=f"{quoted(part, str(row))} est {part.agree('supprimé')}.",
        back=desk(edition) if part.is_in_outline else part_url("part-list", edition, part),
        edition=edition,
    )
    return answer_deletion(request, row, page, kept=place_of(part, row))


@require_POST
def part_move(request: HttpRequest, slug: str, number: int, part: Part, uid: str) -> HttpResponse:
    """Move a row up or down among its siblings, and come back to it."""
    edition = edition_for("write", request, slug, number)
    row = get_object_or_404(part.rows(edition), uid=uid)
    row.edition = edition
    try:
        step = step_in(request)
        moved = move_row(row, step, by=request.user)
    except StaleVersionError:
        raise Http404 from None
    except EditionClosedError:
        messages.error(request, CLOSED)
        return answer_refusal(request, CLOSED, redirect("roadmap-edit", edition.roadmap.slug))
    focus = f"{'haut' if step < 0 else 'bas'}-{row.uid}"
    return answer_gesture(request, edition, told_place(row, step, moved=moved), place_of(part, row), focus)


def step_in(request: HttpRequest) -> int:
    """Read by how many places a row moves, up where it is negative.

    Raises:
        Http404: the request says nothing of the kind.
    """
    sent = request.POST.get("sens", "")
    if sent in STEPS:
        return STEPS[sent]
    if not DRAGGED.fullmatch(sent):
        raise Http404
    return int(sent)


def told_place(row: Content, step: int, *, moved: bool) -> str:
    """Say where a row is among its siblings once it was asked to move."""
    name = f"« {Truncator(row).chars(LONGEST)} »"
    if not moved:
        return f"{name} est {'déjà en haut' if step < 0 else 'déjà en bas'}."
    keys = list(siblings(row).values_list("pk", flat=True))
    return f"{name} est en position {keys.index(row.pk) + 1} sur {len(keys)}."


def hang(row: Content, request: HttpRequest) -> None:
    """Hang a new row on the objective or action that the address names, if it is in the edition."""
    objective = Objective.objects.filter(edition=row.edition, uid=request.GET.get("objectif", "")).first()
    action = Action.objects.filter(edition=row.edition, uid=request.GET.get("action", "")).first()
    if isinstance(row, Objective):
        row.place_under(objective)
    elif isinstance(row, Action) and objective:
        row.objective = objective
    elif isinstance(row, Indicator):
        row.objective, row.action = (None, action) if action else (objective, None)


def quoted(part: Part, name: str) -> str:
    """Name a row in a sentence: « L’action « Ouvrir une recyclerie » »."""
    return f"{part.this[0].upper()}{part.this[1:]} « {Truncator(name).chars(LONGEST)} »"


def place_of(part: Part, row: Content) -> str:
    """Give the address of a row in the outline, or in the list of its kind."""
    if part.is_in_outline:
        return desk(row.edition, f"ligne-{row.uid}")
    return f"{part_url('part-list', row.edition, part)}#ligne-{row.uid}"


def desk(edition: Edition, fragment: str = "") -> str:
    return f"{reverse('roadmap-edit', args=[edition.roadmap.slug])}#{fragment}".rstrip("#")


def part_url(name: str, edition: Edition, part: Part, *args: str) -> str:
    return reverse(name, args=[edition.roadmap.slug, edition.number, part, *args])
