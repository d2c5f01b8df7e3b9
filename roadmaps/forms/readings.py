"""The readings of an indicator, typed or pasted as lines: « 2026 : 12,5 ; Insee »."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from roadmaps.forms.figures import FigureField
from roadmaps.models import Indicator, Measure
from ui.partial_date import PartialDate, PartialDateFormField

EXAMPLE = "par exemple «\u00a02026\u00a0: 12,5\u00a0»"
HELP = (
    "Relevés\u00a0: un par ligne, la date, deux-points, la valeur, puis un point-virgule et la source si vous l’avez, "
    "comme «\u00a02026\u00a0: 12,5\u00a0; Insee\u00a0». Des colonnes de tableur se collent telles quelles."
)
UNREADABLE = "écrivez la date, deux-points, puis la valeur, " + EXAMPLE + "."
WRONG = "Ligne «\u00a0{line}\u00a0»\u00a0: {why}"
TOO_MANY = "Pas plus de {limit} relevés par indicateur."
UNDATED = "sans date"
MOST_READINGS = 100
AFTER_DATE, AFTER_VALUE = re.compile(r"\s*[:\t]\s*"), re.compile(r"\s*[;\t]\s*")
VALUE = FigureField(max_digits=16, decimal_places=3, error_messages={"required": UNREADABLE})
DATE = PartialDateFormField(error_messages={"required": UNREADABLE})
SOURCE = Measure._meta.get_field("source").formfield()


@dataclass(frozen=True)
class Reading:
    """A line: when, how much, after whom."""

    measured_on: PartialDate | None
    value: Decimal
    source: str = ""

    @classmethod
    def parse(cls, line: str) -> "Reading":
        """Read a line.

        Raises:
            ValidationError: it has no date or no value that can be read, or a source too long to be kept.
        """
        date, _, rest = partition(AFTER_DATE, line)
        value, _, source = partition(AFTER_VALUE, rest)
        try:
            return cls(None if date == UNDATED else DATE.clean(date), VALUE.clean(value), SOURCE.clean(source))
        except ValidationError as refusal:
            raise ValidationError(WRONG.format(line=line, why=refusal.messages[0])) from None

    def __str__(self) -> str:
        date = self.measured_on.in_figures if self.measured_on else UNDATED
        return f"{date}\u00a0: {VALUE.prepare_value(self.value)}" + (f"\u00a0; {self.source}" if self.source else "")


def partition(separator: re.Pattern[str], text: str) -> tuple[str, str, str]:
    """Part a text at the first separator, as `str.partition` does."""
    match = separator.search(text)
    return (text[: match.start()], match.group(), text[match.end() :]) if match else (text, "", "")


class PastedLinesField(forms.CharField):
    """Several things of one kind, typed or pasted as lines: each is read, or the line that cannot be is named."""

    parse: Callable[[str], Any]  # raises ValidationError
    most: int
    too_many: str

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "widget": forms.Textarea({"rows": 2})} | kwargs)

    def to_python(self, value: Any) -> list[Any]:  # type: ignore[override]  # a CharField for its widget and checks
        read, refusals = [], []
        for line in filter(None, map(str.strip, super().to_python(value).splitlines())):
            try:
                read.append(self.parse(line))
            except ValidationError as refusal:
                refusals += refusal.messages
        if len(read) > self.most:
            refusals.append(self.too_many.format(limit=self.most))
        if refusals:
            raise ValidationError(refusals)
        return read

    def run_validators(self, value: Any) -> None:
        """Each line was checked when it was read."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class ReadingsField(PastedLinesField):
    """The readings of one indicator, a line each."""

    parse = staticmethod(Reading.parse)
    most = MOST_READINGS
    too_many = TOO_MANY

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label": "Relevés"} | kwargs)


def written(measures: list[Measure]) -> str:
    """Write stored readings as the field takes them."""
    return "\n".join(str(Reading(row.measured_on, row.value, row.source)) for row in measures)


def write_readings(indicator: Indicator, readings: list[Reading]) -> None:
    """Make the readings of an indicator those that were typed, in their order.

    A stored reading is known again by its date, else by its rank among those that are left: it keeps its uid and note.
    """
    stored = list(Measure.objects.filter(indicator=indicator))
    known: dict[int, Measure] = {}
    for rank, reading in enumerate(readings):
        same_date = next((row for row in stored if row.measured_on == reading.measured_on), None)
        if same_date:
            stored.remove(same_date)
            known[rank] = same_date
    for rank, reading in enumerate(readings):
        row = known.get(rank) or (stored.pop(0) if stored else Measure(edition=indicator.edition, indicator=indicator))
        is_same = Reading(row.measured_on, row.value, row.source) == reading if row.pk else False
        if not is_same or row.position != rank:
            row.measured_on, row.value, row.source = reading.measured_on, reading.value, reading.source
            row.position = rank
            row.save()
    Measure.objects.filter(pk__in=[row.pk for row in stored]).delete()
