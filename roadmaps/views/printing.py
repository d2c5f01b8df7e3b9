"""An edition as a file to take away: its PDF in any version, its text for a word processor, its data."""

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import partial, wraps
from pathlib import Path
from typing import Any, BinaryIO

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from publishing.allowance import Allowance, SpentAllowanceError
from publishing.office import FORMATS, NoConverterError
from publishing.pdf import BusyPressError, PrintingError, attached_in
from publishing.tables import file_response
from roadmaps.edition_tables import about_edition, edition_tables
from roadmaps.forms.printing import ChoiceForm, FingerprintForm
from roadmaps.models import Edition
from roadmaps.open_data import MIME_TYPE, sha256_of
from roadmaps.print_choice import PrintChoice
from roadmaps.print_run import PrintRun, State, print_run
from roadmaps.printing import (
    WHOLE_DOCUMENT,
    Turn,
    data_name,
    draft_pdf,
    kept_data,
    kept_printing,
    office_document,
    stocked_choice,
)
from roadmaps.views.access import edition_to_read, kept_private
from roadmaps.views.frames import framed

logger = logging.getLogger(__name__)
# What is printed already costs nothing, and is not counted.
PRINTINGS = Allowance("printings", amount=20, duration=600)
RETRY_AFTER = 30  # seconds
RETRY_SOON = 5


def told_when_not_printed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer, where a document could not be printed, with a page that says so and leads back to the edition.

    Args:
        view: of one edition, found by the door.
    """

    @login_not_required
    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, slug: str, number: int | None = None, **kwargs: Any) -> HttpResponse:
        edition, _ = edition_to_read(request.user, slug, number)
        try:
            return kept_private(edition, view(request, edition, **kwargs))
        except BusyPressError as busy:
            return waiting_page(request, edition, {"busy": busy})
        except SpentAllowanceError as limit:
            return limit_page(request, edition, limit)
        except NoConverterError:
            logger.exception("No pandoc")
            page = render(request, "roadmaps/no_converter_page.html", {"edition": edition}, status=503)
        except PrintingError:
            logger.exception("Printing of edition %s", edition.pk)
            page = render(request, "roadmaps/printing_failed_page.html", {"edition": edition}, status=503)
        page["Retry-After"] = RETRY_AFTER
        return kept_private(edition, page)

    return answer


def waiting_page(request: HttpRequest, edition: Edition, progress: dict[str, Any]) -> HttpResponse:
    page = render(request, "roadmaps/printing_wait_page.html", {"edition": edition} | progress, status=503)
    page["Retry-After"] = RETRY_SOON
    return kept_private(edition, page)


def limit_page(request: HttpRequest, edition: Edition, limit: SpentAllowanceError) -> HttpResponse:
    context = {
        "edition": edition,
        "until": limit.until,
        "amount": PRINTINGS.amount,
        "minutes": PRINTINGS.duration // 60,
    }
    page = render(request, "roadmaps/printing_limit_page.html", context, status=429)
    page["Retry-After"] = limit.seconds
    return kept_private(edition, page)


@contextmanager
def one_printing(address: str) -> Iterator[None]:
    """Count a printing for whoever asks for it; one that found no free press does not count.

    Raises:
        SpentAllowanceError: the address has had its share.
    """
    PRINTINGS.take(address)
    try:
        yield
    except BusyPressError:
        PRINTINGS.give_back(address)
        raise


def turn_of(request: HttpRequest) -> Turn:
    """Count what a visitor has printed; whoever is signed in is known, and prints as they need."""
    if request.user.is_authenticated:
        return nullcontext
    return partial(one_printing, get_adapter().get_client_ip(request))


@told_when_not_printed
def edition_pdf(request: HttpRequest, edition: Edition) -> HttpResponse:
    """The PDF of an edition: the one that was kept when it was published, another version of it, or a draft."""
    choice = choice_of(request, edition)
    name = choice.file_name(edition)
    if not edition.is_published:
        response = HttpResponse(draft_pdf(edition, choice), content_type="application/pdf")
        response["Content-Disposition"] = f'inline; filename="{name}"'
        return framed(edition, response)
    if choice != WHOLE_DOCUMENT:
        return from_stock(request, stocked_choice(edition, choice, turn_of(request)), filename=name)
    run = print_run(edition)
    if run.is_awaited:
        return waiting_page(request, edition, {"run": run})
    return kept_pdf(request, edition, name)


def choice_of(request: HttpRequest, edition: Edition) -> PrintChoice:
    """Give the version that an address asks for.

    Raises:
        Http404: there is no such version, or the edition has no such part.
    """
    try:
        choice = PrintChoice.from_query(request.GET)
    except ValidationError as error:
        raise Http404(error.message) from None
    if not choice.is_found_in(edition):
        raise Http404
    return choice


def kept_pdf(request: HttpRequest, edition: Edition, name: str) -> HttpResponse:
    """Send the PDF that is the proof.

    Raises:
        PrintingError: it could not be printed, or its file is lost.
    """
    printing = kept_printing(edition)
    try:
        file = printing.file.open()
    except FileNotFoundError as lost:  # it is the proof: it comes back from a backup, not from another printing
        raise PrintingError(f"fichier perdu : {printing.file.name}") from lost
    return unless_had(request, file, printing.sha256, filename=name)


def unless_had(request: HttpRequest, file: Any, mark: str, **options: Any) -> HttpResponse:
    """Send a file, or only say that it has not changed to a visitor who has it already.

    Args:
        request: which says what the visitor has.
        file: open; it is closed.
        mark: what tells it from any other.
        options: of ``FileResponse``.
    """
    etag = f'"{mark}"'
    response = get_conditional_response(request, etag=etag)
    if response:
        file.close()
    else:
        response = FileResponse(file, **options)
    response["ETag"] = etag
    return response


def from_stock(request: HttpRequest, file: BinaryIO, **options: Any) -> HttpResponse:
    """Send a file of the stock, whose name says all that it shows."""
    return unless_had(request, file, Path(file.name).stem, **options)


@told_when_not_printed
def edition_document(request: HttpRequest, edition: Edition, kind: str) -> HttpResponse:
    """An edition for a word processor, to be pasted in a délibération."""
    file = office_document(edition, kind, turn_of(request))
    name = WHOLE_DOCUMENT.file_name(edition).removesuffix("pdf") + kind
    options = {"as_attachment": True, "filename": name, "content_type": FORMATS[kind]}
    return from_stock(request, file, **options) if edition.is_published else FileResponse(file, **options)


@told_when_not_printed
def edition_data(request: HttpRequest, edition: Edition) -> HttpResponse:
    """An edition as open data."""
    data = kept_data(edition)
    response = HttpResponse(data, content_type=MIME_TYPE)
    response["Content-Disposition"] = f'inline; filename="{data_name(edition)}"'
    response["ETag"] = f'"{sha256_of(data)}"'
    return response


@told_when_not_printed
def edition_sheets(request: HttpRequest, edition: Edition, file_format: str) -> HttpResponse:
    """An edition as sheets: the same open data, with the same identifiers."""
    data = json.loads(kept_data(edition))
    name = WHOLE_DOCUMENT.file_name(edition).removesuffix(".pdf")
    return file_response(edition_tables(data), file_format, name, about_edition(data))


@login_not_required
@require_safe
def edition_download(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """What may be taken away of an edition, and the choice of how its PDF looks."""
    edition, editions = edition_to_read(request.user, slug, number)
    current = next((one for one in editions if one.is_published), None)
    is_followed = edition == current and edition.roadmap.reports.exists()
    context = {
        "edition": edition,
        "roadmap": edition.roadmap,
        "form": ChoiceForm(edition=edition, is_followed=is_followed),
        "is_current": number is None and edition.is_published,
        "run": print_run(edition) if edition.is_published else None,
    }
    return kept_private(editions[0], render(request, "roadmaps/download_page.html", context))


@login_not_required
@require_safe
def edition_verify(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """How to make sure that a file is an edition as it was published, and whether a hash says so."""
    edition, _ = edition_to_read(request.user, slug, number)
    if not edition.is_published:
        raise Http404
    run = print_run(edition)
    form = FingerprintForm(request.GET or None)
    answer = what_it_proves(form.cleaned_data["empreinte"], run) if form.is_valid() else ""
    context = {"edition": edition, "roadmap": edition.roadmap, "run": run, "form": form, "answer": answer}
    return render(request, "roadmaps/verify_page.html", context)


def what_it_proves(sha256: str, run: PrintRun) -> str:
    """Say what has this hash: the "document" that is kept, the "data" that it holds, or "nothing" of ours."""
    if run.printing and run.printing.sha256 == sha256:
        return "document"
    if run.printing and run.state == State.DONE:
        with run.printing.file.open() as file:
            if sha256_of(attached_in(file.read())) == sha256:
                return "data"
    return "nothing"
