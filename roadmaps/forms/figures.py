"""Figures and years, read and shown as they are written in French."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

FIRST_YEAR, LAST_YEAR = 1900, 2200
WRITTEN = re.compile(r"[+-]?\d*\.?\d+\.?")
SPACES = dict.fromkeys(map(ord, " \u00a0\u202f"))


class YearField(forms.IntegerField):
    """A year of four figures."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs |= {"min_value": FIRST_YEAR, "max_value": LAST_YEAR, "widget": forms.TextInput({"inputmode": "numeric"})}
        super().__init__(**kwargs)
        wrong = f"Écrivez une année de quatre chiffres, entre {FIRST_YEAR} et {LAST_YEAR}."
        self.error_messages |= {"invalid": wrong}
        for validator in self.validators:
            validator.message = wrong


class FigureField(forms.DecimalField):
    """A figure with its thousands parted or not, and a comma or a point: « 44 500 », « 12,5 »."""

    default_error_messages = {"invalid": "Écrivez un nombre en chiffres, par exemple 44 500 ou 12,5."}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs | {"widget": forms.TextInput({"inputmode": "decimal"})})

    def to_python(self, value: Any) -> Decimal | None:
        if isinstance(value, str):
            value = value.translate(SPACES).removesuffix("€").replace(",", ".")
            if value and not WRITTEN.fullmatch(value):  # 1e9 is a number for a machine only
                raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Decimal):
            return value
        whole = value == value.to_integral_value()
        return f"{value.quantize(Decimal(1)) if whole else value.normalize():f}".replace(".", ",")
