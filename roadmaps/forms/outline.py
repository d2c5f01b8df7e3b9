"""The simple parts of an edition: sections, horizons, key figures, annexes; and objectives, which hang in a tree."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import Truncator

from roadmaps.forms.figures import FigureField, YearField
from roadmaps.forms.sheet import SheetForm
from roadmaps.forms.uploads import UploadField
from roadmaps.models import Annex, Horizon, KeyFigure, Objective, Section
from roadmaps.outline import in_tree_order, possible_parents
from ui.forms import section


class SectionForm(SheetForm):
    class Meta:
        model = Section
        fields = ["kind", "title", "body"]


class HorizonForm(SheetForm):
    first_year = YearField(label="De l’année", required=False)
    last_year = YearField(label="À l’année", required=False)

    class Meta:
        model = Horizon
        fields = ["label", "first_year", "last_year"]


class KeyFigureForm(SheetForm):
    value = FigureField(label="Valeur", max_digits=16, decimal_places=3, help_text="En chiffres : 44 500 ou 12,5.")
    year = YearField(label="Année", required=False)

    class Meta:
        model = KeyFigure
        fields = ["label", "value", "unit", "year", "scope", "source"]


class AnnexForm(SheetForm):
    file = UploadField(label="Fichier", required=False)

    class Meta:
        model = Annex
        fields = ["title", "body", "file"]


class ObjectiveField(forms.ModelChoiceField):
    """An objective of the edition, offered in the order of the document and at its depth."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Objective.objects.none(), **kwargs)

    def offer(self, objectives: QuerySet[Objective], known: Callable[[], Iterable[Objective]] | None = None) -> None:
        """Accept these objectives and no other.

        Args:
            objectives: read when one of them is sent.
            known: gives the same, already read, when the page shows the choice.
        """
        self.queryset = objectives
        empty = [] if self.required else [("", self.empty_label)]
        self.choices = lambda: (
            empty
            + [
                (one.pk, f"{'— ' * (one.depth - 1)}{Truncator(one).chars(90)}")
                for one in in_tree_order(known() if known else objectives)
            ]
        )

    def get_bound_field(self, form: Any, field_name: str) -> forms.BoundField:
        """Offer no objective in the place of one that is gone: whoever writes chooses."""
        bound = super().get_bound_field(form, field_name)
        if form.is_bound and self.required:
            offered, sent = self.choices, str(bound.value() or "")
            self.choices = lambda: [*([] if is_offered(sent, offered) else [("", "Choisissez un objectif")]), *offered]
        return bound


def is_offered(sent: str, choices: Iterable[tuple[Any, str]]) -> bool:
    return sent in {str(key) for key, _ in choices}


class ObjectiveForm(SheetForm):
    """An objective and where it hangs; what hangs on it follows it."""

    parent = ObjectiveField(label="Rattaché à", required=False, empty_label="Rien : il est au premier niveau")
    spanned = ("edition", "depth", "parent_depth")

    class Meta:
        model = Objective
        fields = ["parent", "code", "title", "text", "tone", "source"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_parents()

    def offer_parents(self) -> None:
        """Offer what it may hang on, as the tree stands now."""
        levels = self.instance.edition.level_names
        parent = self.fields["parent"]
        parent.offer(possible_parents(self.instance, len(levels)))
        parent.help_text = f"Les niveaux de cette édition : {', '.join(levels)}."
        parent.error_messages["invalid_choice"] = (
            "Un objectif se rattache à un objectif de la même édition, ni lui-même ni un des siens, "
            f"et ce qui lui est rattaché doit tenir dans les niveaux que l’édition nomme : {', '.join(levels)}."
        )

    def layout(self) -> list[Any]:
        return [
            section("L’objectif", "parent", "code", "title", "text"),
            section("Présentation", "tone", "source"),
        ]

    def full_clean(self) -> None:
        if self.is_bound:
            self.offer_parents()  # the tree may have changed since the form was made
        super().full_clean()

    def clean(self) -> dict[str, Any]:
        cleaned_data = super().clean()
        if "parent" not in self.errors:
            self.instance.place_under(cleaned_data.get("parent"))
        return cleaned_data
