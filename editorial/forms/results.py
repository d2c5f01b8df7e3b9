"""What a survey or a note found, as staff type or paste it: « Oui : 62 », a line a figure."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from editorial.models import Result, ResultFigure
from editorial.states import write_figures
from roadmaps.forms.figures import FigureField, YearField
from roadmaps.forms.readings import WRONG, PastedLinesField
from roadmaps.forms.rows import RowForm, RowFormSet, row_set

MOST_FIGURES = 60
TOO_MANY = "Pas plus de {limit} chiffres par résultat."
UNREADABLE = "écrivez le libellé, deux-points, puis le chiffre, par exemple «\u00a0Oui\u00a0: 62\u00a0»."
HELP = (
    "Un chiffre par ligne\u00a0: le libellé, deux-points, le chiffre, comme «\u00a0Oui\u00a0: 62\u00a0». "
    "Deux colonnes de tableur se collent telles quelles."
)
LINE = re.compile(r"(?P<label>.*\S)\s*[:\t;]\s*(?P<value>[^:\t;]*)")  # parted at the last mark: a label may hold one
VALUE = FigureField(max_digits=16, decimal_places=3, error_messages={"required": UNREADABLE})
LABEL = ResultFigure._meta.get_field("label").formfield(error_messages={"required": UNREADABLE})

Figure = tuple[str, Decimal]


def read_figure(line: str) -> Figure:
    """Read a line.

    Raises:
        ValidationError: it has no label or no figure that can be read.
    """
    parts = LINE.fullmatch(line)
    label, value = (parts["label"], parts["value"].removesuffix("%").strip()) if parts else ("", "")
    try:
        return LABEL.clean(label), VALUE.clean(value)
    except ValidationError as refusal:
        raise ValidationError(WRONG.format(line=line, why=refusal.messages[0])) from None


class FiguresField(PastedLinesField):
    """The figures of one result, a line each."""

    parse = staticmethod(read_figure)
    most = MOST_FIGURES
    too_many = TOO_MANY


class ResultRow(RowForm):
    """A question or a title, what is needed to read its figures, and the figures."""

    base = forms.IntegerField(
        label="Base", required=False, min_value=0, max_value=2_000_000_000,
        widget=forms.TextInput({"inputmode": "numeric"}), help_text="Combien ont répondu à cette question.",
    )  # fmt: skip
    year = YearField(label="Année", required=False)
    figures = FiguresField(label="Chiffres", help_text=HELP, widget=forms.Textarea({"rows": 4}))

    class Meta:
        model = Result
        fields = ["title", "figures", "unit", "base", "year", "source"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["figures"] = written(self.instance) if self.instance.pk else ""

    def save(self, commit: bool = True) -> Result:  # noqa: FBT001, FBT002 Django’s signature
        saved = super().save(commit=commit)
        if "figures" in self.changed_data:
            write_figures(saved, self.cleaned_data["figures"])
        return saved


def written(result: Result) -> str:
    """Write stored figures as the field takes them."""
    return "\n".join(f"{one.label}\u00a0: {VALUE.prepare_value(one.value)}" for one in result.figures.all())


class ResultRows(RowFormSet):
    """The results of a position."""

    def stored_rows(self) -> Any:
        return self.parent.results.all() if self.parent.pk else []


RESULTS = row_set(ResultRow, ResultRows, parent_field="publication", blank_rows=1)
