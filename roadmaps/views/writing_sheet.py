"""How every page that writes answers: it saves and leads on, or shows the form with the reason."""

from dataclasses import dataclass, field
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from js_asset import Media

from publishing.versions import StaleVersionError, Versioned
from roadmaps.editions import CLOSED, EditionClosedError
from roadmaps.forms.rows import sent_back
from roadmaps.forms.sheet import SheetForm
from roadmaps.history import at, uid_of
from roadmaps.models import Content, Edition, Roadmap
from roadmaps.pane import Pane
from roadmaps.snapshots import name_of
from roadmaps.views.frames import framing
from roadmaps.writing import Outcome, delete_row, save_sheet, what_goes_with

SAVED = "saisie"  # cookie that tells the browser to forget what it kept of a page (static/js/forms.js)
STATUS = {None: 200, Outcome.INVALID: 422, Outcome.STALE: 409, Outcome.CLOSED: 409}


@dataclass
class SheetPage:
    """What surrounds a form on its page."""

    roadmap: Roadmap
    title: str
    said: str  # once it is saved
    back: str  # address to return to
    crumbs: list[dict[str, str]] = field(default_factory=list)  # between the roadmap’s desk and this page
    another: str = ""  # address that adds one more of the same
    remove: str = ""  # address that deletes it
    lead: str = ""
    edition: Edition | None = None
    presence: str = ""  # address where the page says that it is open
    pane: Pane | None = None  # the outline beside it
    stay: str = ""  # address that saving leads to, where it is not back
    gestures: list[dict[str, str]] = field(default_factory=list)  # what else is done from here: label, url, icon, verb
    subject: str = ""  # what the comments on it are about, if it may be commented on


def answer_sheet(request: HttpRequest, form: SheetForm, page: SheetPage) -> HttpResponse:
    """Save what was sent and lead back with a message, or show the form."""
    edition, key = page.edition, draft_key(request, form)
    if edition and edition.is_published and request.method != "POST":
        return closed(request, edition.roadmap)
    is_typing = request.headers.get("X-Autosave") == "1"
    posted = request.method == "POST"
    outcome = save_sheet(form, edition, by=request.user, is_typing=is_typing) if posted else None
    if outcome and is_typing:
        return answer_typing(form, outcome)
    if outcome is Outcome.SAVED:
        messages.success(request, page.said)
        response = redirect(page.another if page.another and "another" in request.POST else page.stay or page.back)
        response.set_cookie(SAVED, quote(key, safe=""), max_age=60, secure=request.is_secure(), samesite="Lax")
        return response
    context = {
        "form": form,
        "page": page,
        "pane": page.pane,
        "thread": page.pane.consultation.thread_beside(page.subject, page.title)
        if page.pane and page.subject
        else None,
        "roadmap": page.roadmap,
        "media": media(request, form),
        "is_closed": outcome is Outcome.CLOSED,
        # What two people wrote is not saved before one of them has chosen.
        "is_autosaved": edition is not None and form.instance.pk and outcome in {None, Outcome.INVALID},
        "draft_key": key,
    }
    return framing(render(request, "roadmaps/workspace/sheet_page.html", context, status=STATUS[outcome]))


def draft_key(request: HttpRequest, form: SheetForm) -> str:
    """Name what the browser keeps of a page not saved yet: whose it is, and where."""
    return f"saisie:{request.user.pk}:{request.path}:{form.instance.pk or 'nouveau'}"


def history_of(row: Versioned) -> dict[str, str]:
    """Lead from the sheet of an edition to its history."""
    edition = row if isinstance(row, Edition) else row.edition  # type: ignore[attr-defined]
    address = reverse("roadmap-history", args=[edition.roadmap.slug])
    return {"label": "Historique", "url": f"{address}?fiche={name_of(type(row))}-{uid_of(row)}", "icon": "history"}


def answer_typing(form: SheetForm, outcome: Outcome) -> JsonResponse:
    """Tell the page that saves by itself what became of what was typed (static/js/autosave.js)."""
    if outcome is Outcome.SAVED:
        stored = type(form)(instance=type(form.instance)._default_manager.get(pk=form.instance.pk))
        return JsonResponse(
            {
                "version": stored.initial["version"],
                "base": stored["base"].value(),
                "rows": row_keys(form),
                "said": f"Enregistré à {at(timezone.now())}",
            }
        )
    words, field = first_complaint(form)
    return JsonResponse(
        {"said": f"Non enregistré : {words}", "field": field, "is_stale": outcome is Outcome.STALE},
        status=STATUS[outcome],
    )


def row_keys(form: SheetForm) -> dict[str, int]:
    """Give, by name of the input that carries it, the key of each row: what was new is then known to be stored."""
    return {
        row["row"].html_name: row.instance.pk
        for rows in form.rows.values()
        for row in rows.forms
        if row.instance.pk and row not in rows.deleted_forms
    }


def first_complaint(form: SheetForm) -> tuple[str, str]:
    """Say the first thing that keeps a sheet from being saved, and give the id of the field that it is about.

    Of a field, the words give its name, and its row: « Financement 2, Montant – … ».
    """
    rows = [
        (f"{form.row_labels[prefix].row} {rank}, ", row)
        for prefix, rows in form.rows.items()
        for rank, row in enumerate(rows.forms, 1)
    ]
    for where, one in (("", form), *rows):
        if refusals := one.non_field_errors():
            return f"{where}{refusals[0]}", ""
        for name, errors in one.errors.items():
            return f"{where}{one[name].label} – {errors[0]}", one[name].id_for_label
    return next((str(error) for rows in form.rows.values() for error in rows.non_form_errors()), ""), ""


def answer_deletion(request: HttpRequest, row: Versioned, page: SheetPage, kept: str) -> HttpResponse:
    """Ask before a row is deleted, and delete it as it was read; ask again if somebody wrote in it since.

    Args:
        request: confirms by POST, with the version that was read.
        row: what is deleted.
        page: what is said, and where it leads, once it is deleted.
        kept: address to return to otherwise.
    """
    is_stale = False
    if request.method == "POST":
        try:
            deletion = delete_row(row, sent_back(request.POST.get("version", "")), by=request.user)
        except EditionClosedError:
            return closed(request, page.roadmap)
        except StaleVersionError:
            is_stale, row = True, get_object_or_404(type(row), pk=row.pk)
        else:
            may_return = deletion is not None and deletion.edition_id is not None
            messages.success(request, page.said, extra_tags=deletion.batch if deletion and may_return else "")
            return redirect(page.back)
    context = {
        "roadmap": page.roadmap,
        "row": row,
        "losses": what_goes_with(row),
        "back": kept,
        "is_stale": is_stale,
        "is_recoverable": isinstance(row, Content),
    }
    return render(request, "roadmaps/workspace/delete_page.html", context, status=409 if is_stale else 200)


def closed(request: HttpRequest, roadmap: Roadmap) -> HttpResponseRedirect:
    """Lead whoever wanted to write in a published edition back to its desk, with the reason."""
    messages.warning(request, CLOSED)
    return redirect("roadmap-edit", roadmap.slug)


def media(request: HttpRequest, form: SheetForm) -> Media:
    """Give the scripts and styles of a form with the nonce that the page’s policy asks for."""
    return Media.from_media(form.media, nonce=str(request.csp_nonce))  # type: ignore[attr-defined]  # set by django-csp
