"""The field of a text counts its line breaks as the browser does."""

import pytest
from django.core.exceptions import ValidationError

from ui.forms import PlainTextField


def test_a_line_break_counts_for_one_sign():
    field = PlainTextField(max_length=5)
    assert field.clean("ab\r\ncd") == "ab\ncd"
    with pytest.raises(ValidationError):
        field.clean("ab\r\ncde")
    assert PlainTextField(required=False).clean(None) == ""
