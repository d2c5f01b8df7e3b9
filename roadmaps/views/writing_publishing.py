"""Publishing: what is looked at before, what is said of it, how it goes online and is printed."""

import logging

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from publishing.pdf import PrintingError
from roadmaps.checklist import checklist
from roadmaps.comparison import Comparison, compare
from roadmaps.forms.edition import PublicationForm
from roadmaps.models import Edition
from roadmaps.print_run import print_run
from roadmaps.printing import kept_printing
from roadmaps.views.access import edition_for
from roadmaps.views.writing_sheet import STATUS, closed, media
from roadmaps.writing import Outcome, save_and_publish

logger = logging.getLogger(__name__)
NOT_PRINTED = "L’impression n’a pas abouti : recommencez dans une minute, ou prévenez qui s’occupe du serveur."


@require_http_methods(["GET", "POST"])
def roadmap_publish(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Publish the draft, once what it lacks and what it changes is said."""
    edition = edition_for("publish", request, slug, number)
    if edition.is_published and request.method != "POST":
        return closed(request, edition.roadmap)
    form = PublicationForm(*((request.POST, request.FILES) if request.method == "POST" else ()), instance=edition)
    outcome = save_and_publish(form, edition, request.user) if request.method == "POST" else None
    if outcome is Outcome.SAVED:
        return redirect("edition-published", slug, number)
    context = {
        "roadmap": edition.roadmap,
        "edition": edition,
        "form": form,
        "checklist": checklist(edition, request.user),
        "comparison": since_current(edition),
        "to_handle": edition.comments.to_handle().count(),
        "media": media(request, form),
        "is_closed": outcome is Outcome.CLOSED,
    }
    return render(request, "roadmaps/workspace/publish_page.html", context, status=STATUS[outcome])


def since_current(edition: Edition) -> Comparison | None:
    """Compare a draft with what everyone reads now; None where nothing is online yet."""
    current = Edition.objects.published().filter(roadmap=edition.roadmap).order_by("-number").first()
    if current is None:
        return None
    current.roadmap = edition.roadmap
    return compare(current, edition)


@require_safe
def edition_published(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """That the edition is online, and how far its PDF is."""
    edition = edition_for("write", request, slug, number)
    if not edition.is_published:
        return redirect("roadmap-edit", slug)
    earlier = Edition.objects.published().filter(roadmap=edition.roadmap, number__lt=number)
    context = {
        "roadmap": edition.roadmap,
        "edition": edition,
        "previous": earlier.order_by("-number").first(),
        "run": print_run(edition),
    }
    return render(request, "roadmaps/workspace/published_page.html", context)


@require_POST
def edition_reprint(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Print within the page what a task did not print: it needs no worker."""
    edition = edition_for("write", request, slug, number)
    if not edition.is_published:
        return redirect("roadmap-edit", slug)
    try:
        kept_printing(edition)
    except PrintingError:
        logger.exception("PDF of edition %s", edition.pk)
        messages.error(request, NOT_PRINTED)
    else:
        messages.success(request, "Le PDF est prêt.")
    return redirect("edition-published", slug, number)
