"""When two people wrote the same page: what each of them says, field by field, and which one stays."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2s
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet
from django.http import QueryDict
from django.utils.choices import flatten_choices
from django.utils.safestring import SafeString

from ui.differences import sides, sides_rich
from ui.rich_text import RichTextFormField

CHOICE = "choix-"  # before the name of a field: which version of it stays
MINE, THEIRS = "mine", "theirs"


@dataclass
class Conflict:
    """A field that two people wrote, each in their way."""

    name: str
    label: str
    theirs: SafeString
    mine: SafeString
    is_rich: bool = False

    @property
    def choice_name(self) -> str:
        return f"{CHOICE}{self.name}"


def sent(form: Any, name: str) -> str:
    """Give the value of a field, or of all its rows of one kind, as comparable text; it asks the database nothing."""
    if name in form.rows:
        return rows_said(form.rows[name], field_sent)
    return field_sent(form[name])


def field_sent(field: forms.BoundField) -> str:
    value = field.value()
    if isinstance(value, list | tuple):
        return ",".join(sorted(str(getattr(one, "pk", one)) for one in value))
    return str(value or "") if hasattr(field.field, "choices") else field_said(field)


def said(form: Any, name: str) -> str:
    """Give what a field of a sheet says, or all its rows of one kind, as comparable text."""
    return rows_said(form.rows[name], field_said) if name in form.rows else field_said(form[name])


def field_said(field: forms.BoundField) -> str:
    """Write the value of a field as a reader would say it; a rich text as its HTML."""
    value = field.value()
    if isinstance(field.field, forms.BooleanField):
        return "oui" if field.field.to_python(value) else "non"
    if hasattr(field.field, "choices"):
        chosen = {str(one) for one in value} if isinstance(value, list | tuple) else {str(value)}
        known: list[tuple[Any, Any]] = flatten_choices(field.field.choices)
        return ", ".join(str(label).strip("— ") for key, label in known if str(key) in chosen and str(key))
    if isinstance(field.field, RichTextFormField):
        return field.field.sanitize(value or "")
    return "\n".join(" ".join(line.split()) for line in str("" if value is None else value).splitlines())


def rows_said(rows: BaseFormSet, write: Callable[[forms.BoundField], str]) -> str:
    """Write the rows that a set of rows keeps, one a line."""
    return "\n".join(words for form in rows.forms if (words := row_said(form, write)))


def row_said(form: forms.ModelForm, write: Callable[[forms.BoundField], str]) -> str:
    is_marked = "DELETE" in form.fields and form["DELETE"].value() not in {None, False, ""}
    if is_marked or not (form.instance.pk or form.has_changed()):
        return ""
    names = [name for name in form.fields if name not in {"row", "DELETE"}]
    return " · ".join(words for name in names if (words := write(form[name])))


def digests(form: Any) -> str:
    """Sum up what each field of a sheet said when it was read: who changed what is then known at the next save."""
    return json.dumps({name: digest(sent(form, name)) for name in compared(form)})


def digest(text: str) -> str:
    return blake2s(text.encode(), digest_size=6).hexdigest()


def compared(form: Any) -> list[str]:
    """Give the names of what two versions of a sheet are compared by: its fields, then its sets of rows."""
    fields = [
        name
        for name, field in form.fields.items()
        if not form[name].is_hidden and not isinstance(field, forms.FileField)
    ]
    return [*fields, *form.rows]


def read_digests(text: str) -> dict[str, str]:
    """Read what `digests` wrote; nothing where a browser sends back something else."""
    try:
        read = json.loads(text)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def take(name: str, stored: Any, data: QueryDict) -> None:
    """Write in what was sent the stored value of a field, or all the stored rows of a kind.

    Args:
        name: of the field or of the set of rows.
        stored: the form of what is stored.
        data: what was sent, open to change.
    """
    if name not in stored.rows:
        send(stored[name], data)
        return
    rows = stored.rows[name]
    for key in [key for key in data if key.startswith(f"{name}-")]:
        del data[key]
    for field in rows.management_form:
        data[field.html_name] = str(field.value())
    for form in rows.forms:
        for field in form:
            send(field, data)


def send(field: forms.BoundField, data: QueryDict) -> None:
    """Write the value of a field as its page would send it."""
    value = field.value()
    if isinstance(field.field, forms.BooleanField):
        data.setlist(field.html_name, ["on"] if value else [])
    elif isinstance(value, list | tuple):
        data.setlist(field.html_name, [str(getattr(one, "pk", one)) for one in value])
    else:
        data[field.html_name] = "" if value is None else str(value)


def conflict(name: str, typed: Any, stored: Any) -> Conflict:
    """Set two versions of a field side by side."""
    is_rich = name in typed.fields and isinstance(typed.fields[name], RichTextFormField)
    show = sides_rich if is_rich else sides
    theirs, mine = show(said(stored, name), said(typed, name))
    return Conflict(name, label_of(typed, name), theirs, mine, is_rich)


def label_of(form: Any, name: str) -> str:
    return form.row_labels[name].all if name in form.rows else str(form[name].label)
