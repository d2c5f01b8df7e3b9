"""Inline pictures: Lucide icons, always decorative, since a word always stands beside them."""

from functools import lru_cache

from django.utils.safestring import SafeString
from lucide.templatetags.lucide import lucide


@lru_cache(maxsize=256)
def icon(name: str, size: int = 20) -> SafeString:
    """Draw the Lucide icon of that name; an unknown name raises `lucide.IconDoesNotExist`."""
    return SafeString(lucide(name, size=size, **{"class": "icon", "aria-hidden": "true", "focusable": "false"}))
