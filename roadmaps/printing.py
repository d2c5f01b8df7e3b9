"""The PDF of an edition: kept once published, printed on demand while in preparation."""

import hashlib
import secrets
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string

from publishing.pdf import pdf_bytes, write_pdf
from roadmaps.document import Document
from roadmaps.models import Edition, Printing


def printed_html(edition: Edition) -> str:
    """Lay the edition’s page out for print: the same template as on screen."""
    context = {
        "document": Document(edition),
        "layout": "layouts/print.html",
        "portal_name": settings.PORTAL_NAME,
        "cress_name": settings.CRESS_NAME,
    }
    return render_to_string("roadmaps/edition_page.html", context)


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
    write_pdf(printed_html(edition), path)
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
    return pdf_bytes(printed_html(edition))
