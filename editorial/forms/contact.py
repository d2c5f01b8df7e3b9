"""What a visitor writes to the CRESS, and what the team does with it."""

import time
from typing import Any

from django import forms
from django.core import signing

from editorial.contact import subjects
from editorial.models import ContactMessage
from people.models import Membership, User
from ui.forms import PlainTextField, form_helper

SALT = "editorial.contact"
QUICKEST = 3  # seconds between reading the form and sending it
SLOWEST = 24 * 3600
LONGEST_PAGE = 500
TOO_QUICK = "Le message est parti plus vite qu’on ne l’écrit : relisez-le, puis envoyez-le de nouveau."
TOO_OLD = "La page était ouverte depuis plus d’un jour : votre message est toujours là, envoyez-le de nouveau."
TRAPPED = "Laissez vide le champ « Site » : seuls les robots le remplissent."


class ContactForm(forms.ModelForm):
    """Write to the CRESS. What tells a robot from a person stays here: a trap, and the time it takes to write."""

    subject = forms.ChoiceField(label="Sujet")
    text = PlainTextField(label="Votre message", max_length=5000, widget=forms.Textarea({"rows": 8}))
    page = forms.CharField(required=False, max_length=LONGEST_PAGE, widget=forms.HiddenInput)
    site = forms.CharField(label="Site (à laisser vide)", required=False)
    read_at = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = ContactMessage
        fields = ["subject", "text", "name", "email", "page"]
        labels = {"name": "Votre nom", "email": "Votre adresse électronique"}
        help_texts = {"email": "Pour vous répondre ; elle ne sert à rien d’autre."}
        widgets = {
            "name": forms.TextInput({"autocomplete": "name"}),
            "email": forms.EmailInput({"autocomplete": "email"}),
        }

    def __init__(self, *args: Any, about: str = "", **kwargs: Any) -> None:
        """Make the form.

        Args:
            about: path of the page that is wrong somewhere, if there is one.
            args: those of a form.
            kwargs: the same.
        """
        super().__init__(*args, **kwargs)
        self.fields["subject"].choices = [("", "Choisissez un sujet"), *((one, one) for one in subjects())]
        self.fields["site"].widget.attrs |= {"tabindex": "-1", "autocomplete": "off"}
        self.initial |= {"page": about, "read_at": now_signed()}
        self.helper = form_helper("subject", "text", "name", "email", "page", "read_at")

    def clean_page(self) -> str:
        """Keep the path of a page of the portal; anything else is no page."""
        return path_only(self.cleaned_data["page"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("site"):
            self.add_error(None, TRAPPED)
        elif refusal := said_of_the_time(cleaned.get("read_at", "")):
            self.data = self.data.copy()
            self.data[self.add_prefix("read_at")] = now_signed()
            self.add_error(None, refusal)
        return cleaned


def now_signed() -> str:
    return signing.dumps(int(time.time()), salt=SALT)


def said_of_the_time(word: str) -> str:
    """Say what is wrong with the time that it took to write; nothing where it is that of a person."""
    try:
        elapsed = time.time() - signing.loads(word, salt=SALT)
    except signing.BadSignature:
        return TOO_OLD
    if elapsed > SLOWEST:
        return TOO_OLD
    return TOO_QUICK if elapsed < QUICKEST else ""


def path_only(text: str) -> str:
    """Keep an address of the portal itself, without its host; nothing of any other text."""
    return text[:LONGEST_PAGE] if text.startswith("/") and not text.startswith("//") and text.isprintable() else ""


class AssignForm(forms.Form):
    """Give a message to somebody of the team."""

    assigned_to = forms.ModelChoiceField(
        User.objects.none(), label="Confié à", required=False, empty_label="Personne pour l’instant"
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team = Membership.objects.of_team().filter(user__is_active=True).values("user")
        self.fields["assigned_to"].queryset = User.objects.filter(pk__in=team).order_by("last_name", "first_name")
        self.helper = form_helper()


class AnswerForm(forms.Form):
    """Answer a message by mail."""

    answer = PlainTextField(label="Votre réponse", max_length=5000, widget=forms.Textarea({"rows": 8}))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper()
