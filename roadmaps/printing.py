"""The PDF of an edition: made from the page that was frozen when it was published, and kept with its hash.

Any other version, and a draft, is laid out when it is asked for, as things stand that day.
"""

import contextlib
import datetime as dt
import hashlib
import secrets
import tempfile
import zlib
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.template.loader import render_to_string
from django.utils import timezone

from publishing.office import write_document
from publishing.pdf import WAIT_SECONDS, AttachedFile, attached_in, pdf_bytes, write_pdf
from publishing.public_state import version
from publishing.release import release
from publishing.renderings import stamp_of
from publishing.self_contained import self_contained
from publishing.stock import in_turn, place_of, stocked
from roadmaps.document import Document
from roadmaps.models import Edition, FrozenPage, Printing
from roadmaps.open_data import open_data_bytes, sha256_of
from roadmaps.print_choice import PrintChoice

WHOLE_DOCUMENT = PrintChoice()
Turn = Callable[[], AbstractContextManager[None]]  # entered around a printing that somebody asks for


@dataclass(frozen=True)
class Sheets:
    """An edition laid out for print, with the data that go inside the file: the same sheets give the same bytes."""

    html: str
    data: AttachedFile | None  # none in an extract, which would give away all the rest
    dated: dt.datetime

    def write(self, target: Path, wait: float | None = None, *, leaves_one: bool = False) -> None:
        """Print them into a file.

        Raises:
            PrintingError: they could not be printed.
        """
        write_pdf(self.html, target, self.data, wait=wait, leaves_one=leaves_one)


def sheets(edition: Edition, choice: PrintChoice = WHOLE_DOCUMENT, *, is_frozen: bool = False) -> Sheets:
    """Lay an edition out for print.

    Args:
        edition: with its roadmap and its collectivité loaded.
        choice: how much of it, and how it looks.
        is_frozen: as it stood when it was published, rather than as it stands today, which the page then says.
    """
    prefetch_related_objects([edition.roadmap], "co_carriers")  # the page and the data both name them
    dated = edition.published_at or edition.modified_at
    today = timezone.localdate(dated if is_frozen else None)
    data = kept_data(edition)
    context = {
        "document": Document(edition, today=today),
        "choice": choice,
        "as_of": None if is_frozen else today,
        "portal_name": settings.PORTAL_NAME,
        "cress_name": settings.CRESS_NAME,
        "online_url": settings.PUBLIC_URL + edition.get_absolute_url(),
        "content_sha256": sha256_of(data),
    }
    html = render_to_string("roadmaps/print/booklet.html", context)
    return Sheets(html, attached(edition, data) if choice.carries_data else None, dated)


def data_name(edition: Edition) -> str:
    """Name the open data of an edition, inside its PDF or on their own."""
    return WHOLE_DOCUMENT.file_name(edition).removesuffix("pdf") + "json"


def attached(edition: Edition, data: bytes) -> AttachedFile:
    return AttachedFile(
        name=data_name(edition),
        description="Les données ouvertes de cette édition",
        content=data,
        dated=edition.published_at or edition.modified_at,
    )


def printed_html(edition: Edition, choice: PrintChoice = WHOLE_DOCUMENT) -> str:
    """Give the page that is printed."""
    return sheets(edition, choice).html


def freeze(edition: Edition) -> FrozenPage:
    """Lay a published edition out and keep its page; once kept, it no longer changes.

    Args:
        edition: with its roadmap and its collectivité loaded.
    """
    laid_out = sheets(edition, is_frozen=True)
    packed = {
        "packed_html": zlib.compress(self_contained(laid_out.html).encode()),
        "packed_data": zlib.compress(cast("AttachedFile", laid_out.data).content),
    }
    return FrozenPage.objects.get_or_create(edition=edition, defaults=packed)[0]


def frozen_page(edition: Edition) -> FrozenPage:
    """Give the page of a published edition; one that is older than frozen pages is frozen now."""
    return FrozenPage.objects.filter(edition=edition).first() or freeze(edition)


def frozen_sheets(edition: Edition) -> Sheets:
    page = frozen_page(edition)
    return Sheets(page.html, attached(edition, page.data), edition.published_at or edition.modified_at)


def kept_printing(edition: Edition, wait: float | None = None) -> Printing:
    """Give the PDF of a published edition, printing it the first time, once however many ask for it.

    The row is written last, so that it never names a file that is not there.

    Args:
        edition: published.
        wait: how long to wait for a free press, in seconds.

    Raises:
        PrintingError: the document could not be printed.
    """
    if printing := Printing.objects.filter(edition=edition).first():
        return printing
    # A name of its own: of two machines that print at once, one is kept, and its bytes are those of its hash.
    name = f"editions/{edition.roadmap.slug}-edition-{edition.number}-{secrets.token_hex(4)}.pdf"
    path = Path(settings.MEDIA_ROOT) / name
    with in_turn(path.with_name(f"edition-{edition.pk}"), wait):
        if printing := Printing.objects.filter(edition=edition).first():  # whoever was first has printed it
            return printing
        frozen_sheets(edition).write(path, wait)
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        printing, is_ours = Printing.objects.get_or_create(edition=edition, defaults={"file": name, "sha256": sha256})
    if not is_ours:
        path.unlink()
    return printing


def kept_data(edition: Edition) -> bytes:
    """Give the open data of an edition: once published, those that were frozen or printed, which no longer change."""
    if edition.is_published:
        if page := FrozenPage.objects.filter(edition=edition).defer("packed_html").first():
            return page.data
        if printing := Printing.objects.filter(edition=edition).first():
            with contextlib.suppress(FileNotFoundError), printing.file.open() as file:
                return attached_in(file.read())
    return open_data_bytes(edition)


def stocked_choice(edition: Edition, choice: PrintChoice, turn: Turn = nullcontext) -> BinaryIO:
    """Open the PDF of a published edition in another version, printed the first time that it shows what it shows.

    Whatever changes in public (`publishing.public_state`), another day and another portal are another file.

    Args:
        edition: published, with its roadmap and its collectivité loaded.
        choice: which version.
        turn: whoever asks is let print in it, if it is not printed already.

    Raises:
        PrintingError: the document could not be printed.
    """

    def write(target: Path) -> None:
        with turn():
            sheets(edition, choice).write(target, leaves_one=True)

    shown = stamp_of(version(), timezone.localdate(), release())  # taken before it is laid out
    return stocked(f"{edition.pk}-{shown}-{choice.query}.pdf", write)


def office_document(edition: Edition, kind: str, turn: Turn = nullcontext) -> BinaryIO:
    """Open an edition as a document of a word processor, written the first time that it says what it says.

    Args:
        edition: published or not; a draft is not kept.
        kind: "docx" or "odt".
        turn: as in `stocked_choice`.

    Raises:
        PrintingError: the document could not be written.
    """
    dated = edition.published_at or edition.modified_at
    if not edition.is_published:
        with tempfile.TemporaryDirectory() as folder, in_turn(place_of(f"brouillon-{edition.pk}.{kind}")):
            path = Path(folder) / kind
            write_document(sheets(edition).html, path, kind, dated)
            return path.open("rb")
    page = frozen_page(edition)

    def write(target: Path) -> None:
        with turn():
            write_document(page.html, target, kind, dated, leaves_one=True)

    return stocked(f"{edition.pk}-{page.frozen_at.timestamp()}-{release()}.{kind}", write)


def draft_pdf(edition: Edition, choice: PrintChoice = WHOLE_DOCUMENT) -> bytes:
    """Print an edition in preparation as it is now, marked BROUILLON.

    Raises:
        PrintingError: the document could not be printed.
    """
    printed = sheets(edition, choice)
    return pdf_bytes(printed.html, printed.data)


def printed_again(edition: Edition, target: Path) -> str:
    """Print a published edition once more, beside the file that is kept, and give the hash of the result.

    Args:
        edition: published.
        target: where it goes.

    Raises:
        PrintingError: the document could not be printed.
    """
    frozen_sheets(edition).write(target, WAIT_SECONDS)
    return hashlib.sha256(target.read_bytes()).hexdigest()
