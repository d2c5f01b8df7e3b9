"""The roadmap itself, beside its editions: what it is, who carries it, how it was built."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from people.collectivite_field import designated_by, unmistakable_name
from roadmaps.forms.figures import YearField
from roadmaps.forms.layout import Rows, beside
from roadmaps.forms.names import NameField, Organisations, Persons
from roadmaps.forms.rows import actor_rows
from roadmaps.forms.sheet import SheetForm
from roadmaps.forms.uploads import UploadField
from roadmaps.models import Edition, Milestone, Roadmap, RoadmapActor
from territories.models import Collectivite
from ui.forms import form_helper, section

ALREADY_CARRIES = "« {} » porte déjà cette feuille de route : n’indiquez ici que les autres."


class CollectivitesField(forms.CharField):
    """Several collectivités, one a line, by name or code."""

    widget = forms.Textarea({"rows": 3})
    stored: tuple[Collectivite, ...] = ()  # kept when they are sent back as they were shown, even where one has ended

    def clean(self, value: Any) -> list[Collectivite]:
        found, errors = [], []
        shown = {unmistakable_name(one): one for one in self.stored}
        for line in filter(None, map(str.strip, super().clean(value).splitlines())):
            try:
                found.append(shown.get(line) or designated_by(line))
            except ValidationError as error:
                errors.append(f"« {line} » : {error.messages[0]}")
        if errors:
            raise ValidationError(errors)
        return found

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(unmistakable_name, value)) if isinstance(value, list) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class DocumentField(forms.ModelChoiceField):
    """Another roadmap, told from its like by its carrier."""

    def label_from_instance(self, roadmap: Roadmap) -> str:
        return f"{roadmap.collectivite} – {roadmap.title}"


class RoadmapForm(SheetForm):
    """What a roadmap is, through all its editions."""

    co_carriers = CollectivitesField(
        label="Collectivités co-porteuses",
        required=False,
        help_text="Une par ligne : leur nom, ou leur code INSEE ou SIREN.",
    )
    referent = NameField(Persons, label="Référent·e à la CRESS", required=False)
    predecessor = DocumentField(
        Roadmap.objects.none(),
        label="Fait suite à",
        required=False,
        empty_label="Aucun document",
        help_text="Le document de la génération précédente.",
    )
    strategy = DocumentField(
        Roadmap.objects.none(),
        label="Décline",
        required=False,
        empty_label="Aucune stratégie",
        help_text="La stratégie dont ce document est un plan d’actions.",
    )
    spanned = ()

    class Meta:
        model = Roadmap
        fields = ["kind", "title", "ambition", "co_carriers", "referent", "predecessor", "strategy", "is_fictional"]
        widgets = {"ambition": forms.Textarea({"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Roadmap.objects.exclude(pk=self.instance.pk).select_related("collectivite").order_by("title")
        self.fields["predecessor"].queryset = self.fields["strategy"].queryset = others
        if self.instance.pk:
            self.fields["co_carriers"].stored = tuple(self.instance.co_carriers.all())

    def clean_co_carriers(self) -> list[Collectivite]:
        """Refuse the collectivité that carries the roadmap: it does not carry it with itself."""
        co_carriers = self.cleaned_data["co_carriers"]
        if self.instance.collectivite in co_carriers:
            raise ValidationError(ALREADY_CARRIES.format(self.instance.collectivite))
        return co_carriers

    def layout(self) -> list[Any]:
        return [
            section("Le document", "kind", "title", "ambition", "is_fictional"),
            section("Qui le porte", "co_carriers", "referent"),
            section("Les documents voisins", "predecessor", "strategy"),
        ]


class FirstEditionForm(forms.ModelForm):
    """What the first edition of a new roadmap covers; the rest is written later."""

    period_start = YearField(label="Première année", required=False)
    period_end = YearField(label="Dernière année", required=False)

    class Meta:
        model = Edition
        fields = ["period_start", "period_end", "level_1_name", "level_2_name", "level_3_name"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper(
            section("La période", beside("period_start", "period_end")),
            section("Les niveaux d’objectifs", beside("level_1_name", "level_2_name", "level_3_name")),
        )


class Meta:
    model = RoadmapActor
    fields = ["organisation", "role"]


class ActorsForm(SheetForm):
    """Who does what for the roadmap as a whole."""

    row_sets = {
        "acteurs": actor_rows(RoadmapActor, parent_field="roadmap"),
    }
    spanned = ()

    class Meta:
        model = Roadmap
        fields = []

    def layout(self) -> list[Any]:
        return [
            Rows(
                "acteurs",
                legend="Acteurs",
                row_label="Acteur",
                add_label="Ajouter un acteur",
                help=Organisations.help_text,
            )
        ]


class MilestoneForm(SheetForm):
    """A step of the démarche."""

    document = UploadField(label="Document", required=False)
    spanned = ()

    class Meta:
        model = Milestone
        fields = ["kind", "title", "held_on", "place", "participants", "description", "document", "source"]
        widgets = {"description": forms.Textarea({"rows": 4})}
