"""What a browser sends as keys may be any number: one that no column holds is not there, rather than an error."""

from typing import Any

from django.db.models import IntegerField
from django.db.models.lookups import In

FURTHEST = 2**63 - 1  # the longest whole number of both databases


class WithinReachIn(In):
    """``pk__in`` where numbers further than a column holds are left out, as Django already does of ``pk``."""

    def get_prep_lookup(self) -> Any:
        keys = super().get_prep_lookup()
        if not isinstance(keys, list):
            return keys
        return [key for key in keys if not isinstance(key, int) or abs(key) <= FURTHEST]


def register() -> None:
    """Have every column of whole numbers compared so."""
    IntegerField.register_lookup(WithinReachIn)
