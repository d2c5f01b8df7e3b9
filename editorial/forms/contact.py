"""What a visitor writes to the CRESS, and what the team does with it."""

from typing import Any

from django import forms

from editorial.contact import subjects
from editorial.models import ContactMessage
from people.models import Membership, User
from ui.forms import PlainTextField, form_helper
from ui.visitors import VisitorForm

LONGEST_PAGE = 500


class ContactForm(VisitorForm, forms.ModelForm):
    """Write to the CRESS."""

    subject = forms.ChoiceField(label="Sujet")
    text = PlainTextField(label="Votre message", max_length=5000, widget=forms.Textarea({"rows": 8}))
    page = forms.CharField(required=False, max_length=LONGEST_PAGE, widget=forms.HiddenInput)

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
        self.initial |= {"page": about}
        self.helper = form_helper("subject", "text", "name", "email", "page", "read_at")

    def clean_page(self) -> str:
        """Keep the path of a page of the portal; anything else is no page."""
        return path_only(self.cleaned_data["page"])


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
