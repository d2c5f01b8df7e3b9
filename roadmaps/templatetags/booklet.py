"""Give the template of the printed booklet all that it lays out."""

import datetime as dt

from django import template

from roadmaps.booklet import Booklet
from roadmaps.document import Document
from roadmaps.print_choice import PrintChoice

register = template.Library()


@register.simple_tag
def booklet_of(
    document: Document, choice: PrintChoice, online_url: str, content_sha256: str, as_of: dt.date | None
) -> Booklet:
    """Prepare the booklet of an edition, or the part of it that is asked for."""
    return Booklet(document, choice, online_url, content_sha256, as_of)
