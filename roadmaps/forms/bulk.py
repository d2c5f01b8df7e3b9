"""What is done to many actions at once: one field a gesture, all of them left alone at first."""

from typing import Any

from django import forms

from roadmaps.bulk import NOTHING, ChangeTerm, Delete, Gesture, MoveUnder, SetField, SetLead
from roadmaps.forms.layout import beside
from roadmaps.forms.names import NameField, Organisations
from roadmaps.forms.outline import ObjectiveField
from roadmaps.models import Action, Edition, Horizon, Lever, Objective, Theme
from roadmaps.models.terms import Term
from ui.forms import form_helper, section

LEFT = "Ne pas changer"
NONE = "aucun"
NONE_CHOSEN = "Choisissez au moins un changement."
FIELDS = {"horizon": "Horizon", "priority": "Priorité", "is_recurring": "Récurrente"}
PRIORITIES = {NONE: ("", NOTHING["priority"])} | {value: (value, label) for value, label in Action.Priority.choices}
VOCABULARIES: dict[str, type[Term]] = {"levers": Lever, "themes": Theme}
WAYS = ("add", "remove")
YES_NO = {"oui": (True, "oui"), "non": (False, "non")}


class BulkForm(forms.Form):
    """What changes in the actions picked."""

    horizon = forms.ChoiceField(label="Horizon", required=False)
    priority = forms.ChoiceField(
        label="Priorité", required=False, choices=[("", LEFT), (NONE, "Sans priorité"), *Action.Priority.choices]
    )
    is_recurring = forms.ChoiceField(
        label="Récurrente", required=False, choices=[("", LEFT), ("oui", "Oui, chaque année"), ("non", "Non")]
    )
    lead = NameField(Organisations, label="Pilote", required=False)
    lead_mode = forms.ChoiceField(
        label="Ce pilote",
        required=False,
        choices=[("remplace", "remplace les pilotes actuels"), ("ajoute", "s’ajoute à eux")],
        initial="remplace",
    )
    levers_add = forms.ChoiceField(label="Ajouter un levier", required=False)
    levers_remove = forms.ChoiceField(label="Retirer un levier", required=False)
    themes_add = forms.ChoiceField(label="Ajouter une thématique", required=False)
    themes_remove = forms.ChoiceField(label="Retirer une thématique", required=False)
    objective = ObjectiveField(
        label="Déplacer vers l’objectif",
        required=False,
        empty_label=LEFT,
        help_text="Elles y viennent après les actions qui y sont.",
        error_messages={"invalid_choice": "Cet objectif vient d’être supprimé : choisissez-en un autre."},
    )

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        horizons = {one.uid: (one, str(one)) for one in Horizon.objects.filter(edition=edition)}
        self.fields["horizon"].choices = [
            ("", LEFT), (NONE, "Sans horizon"), *((uid, words) for uid, (_, words) in horizons.items()),
        ]  # fmt: skip
        self.values: dict[str, dict[str, tuple[Any, str]]] = {
            "horizon": {NONE: (None, NOTHING["horizon"])} | horizons, "priority": PRIORITIES, "is_recurring": YES_NO
        }  # fmt: skip
        self.fields["objective"].offer(Objective.objects.filter(edition=edition))
        self.terms = {
            name: {one.code: one for one in model._default_manager.all()} for name, model in VOCABULARIES.items()
        }
        for name, terms in self.terms.items():
            for way in WAYS:
                self.fields[f"{name}_{way}"].choices = [("", LEFT), *((code, str(one)) for code, one in terms.items())]
        self.registers = [self.fields["lead"].register]
        self.helper = form_helper(
            section("Quand", beside("horizon", "priority", "is_recurring")),
            section("Qui", beside("lead", "lead_mode")),
            section("De quoi il s’agit", beside("levers_add", "levers_remove"), beside("themes_add", "themes_remove")),
            section("Où", "objective"),
        )

    @property
    def deletes(self) -> bool:
        return "supprimer" in self.data

    def clean(self) -> dict[str, Any]:
        cleaned_data = super().clean() or self.cleaned_data
        if not self.errors and not self.gestures():
            self.add_error(None, NONE_CHOSEN)
        return cleaned_data

    def gestures(self) -> list[Gesture]:
        """Give what the form asks for, in the order in which it is done."""
        if self.deletes:
            return [Delete()]
        said = self.cleaned_data
        fields = [SetField(label, name, *self.values[name][said[name]]) for name, label in FIELDS.items() if said[name]]
        leads = [SetLead(said["lead"], replaces=said["lead_mode"] != "ajoute")] if said["lead"] else []
        terms = [
            ChangeTerm(name, terms[code], removes=way == "remove")
            for name, terms in self.terms.items()
            for way in WAYS
            if (code := said[f"{name}_{way}"])
        ]
        moves = [MoveUnder(said["objective"])] if said["objective"] else []
        return [*fields, *leads, *terms, *moves]
