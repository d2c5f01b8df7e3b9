"""One form a gesture on mandates: appoint, renew, replace, end, correct, cancel, fill after an election."""

from typing import Any

from django import forms

from instances.forms.names import DayField, PersonField, save_new
from instances.mandates import Nomination
from instances.models import Mandate, Seat
from instances.people import unmistakable_name
from people.models import Person
from roadmaps.forms.names import NameField, Organisations
from ui.forms import form_helper, section

Reason = Mandate.EndReason


class Gesture(forms.Form):
    """A gesture on a mandate that was read: it says which version."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper(*self.layout())

    def layout(self) -> list[Any]:
        """Give the sections of the page; by default the fields as they come."""
        return list(self.fields)

    @property
    def claimed_version(self) -> int:
        return self.cleaned_data.get("version") or 0


class NominationForm(Gesture):
    """Who takes a seat, from when, until when, and what makes it official."""

    person = PersonField(label="Personne")
    quality = forms.ChoiceField(label="Qualité", choices=Mandate.Quality.choices)
    gender = forms.ChoiceField(
        label="Genre",
        choices=[("", "Non renseigné"), *Person.Gender.choices],
        required=False,
        help_text="Sert à compter la parité ; jamais publié.",
    )
    on_behalf_of = NameField(Organisations, label="Au titre de", required=False)
    starts_on = DayField(label="Début", help_text="Premier jour du mandat.", required=False)
    term_on = DayField(
        label="Échéance", help_text="Dernier jour prévu ; vide si le mandat n’a pas de terme.", required=False
    )
    appointed_by = forms.CharField(label="Désigné·e par", max_length=200, required=False)
    act = forms.CharField(
        label="Acte", max_length=200, required=False, help_text="Délibération, arrêté, lettre : numéro et date."
    )
    internal_note = forms.CharField(
        label="Note interne", required=False, help_text="Jamais publiée.", widget=forms.Textarea({"rows": 2})
    )

    def layout(self) -> list[Any]:
        return [
            "version",
            section("Qui", "person", "gender", "quality", "on_behalf_of"),
            section("Quand", "starts_on", "term_on"),
            section("Ce qui le rend officiel", "appointed_by", "act", "internal_note"),
        ]

    def nomination(self) -> Nomination:
        """Give what was typed; a new organisation is added to the register."""
        said = dict(self.cleaned_data)
        save_new([said["on_behalf_of"]])
        if said["gender"]:
            said["person"].gender = said["gender"]
            Person.objects.filter(pk=said["person"].pk).update(gender=said["gender"])
        names = ("quality", "on_behalf_of", "appointed_by", "act", "internal_note")
        return Nomination(said["person"], said["starts_on"], said["term_on"], {name: said[name] for name in names})


class ReplacementForm(NominationForm):
    """Who comes before the term, and why the other leaves."""

    reason = forms.ChoiceField(label="Motif du départ", choices=[
        choice for choice in Reason.choices if choice[0] in {Reason.REPLACED, Reason.RESIGNED, Reason.OTHER}
    ])  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].required = True
        self.fields["term_on"].help_text = "Vide : le nouveau mandat court jusqu’à l’échéance de l’ancien."

    def layout(self) -> list[Any]:
        version, *sections = super().layout()
        return [version, section("Qui part", "reason"), *sections]


class RenewalForm(Gesture):
    """A new term for the same person."""

    starts_on = DayField(label="Début du nouveau mandat", required=False)
    term_on = DayField(label="Nouvelle échéance", required=False, help_text="Vide si le mandat n’a pas de terme.")
    act = forms.CharField(label="Acte", max_length=200, required=False)


class EndForm(Gesture):
    """The last day of a mandate, and why."""

    ended_on = DayField(label="Dernier jour du mandat")
    reason = forms.ChoiceField(label="Motif", choices=[
        choice for choice in Reason.choices if choice[0] in {Reason.TERM, Reason.RESIGNED, Reason.OTHER}
    ])  # fmt: skip


class CancellationForm(Gesture):
    """An appointment is taken back; ``former`` had left the seat to it."""

    def __init__(self, *args: Any, former: Mandate | None, **kwargs: Any) -> None:
        self.former = former
        super().__init__(*args, **kwargs)

    def layout(self) -> list[Any]:
        if self.former:
            self.fields["resumes"] = forms.BooleanField(
                label=f"Le siège revient à {self.former.person}",
                required=False,
                initial=self.former.end_reason in {Reason.RENEWED, Reason.REPLACED, Reason.TERM},
                help_text="Son mandat reprend, comme avant cette nomination ; sinon, il se termine le jour prévu.",
            )
        return super().layout()


class CorrectionForm(forms.ModelForm):
    """What was mistyped in a mandate, over or not."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    person = PersonField(
        label="Personne",
        help_text="Pour une erreur de saisie ; les présences déjà notées suivent. "
        "Si quelqu’un d’autre prend le siège, c’est « Remplacer ».",
    )
    on_behalf_of = NameField(Organisations, label="Au titre de", required=False)
    starts_on = DayField(label="Début", required=False)
    term_on = DayField(label="Échéance", required=False)
    ended_on = DayField(label="Terminé le", required=False)

    class Meta:
        model = Mandate
        fields = [
            "person", "quality", "on_behalf_of", "starts_on", "term_on", "ended_on", "end_reason", "appointed_by",
            "act", "internal_note",
        ]  # fmt: skip
        widgets = {"internal_note": forms.Textarea({"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial |= {"version": self.instance.version, "person": unmistakable_name(self.instance.person)}
        self.helper = form_helper()

    @property
    def claimed_version(self) -> int:
        return self.cleaned_data.get("version") or 0

    def _post_clean(self) -> None:
        """Write what was typed in the mandate: the verb checks the whole."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        for name, value in said.items():
            if name != "on_behalf_of":
                setattr(self.instance, name, value)

    def corrected(self) -> Mandate:
        """Give the mandate as typed; a new organisation is added to the register."""
        organisation = self.cleaned_data["on_behalf_of"]
        save_new([organisation])
        self.instance.on_behalf_of = organisation
        return self.instance


class ElectionForm(Gesture):
    """Several seats at once: what they share, then who takes each; a seat left empty does not change."""

    starts_on = DayField(label="Début des mandats")
    term_on = DayField(label="Échéance", required=False)
    appointed_by = forms.CharField(label="Désigné·es par", max_length=200, required=False)
    act = forms.CharField(label="Acte", max_length=200, required=False)
    on_behalf_of = NameField(Organisations, label="Au titre de", required=False)
    closes_running = forms.BooleanField(
        label="Les mandats en cours des sièges remplis ici s’arrêtent la veille", required=False, initial=True
    )

    def __init__(self, *args: Any, seats: list[Seat], **kwargs: Any) -> None:
        self.seats = {f"siege-{seat.pk}": seat for seat in seats}
        super().__init__(*args, **kwargs)

    def layout(self) -> list[Any]:
        for name, seat in self.seats.items():
            held = f"{seat.mandate}" if seat.mandate else "personne"
            said = f"{seat.kind_label}. Aujourd’hui : {held}."
            self.fields[name] = PersonField(label=seat.label, required=False, help_text=said)
        return [
            section("L’élection", "starts_on", "term_on", "appointed_by", "act", "on_behalf_of", "closes_running"),
            section("Qui siège", *self.seats),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not any(cleaned.get(name) for name in self.seats):
            raise forms.ValidationError("Nommez au moins une personne.")
        return cleaned

    def nominations(self) -> list[tuple[Seat, Nomination]]:
        """Give who takes each seat; a person named twice for the first time is one person."""
        said = self.cleaned_data
        save_new([said["on_behalf_of"]])
        details = {name: said[name] for name in ("appointed_by", "act", "on_behalf_of")}
        new: dict[str, Any] = {}
        chosen = []
        for name, seat in self.seats.items():
            if person := said.get(name):
                one = new.setdefault(str(person), person) if person.pk is None else person
                chosen.append((seat, Nomination(one, said["starts_on"], said["term_on"], dict(details))))
        return chosen
