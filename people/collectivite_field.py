"""Choose one collectivité among 36,000 by typing its name: a list would never end."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from territories.models import Collectivite
from territories.names import fold

SHOWN = 5


class CollectiviteField(forms.CharField):
    """A name or a code that designates one current collectivité; None when left empty."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "Son nom ou son code INSEE ou SIREN, par exemple « Nantes Métropole ».")
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Collectivite | None:
        if isinstance(value, Collectivite):
            return value
        text = super().to_python(value)
        return designated_by(text) if text else None

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            value = Collectivite.objects.get(pk=value)
        return unmistakable_name(value) if isinstance(value, Collectivite) else value


def unmistakable_name(collectivite: Collectivite) -> str:
    """Give a name that `designated_by` reads back: « Nantes Métropole (244400404) »."""
    return f"{collectivite} ({collectivite.code})" if collectivite.code else str(collectivite)


def designated_by(text: str) -> Collectivite:
    """Find the current collectivité of that name or code.

    Raises ValidationError if there is none, or several: the message then gives the names to choose from.
    """
    name, code = re.fullmatch(r"(.*?)\s*(?:\((\w+)\))?", text.strip(), re.DOTALL).groups()
    found = Collectivite.objects.current().matching(code or name)
    exact = [one for one in found[:100] if fold(name) in {fold(one.display_name), fold(one.name), one.code.casefold()}]
    candidates = [one for one in exact if not code or one.code == code] or list(found[: SHOWN + 1])
    if not candidates:
        raise ValidationError("Aucune collectivité ne porte ce nom : vérifiez l’orthographe, ou donnez son code.")
    if len(candidates) > 1:
        names = " ; ".join(map(unmistakable_name, candidates[:SHOWN]))
        more = "…" if len(candidates) > SHOWN else "."
        raise ValidationError(f"Plusieurs collectivités répondent à ce nom. Recopiez la bonne : {names}{more}")
    return candidates[0]
