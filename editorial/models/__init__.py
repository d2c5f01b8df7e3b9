"""What the CRESS writes beside what everyone reads: the policy pages, and all that was done to them."""

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
from editorial.models.written import Revision, Written

__all__ = [
    "LONGEST_PATH",
    "LONGEST_SLUG",
    "MAX_LEVELS",
    "FormerAddress",
    "OnlineText",
    "Page",
    "PageRevision",
    "Revision",
    "Text",
    "Written",
]
