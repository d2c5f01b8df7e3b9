"""The look of every form: one helper for crispy-forms, one kind of section; and the field of a text without marks.

A form sets `self.helper = form_helper(…)`; its page includes `ui/form.html`, which writes the <form> and its buttons.
"""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, LayoutObject
from django import forms
from django.forms.renderers import DjangoTemplates


class TypedTextRenderer(DjangoTemplates):
    """Write back what was typed without U+0000, which every field refuses and no HTML page may hold."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        return super().render(*args, **kwargs).replace("\0", "")


class PlainTextField(forms.CharField):
    """A text of several lines, whose line breaks count for one sign each, as a browser counts them for ``maxlength``.

    A browser sends every line break as two signs, which would refuse a text that its own page has let in.
    """

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")


def form_helper(*layout: LayoutObject | str) -> FormHelper:
    """Draw the named fields and sections in this order, or all the fields when none is named.

    The template owns <form>, the csrf token, the buttons and the summary of errors; the page owns the form's media.
    """
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.include_media = False
    # The summary tells what is wrong with the whole form, templates/bootstrap5/field.html what is wrong with a field.
    helper.form_show_errors = False
    if layout:
        helper.layout = Layout(*layout)
    return helper


def section(legend: str, *fields: LayoutObject | str) -> Fieldset:
    """Group fields under a legend, in a box of their own."""
    return Fieldset(legend, *fields, css_class="form-section")
