"""The PDF of an edition: kept once published, with its hash; any other version is printed when it is asked for."""

import contextlib
import datetime as dt
import hashlib
import secrets
import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.template.loader import render_to_string
from django.utils import timezone

from publishing.office import write_document
from publishing.pdf import WAIT_SECONDS, AttachedFile, attached_in, pdf_bytes, write_pdf
from publishing.stock import stocked
from roadmaps.document import Document
from roadmaps.models import Edition, Printing
from roadmaps.open_data import open_data_bytes, sha256_of
from roadmaps.print_choice import PrintChoice

WHOLE_DOCUMENT = PrintChoice()


@dataclass(frozen=True)
class Sheets:
    """An edition laid out for print, with the data that go inside the file: the same sheets give the same bytes."""

    html: str
    data: AttachedFile | None  # none in an extract, which would give away all the rest
    dated: dt.datetime

    @property
    def sha256(self) -> str:
        """What tells them from any others."""
        return sha256_of(self.html.encode() + (self.data.content if self.data else b""))

    def write(self, target: Path, wait: float | None = None, *, leaves_one: bool = False) -> None:
        """Print them into a file.

        Raises:
            PrintingError: they could not be printed.
        """
        write_pdf(self.html, target, self.data, wait=wait, leaves_one=leaves_one)


def sheets(edition: Edition, choice: PrintChoice = WHOLE_DOCUMENT) -> Sheets:
    """Lay an edition out for print, as it was on the day it was published.

    Args:
        edition: with its roadmap and its collectivité loaded.
        choice: how much of it, and how it looks.
    """
    prefetch_related_objects([edition.roadmap], "co_carriers")  # the page and the data both name them
    dated = edition.published_at or edition.modified_at
    data = AttachedFile(
        name=f"{edition.roadmap.slug}-edition-{edition.number}.json",
        description="Les données ouvertes de cette édition",
        content=open_data_bytes(edition),
        dated=dated,
    )
    context = {
        "document": Document(edition, today=timezone.localdate(dated)),
        "choice": choice,
        "portal_name": settings.PORTAL_NAME,
        "cress_name": settings.CRESS_NAME,
        "online_url": settings.PUBLIC_URL + edition.get_absolute_url(),
        "content_sha256": sha256_of(data.content),
    }
    html = render_to_string("roadmaps/print/booklet.html", context)
    return Sheets(html, data if choice.carries_data else None, dated)


def printed_html(edition: Edition, choice: PrintChoice = WHOLE_DOCUMENT) -> str:
    """Give the page that is printed."""
    return sheets(edition, choice).html


def kept_printing(edition: Edition, wait: float | None = None) -> Printing:
    """Give the PDF of a published edition, printing it the first time.

    The row is written last, so that it never names a file that is not there.

    Args:
        edition: published.
        wait: how long to wait for a free press, in seconds.

    Raises:
        PrintingError: the document could not be printed.
    """
    if printing := Printing.objects.filter(edition=edition).first():
        return printing
    # A name of its own: of two printings at once, one is kept, and its bytes are those of its hash.
    name = f"editions/{edition.roadmap.slug}-edition-{edition.number}-{secrets.token_hex(4)}.pdf"
    path = Path(settings.MEDIA_ROOT) / name
    sheets(edition).write(path, wait)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    printing, is_ours = Printing.objects.get_or_create(edition=edition, defaults={"file": name, "sha256": sha256})
    if not is_ours:
        path.unlink()
    return printing


def kept_data(edition: Edition) -> bytes:
    """Give the open data of an edition: once printed, those that its PDF holds, which no longer change.

    Args:
        edition: with its printing loaded.
    """
    printing = getattr(edition, "printing", None)
    if printing:
        with contextlib.suppress(FileNotFoundError), printing.file.open() as file:
            return attached_in(file.read())
    return open_data_bytes(edition)


def stocked_choice(edition: Edition, choice: PrintChoice) -> BinaryIO:
    """Open the PDF of a published edition in another version, printed the first time that it shows what it shows.

    Raises:
        PrintingError: the document could not be printed.
    """
    printed = sheets(edition, choice)
    return stocked(f"{printed.sha256}.pdf", partial(printed.write, leaves_one=True))


def office_document(edition: Edition, kind: str) -> BinaryIO:
    """Open an edition as a document of a word processor, written the first time that it says what it says.

    Args:
        edition: published or not; a draft is not kept.
        kind: "docx" or "odt".

    Raises:
        PrintingError: the document could not be written.
    """
    printed = sheets(edition)

    def write(target: Path) -> None:
        write_document(printed.html, target, kind, printed.dated)

    if edition.is_published:
        return stocked(f"{printed.sha256}.{kind}", write)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / kind
        write(path)
        return path.open("rb")


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
    sheets(edition).write(target, WAIT_SECONDS)
    return hashlib.sha256(target.read_bytes()).hexdigest()
