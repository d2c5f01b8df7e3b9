"""How every page that writes answers: it saves and leads on, or shows the form with the reason."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from js_asset import Media

from roadmaps.editions import CLOSED
from roadmaps.forms.sheet import SheetForm
from roadmaps.models import Edition, Roadmap
from roadmaps.writing import Outcome, save_sheet

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


def answer_sheet(request: HttpRequest, form: SheetForm, page: SheetPage) -> HttpResponse:
    """Save what was sent and lead back with a message, or show the form."""
    edition = page.edition
    if edition and edition.is_published and request.method != "POST":
        return closed(request, edition)
    outcome = save_sheet(form, edition) if request.method == "POST" else None
    if outcome is Outcome.SAVED:
        messages.success(request, page.said)
        return redirect(page.another if page.another and "another" in request.POST else page.back)
    context = {
        "form": form,
        "page": page,
        "roadmap": page.roadmap,
        "media": media(request, form),
        "is_closed": outcome is Outcome.CLOSED,
    }
    return render(request, "roadmaps/workspace/sheet_page.html", context, status=STATUS[outcome])


def closed(request: HttpRequest, edition: Edition) -> HttpResponseRedirect:
    """Lead whoever wanted to write in a published edition back to its desk, with the reason."""
    messages.warning(request, CLOSED)
    return redirect("roadmap-edit", edition.roadmap.slug)


def media(request: HttpRequest, form: SheetForm) -> Media:
    """Give the scripts and styles of a form with the nonce that the page’s policy asks for."""
    return Media.from_media(form.media, nonce=str(request.csp_nonce))  # type: ignore[attr-defined]  # set by django-csp
