"""Sign-in and one's own account, under /compte/.

The pages of django-allauth that the portal uses, at French addresses; the names are those that allauth looks up.
"""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as keys
from allauth.usersessions import views as sessions
from django.urls import path

from people.views.account import account as own_account
from people.views.invitations import invitation_accept

urlpatterns = [
    path("", own_account, name="account"),
    path("invitation/<str:token>/", invitation_accept, name="invitation-accept"),
    # Sign in and out
    path("connexion/", account.login, name="account_login"),
    path("connexion/code/", account.request_login_code, name="account_request_login_code"),
    path("connexion/code/saisie/", account.confirm_login_code, name="account_confirm_login_code"),
    path("connexion/double-authentification/", second_factor.authenticate, name="mfa_authenticate"),
    path("connexion/cle/", keys.login_webauthn, name="mfa_login_webauthn"),
    path("deconnexion/", account.logout, name="account_logout"),
    path("inscription/", account.signup, name="account_signup"),
    path("desactive/", account.account_inactive, name="account_inactive"),
    # Confirm who one is before a sensitive gesture
    path("confirmation/", account.reauthenticate, name="account_reauthenticate"),
    path("confirmation/code/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("confirmation/cle/", keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    # Address and password
    path("adresse/", account.email, name="account_email"),
    path("adresse/verification/", account.email_verification_sent, name="account_email_verification_sent"),
    path("mot-de-passe/", account.password_change, name="account_change_password"),
    path("mot-de-passe/premier/", account.password_set, name="account_set_password"),
    path("mot-de-passe/oublie/", account.password_reset, name="account_reset_password"),
    path("mot-de-passe/oublie/code/", account.confirm_password_reset_code, name="account_confirm_password_reset_code"),
    path("mot-de-passe/oublie/nouveau/", account.complete_password_reset, name="account_complete_password_reset"),
    path("mot-de-passe/oublie/fait/", account.password_reset_from_key_done, name="account_password_reset_completed"),
    # Second factor
    path("double-authentification/", second_factor.index, name="mfa_index"),
    path("double-authentification/application/", app.activate_totp, name="mfa_activate_totp"),
    path("double-authentification/application/retirer/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("double-authentification/codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "double-authentification/codes/nouveaux/",
        recovery_codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "double-authentification/codes/fichier/",
        recovery_codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("double-authentification/cles/", keys.list_webauthn, name="mfa_list_webauthn"),
    path("double-authentification/cles/ajouter/", keys.add_webauthn, name="mfa_add_webauthn"),
    path("double-authentification/cles/<int:pk>/", keys.edit_webauthn, name="mfa_edit_webauthn"),
    path("double-authentification/cles/<int:pk>/retirer/", keys.remove_webauthn, name="mfa_remove_webauthn"),
    # Open sessions
    path("sessions/", sessions.list_usersessions, name="usersessions_list"),
]
