"""What the portal decides in the accounts of django-allauth, and how its errors are worded."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from people.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up: an account opens by invitation only."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "Ce compte est désactivé.",
        "duplicate_email": "Cette adresse est déjà celle de votre compte.",
        "email_password_mismatch": "L’adresse électronique ou le mot de passe est incorrect.",
        "email_taken": "Cette adresse est déjà celle d’un autre compte.",
        "enter_current_password": "Ce n’est pas votre mot de passe actuel.",
        "incorrect_code": "Ce code est incorrect ou n’est plus valable.",
        "incorrect_password": "Ce mot de passe est incorrect.",
        "invalid_login": "Cette adresse électronique est incorrecte.",
        "rate_limited": "Trop de demandes : attendez quelques minutes avant de recommencer.",
        "same_as_current": "C’est déjà votre adresse : saisissez la nouvelle.",
        "too_many_login_attempts": "Trop d’essais infructueux : attendez quelques minutes avant de recommencer.",
        "unverified_primary_email": "Vérifiez d’abord votre adresse électronique.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def format_email_subject(self, subject: str) -> str:
        return f"{subject} – {settings.PORTAL_NAME}"


class SecondFactorAdapter(DefaultMFAAdapter):
    """The second factor, in the words of the portal."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "add_email_blocked": "Pour changer d’adresse, retirez d’abord la double authentification de votre compte.",
        "cannot_delete_authenticator": "La double authentification de ce compte ne peut pas être retirée.",
        "cannot_generate_recovery_codes": "Activez d’abord la double authentification.",
        "incorrect_code": "Ce code est incorrect ou n’est plus valable.",
        "unverified_email": "Vérifiez d’abord votre adresse électronique.",
    }

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        return f"Clé {Authenticator.objects.filter(user=user, type=type).count() + 1}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": settings.PORTAL_NAME}
