"""Forms that anybody fills in, without account or cookie: what tells a robot from a person.

A field that nobody sees stays empty, and nobody writes faster than one reads. `templates/ui/trap.html` draws the field.
"""

import time
from typing import Any

from django import forms
from django.core import signing

SALT = "ui.visitors"
QUICKEST = 3  # seconds between reading the form and sending it
SLOWEST = 24 * 3600
TOO_QUICK = "Le formulaire est parti plus vite qu’on ne l’écrit\u00a0: relisez-le, puis envoyez-le de nouveau."
TOO_OLD = (
    "La page était ouverte depuis plus d’un jour\u00a0: ce que vous avez écrit est toujours là, envoyez-le de nouveau."
)
TRAPPED = "Laissez vide le champ «\u00a0Site\u00a0»\u00a0: seuls les robots le remplissent."


class VisitorForm(forms.Form):
    """What a visitor sends; its helper draws ``read_at`` with the other fields, its page includes ``ui/trap.html``."""

    site = forms.CharField(label="Site (à laisser vide)", required=False)
    read_at = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].widget.attrs |= {"tabindex": "-1", "autocomplete": "off"}
        self.initial |= {"read_at": now_signed()}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("site"):
            self.add_error(None, TRAPPED)
        elif refusal := said_of_the_time(cleaned.get("read_at", "")):
            self.data = self.data.copy()
            self.data[self.add_prefix("read_at")] = now_signed()
            self.add_error(None, refusal)
        return cleaned


def now_signed() -> str:
    return signing.dumps(int(time.time()), salt=SALT)


def said_of_the_time(word: str) -> str:
    """Say what is wrong with the time that it took to write; nothing where it is that of a person."""
    try:
        elapsed = time.time() - signing.loads(word, salt=SALT)
    except signing.BadSignature:
        return TOO_OLD
    if elapsed > SLOWEST:
        return TOO_OLD
    return TOO_QUICK if elapsed < QUICKEST else ""
