"""A body as staff describe it: what it is, its seats, its end."""

from typing import Any

from django import forms

from instances.bodies import free_slug
from instances.forms.mandates import Gesture
from instances.forms.names import DayField, InstancesField, OrganisationsField, save_new
from instances.models import Instance, Seat
from people.models import Organisation
from roadmaps.forms.roadmap import CollectivitesField
from roadmaps.forms.sheet import SheetForm
from ui.forms import section


class InstanceForm(SheetForm):
    """What a body is; its seats, mandates and meetings have their own pages."""

    organisers = OrganisationsField(
        label="Organisée par", help_text="Un organisme par ligne ; un nom inconnu sera ajouté au registre."
    )
    territories = CollectivitesField(
        label="Territoires couverts", required=False, help_text="Un par ligne : leur nom, ou leur code INSEE ou SIREN."
    )
    website = forms.URLField(label="Site web", required=False, assume_scheme="https")
    spanned = ()

    class Meta:
        model = Instance
        fields = [
            "name", "acronym", "level", "kind", "organisers", "territories", "themes", "mission", "legal_basis",
            "frequency", "website", "parent", "warning", "is_public", "is_to_confirm", "sources", "internal_note",
        ]  # fmt: skip
        widgets = {
            "mission": forms.Textarea({"rows": 4}),
            "sources": forms.Textarea({"rows": 3}),
            "internal_note": forms.Textarea({"rows": 3}),
            "themes": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        main = Instance.objects.filter(parent=None).exclude(pk=self.instance.pk)
        self.fields["parent"].queryset = main
        self.fields["parent"].empty_label = "Aucune"
        if self.instance.pk:
            self.fields["territories"].stored = tuple(self.instance.territories.all())

    def layout(self) -> list[Any]:
        return [
            section("L’instance", "name", "acronym", "level", "kind", "parent"),
            section("Ce qu’elle fait", "mission", "legal_basis", "frequency", "website", "themes"),
            section("Avec qui, et où", "organisers", "territories"),
            section("Ce que la page en dit", "is_public", "is_to_confirm", "sources"),
            section("Pour l’équipe", "warning", "internal_note"),
        ]

    def save(self, commit: bool = True) -> Instance:  # noqa: FBT001, FBT002 Django’s signature
        organisers = self.cleaned_data["organisers"]
        save_new(organisers)
        self.cleaned_data["organisers"] = Organisation.objects.filter(pk__in=[one.pk for one in organisers])
        self.instance.slug = self.instance.slug or free_slug(self.instance.acronym or self.instance.name)
        return super().save(commit=commit)


class SeatForm(SheetForm):
    """A place in the body, held or not."""

    spanned = ("instance",)

    class Meta:
        model = Seat
        fields = ["label", "college", "alternate_of", "voice", "cress_role", "position"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        full = Seat.objects.filter(instance=self.instance.instance, alternate_of=None, closed_on=None)
        self.fields["alternate_of"].queryset = full.exclude(pk=self.instance.pk)
        self.fields["alternate_of"].empty_label = "Aucun : c’est un siège de titulaire"


class DissolutionForm(Gesture):
    """Say from when a body no longer exists, and what takes its place."""

    dissolved_on = DayField(label="N’existe plus à partir du")
    successors = InstancesField(
        label="Remplacée par",
        help_text="Une instance par ligne, par son nom ou son sigle ; plusieurs si elle est scindée.",
    )


class ClosingForm(Gesture):
    """Say from when a seat no longer exists."""

    closed_on = DayField(label="N’existe plus à partir du")
