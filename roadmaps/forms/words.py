"""What a form says when two people wrote the same page."""

from typing import Any

from django import forms
from django.utils.choices import flatten_choices
from django.utils.html import strip_tags
from django.utils.text import Truncator

from ui.rich_text import RichTextFormField

SHOWN = 600  # characters of a stored text, enough to know it again


def difference(typed: forms.ModelForm, stored: forms.ModelForm) -> dict[str, str]:
    """Give, for each field whose text as typed is not the one stored, a sentence that says the stored one."""
    return {
        name: f"modifié entre-temps, ou par vous. Valeur enregistrée : {in_words(stored[name])}"
        for name, field in typed.fields.items()
        if not typed[name].is_hidden and not isinstance(field, forms.FileField) and differs(typed[name], stored[name])
    }


def differs(typed: forms.BoundField, stored: forms.BoundField) -> bool:
    return in_words(typed) != in_words(stored)


def in_words(field: forms.BoundField) -> str:
    """Write the value of a field as a reader would say it."""
    value = field.value()
    if isinstance(field.field, forms.BooleanField):
        return "oui" if field.field.to_python(value) else "non"
    if hasattr(field.field, "choices"):
        chosen = {str(one) for one in value} if isinstance(value, list | tuple) else {str(value)}
        known: list[tuple[Any, Any]] = flatten_choices(field.field.choices)
        text = ", ".join(str(label).strip("— ") for key, label in known if str(key) in chosen and str(key))
    elif isinstance(field.field, RichTextFormField):
        text = strip_tags(field.field.sanitize(value or "").replace("><", "> <"))
    else:
        text = "" if value is None else str(value)
    text = " ".join(text.split())
    return f"« {Truncator(text).chars(SHOWN)} »" if text else "(vide)"
