"""The money and the people given to an action, row by row, and what they come to."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from roadmaps.forms.figures import FigureField, YearField
from roadmaps.forms.names import NameField, Organisations
from roadmaps.forms.rows import RowForm, RowFormSet
from roadmaps.models import Funding
from roadmaps.sheets import in_all
from ui.typography import NO_BREAK_SPACE


class FundingRow(RowForm):
    amount = FigureField(label="Montant", max_digits=14, decimal_places=2, min_value=0, help_text="")
    year = YearField(label="Année", required=False)
    funder = NameField(Organisations, label="Financeur", required=False, help_text="")

    class Meta:
        model = Funding
        fields = ["amount", "year", "nature", "funder", "status", "note"]

    @property
    def typed_amount(self) -> Decimal | None:
        """What the row gives as it is shown, or None where that is no amount."""
        try:
            return self.fields["amount"].clean(self["amount"].value())
        except ValidationError:
            return None


class FundingRows(RowFormSet):
    """The fundings of an action, with their totals by status (static/js/totals.js does the same sums as one types)."""

    has_total = True
    staff = Funding.Nature.STAFF

    @property
    def total(self) -> str:
        """Such as « Prévu : 12 000 € + 0,5 ETP · Réalisé : 3 000 € »; a wrong amount is not counted."""
        found: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in self.forms:
            amount = None if self._should_delete_form_as_shown(row) else row.typed_amount
            if amount is not None:
                found[row["status"].value()].append({"amount": amount, "nature": row["nature"].value()})
        sums = ((label, in_all(found[status])) for status, label in Funding.Status.choices)
        return " · ".join(f"{label}{NO_BREAK_SPACE}: {amount}" for label, amount in sums if amount)

    def _should_delete_form_as_shown(self, row: FundingRow) -> bool:
        return "DELETE" in row.fields and bool(row.fields["DELETE"].to_python(row["DELETE"].value()))
