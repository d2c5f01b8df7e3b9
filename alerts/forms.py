"""What a visitor asks to be told of, and what a subscriber does with his alerts."""

from typing import Any

from django import forms

from alerts.models import Alert, Wish
from ui.forms import form_helper
from ui.visitors import VisitorForm

CHANGE, END, END_ALL = "changer", "arreter", "tout-arreter"


class AlertForm(VisitorForm):
    """Ask for an alert: an address, and how often."""

    email = forms.EmailField(
        label="Votre adresse électronique",
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
        help_text="Par exemple\u00a0: prenom.nom@exemple.fr",
    )
    frequency = forms.ChoiceField(
        label="Un courriel, s’il y a du nouveau",
        choices=Wish.Frequency.choices,
        initial=Wish.Frequency.WEEKLY,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper("email", "frequency", "read_at")


class GestureForm(forms.Form):
    """What is done to one alert, or to all."""

    gesture = forms.ChoiceField(choices=[(one, one) for one in (CHANGE, END, END_ALL)])
    alert = forms.ModelChoiceField(Alert.objects.none(), required=False)
    frequency = forms.ChoiceField(choices=Wish.Frequency.choices, required=False)

    def __init__(self, data: Any, alerts: Any) -> None:
        """Read a gesture.

        Args:
            data: what was sent.
            alerts: those of the subscriber.
        """
        super().__init__(data)
        self.fields["alert"].queryset = alerts

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        needed = {CHANGE: ("alert", "frequency"), END: ("alert",)}.get(cleaned.get("gesture", ""), ())
        for name in needed:
            if not cleaned.get(name):
                self.add_error(name, "Ce champ est obligatoire.")
        return cleaned
