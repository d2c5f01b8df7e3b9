"""Where those who carry a published roadmap say how far its actions are."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from publishing.versions import StaleVersionError
from roadmaps.board import Board, Row, effects
from roadmaps.following import (
    EarlierError,
    NotFollowedError,
    NothingSaidError,
    NotLastError,
    SettledError,
    report,
    still_exact,
    withdraw,
)
from roadmaps.forms.progress import STATUSES, WEATHERS, ReportForm
from roadmaps.models import ProgressReport, Roadmap
from roadmaps.selection import Picked
from roadmaps.views.access import roadmap_for
from ui.typography import plural

TICKED = "cochees"  # what the button that confirms the ticked actions sends
NONE_PICKED = "Cochez au moins une action."
SAID_SINCE = (
    "Quelqu’un d’autre a dit entre-temps où en est cette action\u00a0: lisez-le ci-dessous, puis enregistrez si ce que "
    "vous dites reste exact."
)
NOT_CONFIRMED = "Quelqu’un d’autre a dit entre-temps où en est une de ces actions\u00a0: relisez avant de confirmer."


@require_safe
def roadmap_progress(request: HttpRequest, slug: str) -> HttpResponse:
    """Every action of the current edition, with where it stands and a form to say it; ``voir`` keeps some of them."""
    roadmap = roadmap_for("report", request, slug)
    return board_page(request, Board(roadmap, request.GET.get("voir", "")))


@require_POST
def progress_report(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """Say how far one action is."""
    roadmap = roadmap_for("report", request, slug)
    form = ReportForm(request.POST, instance=ProgressReport(roadmap=roadmap, by=request.user), auto_id=f"%s-{uid}")
    status = 422
    if form.is_valid():
        try:
            (said,) = report(form.instance, [seen(request, uid)])
        except EarlierError as refusal:
            form.add_error("said_on", str(refusal))
        except StaleVersionError:
            form.add_error(None, SAID_SINCE)
            status = 409
        except NotFollowedError as refusal:
            return refuse(request, roadmap, refusal)
        else:
            messages.success(request, f"Statut enregistré\u00a0: {said.get_status_display()}.", extra_tags=said.batch)
            return back(request, roadmap, uid)
    board = Board(roadmap, request.POST.get("voir", ""))
    row = board.row(uid)
    if row is None:
        return refuse(request, roadmap, NotFollowedError())
    row.typed = {name: request.POST.get(name, "").replace("\0", "") for name in form.fields}
    row.is_open, row.errors = True, {name: form.errors.get(name, []) for name in form.fields}
    return board_page(request, board, refused=form, status=status)


@require_POST
def progress_several(request: HttpRequest, slug: str) -> HttpResponse:
    """Say of several actions that they are still as they were, or the same new status once its effect is read."""
    roadmap = roadmap_for("report", request, slug)
    if exact := request.POST.get("exact"):
        return confirm(request, roadmap, read(request, "action") if exact == TICKED else [Picked.read(exact)])
    board = Board(roadmap, request.POST.get("voir", ""))
    if not board.rows:
        return refuse(request, roadmap, NotFollowedError())
    picked = read(request, "fiche" if "etape" in request.POST else "action")
    uids = {one.uid for one in picked}
    rows = [row for row in board.rows if row.uid in uids]
    if request.POST.get("etape") == "revenir":
        return board_page(request, board, ReportForm(initial=request.POST.dict()), uids)
    form = ReportForm(request.POST, instance=ProgressReport(roadmap=roadmap, by=request.user))
    if form.is_valid() and rows:
        return say_of_several(request, board, form, rows, picked)
    if not rows:
        form.add_error(None, NONE_PICKED)
    return board_page(request, board, form, uids, refused=form, status=422)


def confirm(request: HttpRequest, roadmap: Roadmap, picked: list[Picked]) -> HttpResponse:
    """Renew what was last said of some actions."""
    if not picked:
        return refuse(request, roadmap, NONE_PICKED)
    try:
        said = still_exact(roadmap, picked, request.user)
    except StaleVersionError:
        return refuse(request, roadmap, NOT_CONFIRMED)
    except NothingSaidError as refusal:
        return nothing_said(request, roadmap, picked, refusal)
    except NotFollowedError as refusal:
        return refuse(request, roadmap, refusal)
    done = plural(len(said), "action", "actions")
    messages.success(request, f"Toujours exact aujourd’hui\u00a0: {done}.", extra_tags=said[0].batch)
    return back(request, roadmap, said[0].uid)


def nothing_said(
    request: HttpRequest, roadmap: Roadmap, picked: list[Picked], refusal: NothingSaidError
) -> HttpResponse:
    """Show the board as it was ticked, and name the actions of which there is nothing to say again."""
    board = Board(roadmap, request.POST.get("voir", ""))
    names = [f"«\u00a0{row.action}\u00a0»" for row in board.rows if row.uid in refusal.uids]
    they_are = "elles en sont" if len(names) > 1 else "elle en est"
    several = f"Rien n’a encore été dit de {', '.join(names)}\u00a0: dites d’abord où {they_are}. Rien n’a changé."
    messages.error(request, several if len(picked) > 1 else str(refusal))
    ticked = {one.uid for one in read(request, "action")}
    return board_page(request, board, ReportForm(initial=request.POST.dict()), ticked, status=422)


def say_of_several(
    request: HttpRequest, board: Board, form: ReportForm, rows: list[Row], picked: list[Picked]
) -> HttpResponse:
    """Preview a status given to several actions, then give it as it was previewed or preview it again."""
    is_stale = False
    if request.POST.get("etape") == "appliquer":
        try:
            said = report(form.instance, picked)
        except StaleVersionError:
            is_stale = True
        except (EarlierError, NotFollowedError) as refusal:
            form.add_error(None, str(refusal))
            return board_page(request, board, form, {row.uid for row in rows}, refused=form, status=422)
        else:
            done = plural(len(said), "action", "actions")
            messages.success(request, f"{done}\u00a0: {said[0].get_status_display()}.", extra_tags=said[0].batch)
            return back(request, board.roadmap, rows[0].uid)
    context = {
        "roadmap": board.roadmap,
        "form": form,
        "actions": [row.action for row in rows],
        "picked": [row.picked for row in rows],
        "count": plural(len(rows), "action", "actions"),
        "effects": effects(form.instance, [row.situation for row in rows]),
        "is_useful": True,
        "is_stale": is_stale,
        "back": reverse("roadmap-progress", args=[board.roadmap.slug]),
    }
    return render(request, "roadmaps/workspace/progress_preview_page.html", context, status=409 if is_stale else 200)


@require_POST
def progress_withdraw(request: HttpRequest, slug: str, batch: str) -> HttpResponse:
    """Take back what one has just said: all of the gesture, or of the one action that ``fiche`` names."""
    roadmap = roadmap_for("report", request, slug)
    uid = request.POST.get("fiche", "")
    try:
        count = withdraw(roadmap, batch, request.user, uid)
    except (NotLastError, SettledError) as refusal:
        return refuse(request, roadmap, refusal)
    gone = plural(count, "point d’étape est retiré", "points d’étape sont retirés")
    messages.success(request, f"{gone}\u00a0: ce qui était dit avant vaut de nouveau.")
    return back(request, roadmap, uid)


def seen(request: HttpRequest, uid: str) -> Picked:
    """Read which report of an action its form was written over."""
    return Picked(uid, Picked.read(request.POST.get("fiche", "")).version)


def read(request: HttpRequest, name: str) -> list[Picked]:
    """Read the actions that are picked."""
    return [Picked.read(text) for text in request.POST.getlist(name)]


def refuse(request: HttpRequest, roadmap: Roadmap, why: object) -> HttpResponse:
    """Lead back to the board and say why nothing was done."""
    messages.error(request, str(why))
    return back(request, roadmap)


def back(request: HttpRequest, roadmap: Roadmap, uid: str = "") -> HttpResponse:
    """Lead back to the board, as it was asked for, at an action."""
    choice = {"voir": request.POST["voir"]} if request.POST.get("voir") else {}
    fragment = f"action-{uid}" if uid else None
    return redirect(reverse("roadmap-progress", args=[roadmap.slug], query=choice, fragment=fragment))


def board_page(
    request: HttpRequest,
    board: Board,
    several: ReportForm | None = None,
    ticked: set[str] | None = None,
    *,
    refused: ReportForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the board.

    Args:
        request: of whoever may report.
        board: what is shown; a row may carry its refused form.
        several: the form for the actions that are ticked.
        ticked: their uids.
        refused: the form whose errors are told first, if one was refused.
        status: of the answer.
    """
    today = timezone.localdate().isoformat()
    nothing: dict[str, list[str]] = {name: [] for name in ReportForm.base_fields}
    for row in board.rows:
        known = row.situation.status if row.situation.is_said else ""
        row.typed = row.typed or {"status": known, "said_on": today, "weather": "", "text": ""}
        row.errors = row.errors or nothing
    context = {
        "roadmap": board.roadmap,
        "board": board,
        "statuses": STATUSES,
        "weathers": WEATHERS,
        "today": today,
        "several": several or ReportForm(),
        "ticked": ticked or set(),
        "refused": refused,
    }
    return render(request, "roadmaps/workspace/progress_page.html", context, status=status)
