"""One form per gesture on people and organisations."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.core.exceptions import ValidationError

from people.collectivite_field import CollectiviteField
from people.models import Invitation, Membership, Organisation, Role, TeamMember, User
from people.models.membership import HIGHEST_ROLE_IN_A_COLLECTIVITE
from ui.forms import form_helper


class InvitationForm(forms.ModelForm):
    """Invite someone into the CRESS team or a collectivité; the place is asked, never guessed from an empty field."""

    TEAM, COLLECTIVITE = "team", "collectivite"
    scope = forms.ChoiceField(
        label="Où cette personne aura-t-elle un rôle ?",
        choices=[(COLLECTIVITE, "Dans une collectivité"), (TEAM, "Dans l’équipe de la CRESS, pour tout le portail")],
        widget=forms.RadioSelect,
    )
    collectivite = CollectiviteField(label="Collectivité", required=False)
    role = forms.TypedChoiceField(
        label="Rôle",
        choices=Role.choices,
        coerce=int,
        widget=forms.RadioSelect,
        help_text="Dans une collectivité : « Lecture » ou « Contribution » seulement.",
    )

    class Meta:
        model = Invitation
        fields = ["email", "scope", "collectivite", "role"]
        widgets = {"email": forms.EmailInput(attrs={"autocomplete": "off"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper()

    def clean(self) -> dict[str, Any]:
        cleaned_data = super().clean()
        if cleaned_data.get("scope") == self.TEAM:
            cleaned_data["collectivite"] = None
        elif not cleaned_data.get("collectivite") and "collectivite" not in self.errors:
            self.add_error("collectivite", "Indiquez la collectivité.")
        return cleaned_data


class RoleForm(forms.ModelForm):
    """Change a role, among those that its place allows."""

    role = forms.TypedChoiceField(label="Rôle", coerce=int, widget=forms.RadioSelect)

    class Meta:
        model = Membership
        fields = ["role"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper()
        highest = HIGHEST_ROLE_IN_A_COLLECTIVITE if self.instance.collectivite_id else max(Role)
        self.fields["role"].choices = [(role.value, role.label) for role in Role if role <= highest]


class NameForm(forms.ModelForm):
    """Say who one is."""

    first_name = forms.CharField(
        label="Prénom", max_length=150, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    last_name = forms.CharField(
        label="Nom", max_length=150, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )

    class Meta:
        model = User
        fields = ["first_name", "last_name"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper()


class NewcomerForm(NameForm):
    """Open one's account from an invitation."""

    password = forms.CharField(
        label="Mot de passe",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=password_validators_help_text_html,
    )

    def clean(self) -> dict[str, Any]:
        cleaned_data = super().clean()
        if password := cleaned_data.get("password"):
            try:
                validate_password(password, User(**{k: v for k, v in cleaned_data.items() if k != "password"}))
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned_data


class OrganisationForm(forms.ModelForm):
    """Describe an organisation."""

    website = forms.URLField(label="Site web", required=False, assume_scheme="https")
    collectivite = CollectiviteField(
        label="Collectivité",
        required=False,
        help_text="Si cet organisme est lui-même une collectivité : son nom ou son code INSEE ou SIREN.",
    )

    class Meta:
        model = Organisation
        fields = ["name", "acronym", "kind", "website", "collectivite"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper()

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if Organisation.objects.named(name).exclude(pk=self.instance.pk).exists():
            raise ValidationError("Un organisme porte déjà ce nom (accents et majuscules mis à part).")
        return name


class SearchForm(forms.Form):
    """Look for an organisation."""

    q = forms.CharField(label="Nom ou sigle", required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper()


class TeamMemberForm(forms.ModelForm):
    """Somebody of the team, with the person that the portal names; a person of that name is taken, not doubled."""

    first_name = forms.CharField(label="Prénom", max_length=150)
    last_name = forms.CharField(label="Nom", max_length=150)
    job = forms.CharField(label="Fonction", max_length=200)

    class Meta:
        model = TeamMember
        fields = ["first_name", "last_name", "job", "subjects", "phone", "email", "position"]
        widgets = {"subjects": forms.Textarea({"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            person = self.instance.person
            self.initial |= {"first_name": person.first_name, "last_name": person.last_name, "job": person.job}
        self.helper = form_helper()

    def clean_subjects(self) -> str:
        """Keep one subject a line, without empty lines."""
        subjects = dict.fromkeys(" ".join(line.split()) for line in self.cleaned_data["subjects"].splitlines())
        return "\n".join(subject for subject in subjects if subject)
