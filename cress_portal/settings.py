"""The one settings file: everything that differs between places comes from the environment.

docs/deploying.md lists the variables and says what each is for.
"""

from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = environ.Env()
env.smart_cast = False

# Where it runs

DEMO = env.bool("DEMO", default=False)  # demo accounts, no MFA, mail to the terminal
DEBUG = env.bool("DEBUG", default=False)
HTTPS = env.bool("HTTPS", default=not (DEBUG or DEMO))
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)

SECRET_KEY = env.str("SECRET_KEY", default="clef-publique-de-demonstration" if DEBUG or DEMO else "")
if not SECRET_KEY:
    raise ImproperlyConfigured("La variable d'environnement SECRET_KEY est obligatoire.")

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_FAILURE_VIEW = "people.sending_again.refused_token"
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# The CRESS that this portal serves

PORTAL_NAME = env.str("PORTAL_NAME", default="Portail ESS des Pays de la Loire")
CRESS_NAME = env.str("CRESS_NAME", default="CRESS des Pays de la Loire")
PUBLIC_URL = env.str("PUBLIC_URL", default="http://127.0.0.1:8000")  # printed in documents and mails
CRESS_ADDRESS = env.str("CRESS_ADDRESS", default="1 place de l’Exemple, 44000 Nantes (exemple fictif)" if DEMO else "")
CONTACT_EMAIL = env.str("CONTACT_EMAIL", default="contact@exemple.test" if DEMO else "")
PUBLICATION_DIRECTOR = env.str("PUBLICATION_DIRECTOR", default="Maud Kerbrat (exemple fictif)" if DEMO else "")
HOSTING = env.str("HOSTING", default="la machine qui fait tourner cette démonstration" if DEMO else "")
REGION_CODE = env.str("REGION_CODE", default="52")  # INSEE code of the region

# Applications, from the top floor down (docs/architecture.md)

INSTALLED_APPS = [
    "cress_portal",
    "editorial",
    "instances",
    "roadmaps",
    "people",
    "territories",
    "finding",
    "publishing",
    "ui",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_prose_editor",
    "django_tasks",
    "django_tasks_db",
    "rules.apps.AutodiscoverRulesConfig",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "cress_portal.middleware.refuse_null_character",
    "cress_portal.stored_pages.StoredPages",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "people.sending_again.RequireSignIn",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "people.middleware.RequireSecondFactor",
]

ROOT_URLCONF = "cress_portal.urls"
WSGI_APPLICATION = "cress_portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cress_portal.context.portal",
            ],
        },
    },
]

# Database: SQLite unless DATABASE_URL says otherwise. The options keep both from losing or refusing
# concurrent writes; docs/decisions/0003 gives the measures.

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'portail.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"] |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
    DATABASES["default"].setdefault("OPTIONS", {})["connect_timeout"] = 2
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The sign-in rate limits must count the same attempts in every worker, on every machine: the cache is shared.

CACHES = {"default": env.cache("CACHE_URL", default="dbcache://shared_cache")}

# Public pages are laid out once for all visitors, until something that they show changes (docs/decisions/0013). A proxy
# may answer on its own for some seconds.

STORED_PAGES = env.bool("STORED_PAGES", default=not DEBUG)
PROXY_SECONDS = env.int("PROXY_SECONDS", default=0)

# Accounts

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk"
ACCOUNT_ADAPTER = "people.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "add_email": "people.sign_in_forms.ChangeEmailForm",
    "change_password": "people.sign_in_forms.ChangePasswordForm",
    "confirm_email_verification_code": "people.sign_in_forms.ConfirmEmailCodeForm",
    "confirm_login_code": "people.sign_in_forms.ConfirmLoginCodeForm",
    "confirm_password_reset_code": "people.sign_in_forms.ConfirmResetCodeForm",
    "login": "people.sign_in_forms.LoginForm",
    "reauthenticate": "people.sign_in_forms.ReauthenticateForm",
    "request_login_code": "people.sign_in_forms.RequestCodeForm",
    "reset_password": "people.sign_in_forms.ResetPasswordForm",
    "reset_password_from_key": "people.sign_in_forms.NewPasswordForm",
    "set_password": "people.sign_in_forms.SetPasswordForm",
}
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True
ALLAUTH_TRUSTED_PROXY_COUNT = int(BEHIND_PROXY)  # how many proxies are believed about a visitor's address
MFA_FORMS = {
    "activate_totp": "people.sign_in_forms.ActivateAppForm",
    "add_webauthn": "people.sign_in_forms.AddKeyForm",
    "authenticate": "people.sign_in_forms.SecondFactorForm",
    "edit_webauthn": "people.sign_in_forms.EditKeyForm",
    "login_webauthn": "people.sign_in_forms.KeySignInForm",
    "reauthenticate": "people.sign_in_forms.ConfirmSecondFactorForm",
}
MFA_ADAPTER = "people.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = PORTAL_NAME
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG or DEMO

# Mail

EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://" if DEBUG or DEMO else "smtp://localhost:25")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="portail@localhost")

# Files

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(VAR_DIR / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# Language: French only

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français")]
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

# Forms

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
FORM_RENDERER = "ui.forms.TypedTextRenderer"

# Printing and other work behind the page: at once by default, by a worker with TASKS=database

TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend"
        if env.str("TASKS", default="immediate") == "database"
        else "django_tasks.backends.immediate.ImmediateBackend",
    }
}

PRINT_STOCK_BYTES = env.int("PRINT_STOCK_MEGABYTES", default=500) * 1024 * 1024  # of files that were made on demand

# Security

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^sante/$"]
SECURE_HSTS_SECONDS = 63_072_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"

# The one style element that the rich text editor adds to its page, as Chromium names it (django-prose-editor 0.28).
PROSE_EDITOR_STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE, PROSE_EDITOR_STYLE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    },
}
