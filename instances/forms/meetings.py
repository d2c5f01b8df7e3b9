"""A meeting as staff write it: when and where, who came, what was said, its documents."""

from typing import Any

from django import forms

from instances.forms.names import DayField
from instances.models import Attendance, Document, Mandate, Meeting
from roadmaps.forms.layout import beside
from roadmaps.forms.sheet import SheetForm
from roadmaps.forms.uploads import UploadField
from ui.forms import form_helper, section

State = Attendance.State


class HourField(forms.TimeField):
    """An hour, picked or typed."""

    widget = forms.TimeInput({"type": "time"}, format="%H:%M")


class MeetingForm(SheetForm):
    """When and where a body meets, then what was said there."""

    held_on = DayField(label="Date")
    starts_at = HourField(label="De", required=False)
    ends_at = HourField(label="À", required=False)
    link = forms.URLField(
        label="Lien de visioconférence", required=False, assume_scheme="https", help_text="Montré à l’équipe seulement."
    )
    report_sent_on = DayField(label="Envoyé le", required=False)
    spanned = ("instance",)

    class Meta:
        model = Meeting
        fields = [
            "title", "held_on", "starts_at", "ends_at", "place", "link", "agenda", "is_public", "is_cancelled",
            "minutes", "report_back", "report_sent_to", "report_sent_on",
        ]  # fmt: skip
        widgets = {"agenda": forms.Textarea({"rows": 5})}

    def layout(self) -> list[Any]:
        return [
            section("La séance", "title", beside("held_on", "starts_at", "ends_at"), "place", "link", "agenda",
                    "is_public", "is_cancelled"),
            section("Ce qui s’y est dit", "minutes", "report_back", beside("report_sent_to", "report_sent_on")),
        ]  # fmt: skip


class AttendanceForm(forms.Form):
    """Who came: a line for each seat held that day, by a holder or an alternate, who may come beside the holder.

    ``held`` are the mandates of that day, with seat and person, and any of which a presence is noted: none leaves the
    page unsaid.
    """

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, meeting: Meeting, held: list[Mandate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        self.initial["version"] = meeting.version
        of_seat: dict[int, list[Mandate]] = {}  # those of each seat, then those of its alternates
        for mandate in sorted(held, key=lambda one: one.seat.is_alternate):
            of_seat.setdefault(mandate.seat.alternate_of_id or mandate.seat_id, []).append(mandate)
        self.mandates = {mandate.pk: mandate for mandates in of_seat.values() for mandate in mandates}
        noted = {one.mandate_id: one for one in meeting.attendances.all()}
        sections = []
        for pk, mandate in self.mandates.items():
            alternates = [one for one in of_seat.get(mandate.seat_id, []) if one.seat.is_alternate]
            sections.append(self._add_line(mandate, alternates, noted.get(pk)))
        self.helper = form_helper("version", *sections)

    def _add_line(self, mandate: Mandate, alternates: list[Mandate], noted: Attendance | None) -> Any:
        states = [choice for choice in State.choices if alternates or choice[0] != State.REPRESENTED]
        names = [f"{kind}-{mandate.pk}" for kind in ("presence", "arrivee", "supplee")]
        self.fields[names[0]] = forms.ChoiceField(
            label="Présence", choices=[("", "Pas notée"), *states], required=False
        )
        self.fields[names[1]] = HourField(label="Arrivé·e à", required=False)
        if alternates:
            choices = [("", "Personne"), *((one.pk, str(one.person)) for one in alternates)]
            self.fields[names[2]] = forms.TypedChoiceField(
                label="Suppléé·e par", choices=choices, coerce=int, empty_value=None, required=False
            )
        if noted:
            self.initial |= dict(zip(names, (noted.state, noted.arrived_at, noted.alternate_id), strict=True))
        seat = mandate.seat
        title = f"{mandate.person}, {seat.label}{' (suppléant·e)' if seat.is_alternate else ''}"
        return section(title, beside(*(name for name in names if name in self.fields)))

    @property
    def claimed_version(self) -> int:
        return self.cleaned_data.get("version") or 0

    def attendances(self) -> list[Attendance]:
        """Give what was noted, not saved."""
        said = self.cleaned_data
        return [
            Attendance(
                meeting=self.meeting,
                mandate=mandate,
                state=said[f"presence-{pk}"],
                arrived_at=said.get(f"arrivee-{pk}"),
                alternate_id=said.get(f"supplee-{pk}"),
            )
            for pk, mandate in self.mandates.items()
            if said.get(f"presence-{pk}") or said.get(f"arrivee-{pk}") or said.get(f"supplee-{pk}")
        ]


class DocumentForm(forms.ModelForm):
    """A file that goes with a body or one of its meetings."""

    file = UploadField(label="Fichier")

    class Meta:
        model = Document
        fields = ["title", "kind", "meeting", "file", "dated_on", "is_public"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = Meeting.objects.filter(instance=self.instance.instance).order_by("-held_on")
        self.fields["meeting"].empty_label = "Aucune : il va avec l’instance"
        self.helper = form_helper()

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() - {"instance"}
