"""What the CRESS writes beside what everyone reads, all that was done to it, and what visitors write."""

from editorial.models.contact import ContactMessage
from editorial.models.page import (
    LONGEST_PATH,
    LONGEST_SLUG,
    MAX_LEVELS,
    FormerAddress,
    OnlineText,
    Page,
    PageRevision,
    Text,
)
from editorial.models.parties import Party
from editorial.models.publication import FormerSlug, Publication, PublicationRevision, Support
from editorial.models.results import Result, ResultFigure
from editorial.models.written import Revision, Written

__all__ = [
    "LONGEST_PATH",
    "LONGEST_SLUG",
    "MAX_LEVELS",
    "ContactMessage",
    "FormerAddress",
    "FormerSlug",
    "OnlineText",
    "Page",
    "PageRevision",
    "Party",
    "Publication",
    "PublicationRevision",
    "Result",
    "ResultFigure",
    "Revision",
    "Support",
    "Text",
    "Written",
]
