"""The forms of django-allauth, with the labels and help of the portal."""

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as second_factor
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn

from ui.forms import form_helper

EMAIL = "Adresse électronique"
PASSWORD = "Mot de passe"  # noqa: S105
NEW_PASSWORDS = {"password1": "Nouveau mot de passe", "password2": "Nouveau mot de passe, une seconde fois"}
CODE_FROM_MAIL = "Code reçu par courriel"
CODE_FROM_APP = "Code de l’application ou code de secours"


class Worded:
    """Label each field in our words, without placeholder (it is no label), and look like every form of the portal."""

    labels: ClassVar[dict[str, str]]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in self.labels.items():
            self.fields[name].label = label
            self.fields[name].widget.attrs.pop("placeholder", None)
        self.helper = form_helper()


class LoginForm(Worded, account.LoginForm):
    labels = {"login": EMAIL, "password": PASSWORD}


class RequestCodeForm(Worded, account.RequestLoginCodeForm):
    labels = {"email": EMAIL}


class ConfirmLoginCodeForm(Worded, account.ConfirmLoginCodeForm):
    labels = {"code": CODE_FROM_MAIL}


class ConfirmEmailCodeForm(Worded, account.ConfirmEmailVerificationCodeForm):
    labels = {"code": CODE_FROM_MAIL}


class ConfirmResetCodeForm(Worded, account.ConfirmPasswordResetCodeForm):
    labels = {"code": CODE_FROM_MAIL}


class ResetPasswordForm(Worded, account.ResetPasswordForm):
    labels = {"email": EMAIL}


class NewPasswordForm(Worded, account.ResetPasswordKeyForm):
    labels = NEW_PASSWORDS


class ChangePasswordForm(Worded, account.ChangePasswordForm):
    labels = {"oldpassword": "Mot de passe actuel"} | NEW_PASSWORDS


class SetPasswordForm(Worded, account.SetPasswordForm):
    labels = NEW_PASSWORDS


class ReauthenticateForm(Worded, account.ReauthenticateForm):
    labels = {"password": PASSWORD}


class ChangeEmailForm(Worded, account.AddEmailForm):
    labels = {"email": "Nouvelle adresse électronique"}


class SecondFactorForm(Worded, second_factor.AuthenticateForm):
    labels = {"code": CODE_FROM_APP}


class ConfirmSecondFactorForm(Worded, second_factor.ReauthenticateForm):
    labels = {"code": CODE_FROM_APP}


class ActivateAppForm(Worded, totp.ActivateTOTPForm):
    labels = {"code": "Code affiché par l’application"}


class AddKeyForm(Worded, webauthn.AddWebAuthnForm):
    labels = {"name": "Nom de la clé", "passwordless": "Se connecter avec cette clé seule, sans mot de passe"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].help_text = "Elle demande alors votre empreinte, votre visage ou un code."


class KeySignInForm(webauthn.LoginWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"].error_messages["required"] = (
            "Aucune clé n’a été lue : une clé d’accès a besoin de JavaScript. Connectez-vous autrement."
        )


class EditKeyForm(Worded, webauthn.EditWebAuthnForm):
    labels = {"name": "Nom de la clé"}
