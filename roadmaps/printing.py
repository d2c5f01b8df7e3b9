"""The PDF of an edition: kept once published, printed on demand while in preparation."""

import hashlib
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.template.loader import render_to_string

from publishing.pdf import AttachedFile, pdf_bytes, write_pdf
from roadmaps.document import Document
from roadmaps.models import Edition, Printing
from roadmaps.open_data import open_data_bytes, sha256_of
from roadmaps.print_choice import PrintChoice

WHOLE_DOCUMENT = PrintChoice()


@dataclass(frozen=True)
class Sheets:
    """An edition laid out for print, with the data that go inside the file: the same sheets give the same bytes."""

    html: str
    data: AttachedFile


def sheets(edition: Edition, choice: PrintChoice = WHOLE_DOCUMENT) -> Sheets:
    """Lay an edition out for print.

    Args:
        edition: with its roadmap and its collectivité loaded.
        choice: how much of it, and how it looks.
    """
    prefetch_related_objects([edition.roadmap], "co_carriers")  # the page and the data both name them
    data = AttachedFile(
        name=f"{edition.roadmap.slug}-edition-{edition.number}.json",
        description="Les données ouvertes de cette édition",
        content=open_data_bytes(edition),
        dated=edition.published_at or edition.modified_at,
    )
    context = {
        "document": Document(edition),
        "choice": choice,
        "layout": "layouts/print.html",
        "portal_name": settings.PORTAL_NAME,
        "cress_name": settings.CRESS_NAME,
        "online_url": settings.PUBLIC_URL + edition.get_absolute_url(),
        "content_sha256": sha256_of(data.content),
    }
    return Sheets(render_to_string("roadmaps/print/booklet.html", context), data)


def printed_html(edition: Edition, choice: PrintChoice = WHOLE_DOCUMENT) -> str:
    """Give the page that is printed."""
    return sheets(edition, choice).html


def kept_printing(edition: Edition) -> Printing:
    """Give the PDF of a published edition, printing it the first time.

    The row is written last, so that it never names a file that is not there.

    Raises:
        PrintingError: the document could not be printed.
    """
    if printing := Printing.objects.filter(edition=edition).first():
        return printing
    # A name of its own: of two printings at once, one is kept, and its bytes are those of its hash.
    name = f"editions/{edition.roadmap.slug}-edition-{edition.number}-{secrets.token_hex(4)}.pdf"
    path = Path(settings.MEDIA_ROOT) / name
    printed = sheets(edition)
    write_pdf(printed.html, path, printed.data)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    printing, is_ours = Printing.objects.get_or_create(edition=edition, defaults={"file": name, "sha256": sha256})
    if not is_ours:
        path.unlink()
    return printing


def draft_pdf(edition: Edition) -> bytes:
    """Print an edition in preparation as it is now, marked BROUILLON.

    Raises:
        PrintingError: the document could not be printed.
    """
    printed = sheets(edition)
    return pdf_bytes(printed.html, printed.data)
