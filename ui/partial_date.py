"""Dates as documents give them: a day, a month, or only a year.

Stored as the reduced forms of ISO 8601 ("2024", "2024-05", "2024-05-13"): one column says the date and
its precision, and sorts as text.
"""

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Replace, RPad
from django.db.models.lookups import GreaterThanOrEqual

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
MONTH_NUMBERS = {name: number for number, name in enumerate(MONTHS, 1)} | {
    "fevrier": 2,
    "aout": 8,
    "decembre": 12,
}
ISO = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")
FIGURES = re.compile(r"(?:(?:(?P<day>\d{1,2})/)?(?P<month>\d{1,2})/)?(?P<year>\d{4})")
WORDS = re.compile(r"(?:(?P<day>\d{1,2})(?:er)?\s+)?(?P<name>[a-zéû]+)\s+(?P<year>\d{4})")
HELP = "Une année (2026), un mois (05/2026 ou mai 2026) ou un jour (13/05/2026)."
INVALID = "Cette date ne se lit pas. " + HELP


@dataclass(frozen=True, order=True)
class PartialDate:
    """A date known to the year, the month or the day."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.year < 1000 or 0 in (self.month, self.day) or (self.day and not self.month):  # noqa: PLR2004
            raise ValueError(self)  # a year has four figures, and a zero would be lost on the way to the column
        dt.date(self.year, self.month or 1, self.day or 1)  # ValueError on 31 February

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "2026", "05/2026", "13/05/2026", "mai 2026", "1er mai 2026" or their ISO form.

        Raises:
            ValueError: nothing of that is in ``text``.
        """
        text = " ".join(text.lower().split())
        for pattern in (ISO, FIGURES, WORDS):
            if match := pattern.fullmatch(text):
                parts = match.groupdict()
                month = MONTH_NUMBERS[parts["name"]] if parts.get("name") in MONTH_NUMBERS else parts.get("month")
                if parts.get("name") and month is None:
                    break
                return cls(
                    int(parts["year"]),
                    month and int(month),
                    parts["day"] and int(parts["day"]),
                )
        raise ValueError(text)

    @property
    def iso(self) -> str:
        parts = [
            f"{self.year:04}",
            *(f"{part:02}" for part in (self.month, self.day) if part),
        ]
        return "-".join(parts)

    @property
    def last_day(self) -> dt.date:
        month = self.month or 12
        return dt.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def in_figures(self) -> str:
        """The form that a French reader types: 13/05/2026, 05/2026, 2026."""
        return "/".join(reversed(self.iso.split("-")))

    @property
    def told(self) -> str:
        """Say when: "le 13 mai 2026", "en mai 2026", "en 2026"."""
        return f"le {self}" if self.day else f"en {self}"

    def __str__(self) -> str:
        if not self.month:
            return str(self.year)
        day = {None: "", 1: "1er\u00a0"}.get(self.day, f"{self.day}\u00a0")
        return f"{day}{MONTHS[self.month - 1]} {self.year}"


class PartialDateField(models.CharField):
    """A model field that holds a ``PartialDate`` or nothing."""

    description = "date connue au jour, au mois ou à l’année"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs |= {"max_length": 10, "null": True, "blank": True}
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("max_length", "null", "blank"):
            kwargs.pop(fixed, None)
        return name, path, list(args), kwargs

    def db_check(self, connection: Any) -> str:
        column = connection.ops.quote_name(self.column)
        year = f"SUBSTR({column}, 1, 4) BETWEEN '1000' AND '9999'"
        month = f"SUBSTR({column}, 6, 2) BETWEEN '01' AND '12'"
        day = f"SUBSTR({column}, 9, 2) BETWEEN '01' AND '31'"
        shapes = {"____": "", "____-__": f" AND {month}", "____-__-__": f" AND {month} AND {day}"}
        return f"{year} AND ({' OR '.join(f'({column} LIKE {shape!r}{parts})' for shape, parts in shapes.items())})"

    def from_db_value(self, value: str | None, *_: Any) -> PartialDate | None:
        return PartialDate.parse(value) if value else None

    def to_python(self, value: Any) -> PartialDate | None:
        if value in self.empty_values or isinstance(value, PartialDate):
            return value or None
        try:
            return PartialDate.parse(str(value))
        except ValueError:
            raise ValidationError(INVALID, code="invalid") from None

    def get_prep_value(self, value: Any) -> str | None:
        value = self.to_python(value)
        return value.iso if value else None

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj)) or ""

    def run_validators(self, value: Any) -> None:
        """Length is no matter here: what parses is a date."""

    def formfield(self, **kwargs: Any) -> forms.Field:
        return super(models.CharField, self).formfield(**{"form_class": PartialDateFormField} | kwargs)


class PartialDateFormField(forms.CharField):
    """One text input that reads a day, a month or a year, as they are said."""

    default_error_messages = {"invalid": INVALID}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"help_text": HELP} | {key: value for key, value in kwargs.items() if value != ""})

    def to_python(self, value: Any) -> PartialDate | None:
        text = super().to_python(value)
        if not text:
            return None
        try:
            return PartialDate.parse(text)
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None

    def run_validators(self, value: Any) -> None:
        """``to_python`` has said it all: the text validators expect text."""

    def prepare_value(self, value: Any) -> Any:
        return value.in_figures if isinstance(value, PartialDate) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(self.prepare_value(initial)) != self.to_python(data)
        except ValidationError:
            return True


def not_before(end: str, start: str) -> Q:
    """A condition for a check constraint: ``end`` is not before ``start``, each at its own precision.

    The dashes go and the missing figures are padded, so that only digits are compared: any collation
    then gives the order of time ("2026" is not before "2026-05").
    """

    def digits(name: str, padding: str) -> Func:
        return RPad(Replace(F(name), Value("-"), Value("")), 8, Value(padding))

    ordered = GreaterThanOrEqual(digits(end, "9"), digits(start, "0"))
    return Q(**{f"{end}__isnull": True}) | Q(**{f"{start}__isnull": True}) | Q(ordered)
