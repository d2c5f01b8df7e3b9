"""Pieces of the layout of a sheet, beside the sections of `ui.forms`."""

from typing import Any, NamedTuple

from crispy_forms.layout import Div, LayoutObject
from django.template.loader import render_to_string
from django.utils.safestring import SafeString


class RowLabels(NamedTuple):
    """What a set of rows is called, and one of them: « Financements », « Financement »."""

    all: str
    row: str


class Rows(LayoutObject):
    """Where a sheet shows one of its sets of rows."""

    def __init__(self, prefix: str, *, legend: str, row_label: str, add_label: str, help: str = "") -> None:  # noqa: A002
        self.prefix, self.labels = prefix, RowLabels(legend, row_label)
        self.words = {"legend": legend, "row_label": row_label, "add_label": add_label, "help": help}

    def render(self, form: Any, context: Any, template_pack: str = "", **kwargs: Any) -> SafeString:
        return render_to_string("ui/formset.html", self.words | {"formset": form.rows[self.prefix]})


class Fold(LayoutObject):
    """Fields that open on demand, without script; open when one of them is refused."""

    def __init__(self, summary: str, *fields: str) -> None:
        self.summary, self.fields = summary, list(fields)

    def render(self, form: Any, context: Any, template_pack: str = "bootstrap5", **kwargs: Any) -> SafeString:
        content = {
            "summary": self.summary,
            "is_open": any(name in form.errors for name in self.fields),
            "fields": self.get_rendered_fields(form, context, template_pack, **kwargs),
        }
        return render_to_string("roadmaps/workspace/_fold.html", content)


def beside(*fields: str) -> Div:
    """Put short fields side by side where there is room."""
    return Div(*(Div(field, css_class="col-md") for field in fields), css_class="row")
