"""Many actions at once: pick them and what changes, read the effect, apply it."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from publishing.versions import StaleVersionError, is_uid
from roadmaps.bulk import Effect, chosen
from roadmaps.editions import EditionClosedError
from roadmaps.forms.bulk import BulkForm
from roadmaps.models import Action, Edition, Objective
from roadmaps.outline import in_tree_order
from roadmaps.plan import plan_of
from roadmaps.selection import Picked, apply
from roadmaps.sieve import CHOICES, Sieve
from roadmaps.views.access import edition_for
from roadmaps.views.writing_parts import desk
from roadmaps.views.writing_sheet import closed
from ui.typography import plural

CHANGED = ("action est modifiée", "actions sont modifiées")
DELETED = ("action est supprimée", "actions sont supprimées")
NONE_PICKED = "Cochez au moins une action."


@dataclass
class Group:
    """An objective and the actions that it holds itself."""

    objective: Objective
    actions: list[Action]


@require_http_methods(["GET", "POST"])
def bulk_edit(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Pick and change many actions; nothing is written before its effect is read."""
    edition = edition_for("write", request, slug, number)
    if edition.is_published:
        return closed(request, edition.roadmap)
    step = request.POST.get("etape", "")
    if request.method != "POST":
        return ask(request, edition, BulkForm(edition=edition), set(request.GET.getlist("action")))
    if step == "revenir":
        return ask(request, edition, BulkForm(initial=request.POST.dict(), edition=edition), picked_before(request))
    form = BulkForm(request.POST, edition=edition)
    uids = picked_before(request) if step else picked_now(request, edition)
    if not form.is_valid() or not uids:
        if not uids:
            form.add_error(None, NONE_PICKED)
        return ask(request, edition, form, uids, status=422)
    if step != "appliquer":
        return preview(request, edition, form, uids)
    return answer(request, edition, form, uids)


def answer(request: HttpRequest, edition: Edition, form: BulkForm, uids: set[str]) -> HttpResponse:
    """Apply what was previewed, or preview it again where something changed since."""
    picked = [Picked.read(text) for text in request.POST.getlist("fiche")]
    try:
        done = apply(form.gestures(), picked, edition, request.user)
    except EditionClosedError:
        return closed(request, edition.roadmap)
    except StaleVersionError:
        return preview(request, edition, form, uids, is_stale=True)
    words = DELETED if form.deletes else CHANGED
    if done:
        messages.success(request, f"{plural(len(done), *words)}.", extra_tags=done[0].batch)
    else:
        messages.info(request, "Rien n’a changé : ces actions étaient déjà ainsi.")
    return redirect("roadmap-edit", edition.roadmap.slug)


def ask(request: HttpRequest, edition: Edition, form: BulkForm, uids: set[str], status: int = 200) -> HttpResponse:
    """Show the actions to pick and the changes to choose."""
    sieve = Sieve.of(request, edition)
    context = {
        "roadmap": edition.roadmap,
        "edition": edition,
        "form": form,
        "groups": groups(edition, sieve),
        "sieve": sieve,
        "choices": CHOICES,
        "picked": uids,
        "back": desk(edition, "plan"),
    }
    return render(request, "roadmaps/workspace/bulk_page.html", context, status=status)


def preview(
    request: HttpRequest, edition: Edition, form: BulkForm, uids: set[str], *, is_stale: bool = False
) -> HttpResponse:
    """Say what would change, action by action and in all."""
    actions = chosen(edition, uids)
    if not actions:
        form.add_error(None, NONE_PICKED)
        return ask(request, edition, form, set(), status=422)
    gestures = form.gestures()
    context = {
        "roadmap": edition.roadmap,
        "form": form,
        "actions": actions,
        "picked": [Picked(action.uid, action.version) for action in actions],
        "count": plural(len(actions), "action", "actions"),
        "effects": [Effect.of(gesture, actions) for gesture in gestures],
        "is_useful": any(gesture.effect(action) for gesture in gestures for action in actions),
        "is_stale": is_stale,
        "back": desk(edition, "plan"),
    }
    return render(request, "roadmaps/workspace/bulk_preview_page.html", context, status=409 if is_stale else 200)


def groups(edition: Edition, sieve: Sieve) -> list[Group]:
    """Give the objectives of an edition in the order of the document, each with its actions that are asked for."""
    plan = plan_of(edition)
    uids = [leaf.action.uid for leaf in plan.leaves if sieve.keeps(leaf.action, str(leaf.action), leaf)]
    found = {objective.pk: Group(objective, []) for objective in plan.objectives}
    for action in chosen(edition, uids):
        found[action.objective_id].actions.append(action)
    return [group for group in found.values() if group.actions or not sieve.is_set]


def picked_now(request: HttpRequest, edition: Edition) -> set[str]:
    """Read the boxes: those of actions, and those of objectives, which stand for all that hangs on them."""
    boxes = set(request.POST.getlist("objectif"))
    wanted: set[int] = set()
    for objective in in_tree_order(Objective.objects.filter(edition=edition).defer("text")):
        if objective.uid in boxes or objective.parent_id in wanted:
            wanted.add(objective.pk)
    whole = Action.objects.filter(objective__in=wanted).values_list("uid", flat=True)
    return {*filter(is_uid, request.POST.getlist("action")), *whole}


def picked_before(request: HttpRequest) -> set[str]:
    return {Picked.read(text).uid for text in request.POST.getlist("fiche")}
