"""The document as a whole, and its publication."""

from typing import Any

from roadmaps.checklist import blocking
from roadmaps.forms.figures import YearField
from roadmaps.forms.sheet import SheetForm
from roadmaps.forms.uploads import UploadField
from roadmaps.models import Edition, Objective
from ui.forms import section


class EditionForm(SheetForm):
    """What an edition says before its sections: its levels, its period, its foreword, its sources."""

    period_start = YearField(label="Première année", required=False)
    period_end = YearField(label="Dernière année", required=False)
    spanned = ()

    class Meta:
        model = Edition
        fields = [
            "period_start", "period_end", "level_1_name", "level_2_name", "level_3_name",
            "foreword", "foreword_author", "caveat", "sources",
        ]  # fmt: skip

    def layout(self) -> list[Any]:
        return [
            section("La période", "period_start", "period_end"),
            section("Les niveaux d’objectifs", "level_1_name", "level_2_name", "level_3_name"),
            section("Avant de lire", "foreword", "foreword_author", "caveat"),
            section("Les sources du document", "sources"),
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse fewer levels than the objectives already take."""
        cleaned_data = super().clean()
        names = [cleaned_data.get(f"level_{level}_name") for level in (1, 2, 3)]
        deepest = Objective.objects.filter(edition=self.instance).order_by("-depth").first()
        for level in range(1, deepest.depth + 1 if deepest else 1):
            field = f"level_{level}_name"
            if not names[level - 1] and field not in self.errors:
                self.add_error(field, "Des objectifs de ce niveau existent : gardez-lui un nom, ou déplacez-les.")
        return cleaned_data


class PublicationForm(SheetForm):
    """What is said when an edition goes online: what changes, and who adopted it."""

    deliberation = UploadField(label="Délibération", required=False)
    spanned = ()

    class Meta:
        model = Edition
        fields = ["change_note", "adopted_on", "adopted_by", "deliberation_number", "deliberation"]

    def layout(self) -> list[Any]:
        changes = ["change_note"] if self.instance.number > 1 else []
        return [*changes, section("L’adoption", "adopted_on", "adopted_by", "deliberation_number", "deliberation")]

    def clean(self) -> dict[str, Any]:
        """Refuse to publish what lacks what no edition goes without, as it is once the edition is held."""
        for words in blocking(self.instance):
            self.add_error(None, words)
        return super().clean()
