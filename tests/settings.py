"""The settings of the portal, made quick for the tests and deaf to the environment, but for DATABASE_URL."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.update(
    SECRET_KEY="clef-des-tests",
    DEBUG="0",
    DEMO="0",
    HTTPS="0",
    BEHIND_PROXY="0",
    TASKS="immediate",
    STORED_PAGES="0",
)
SET_BY_THE_OPERATOR = (
    "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "EMAIL_URL", "PORTAL_NAME", "CRESS_NAME", "REGION_CODE", "PUBLIC_URL",
    "CRESS_ADDRESS", "CONTACT_EMAIL", "PUBLICATION_DIRECTOR", "HOSTING",
)  # fmt: skip
for name in SET_BY_THE_OPERATOR:
    os.environ.pop(name, None)

from cress_portal.settings import *  # noqa: E402, F403
from cress_portal.settings import DATABASES, INSTALLED_APPS, STORAGES  # noqa: E402

scratch = TemporaryDirectory(prefix="portail-tests-")  # one a process, gone with it
SCRATCH = Path(scratch.name)

# A file and not ":memory:", so that each thread of a live server has a connection of its own, as in real life.
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": SCRATCH / "test.sqlite3"}

INSTALLED_APPS += ["zeal", "django_migration_linter"]
ZEAL_RAISE = True
ZEAL_ALLOWLIST = [  # what django-allauth looks up twice while someone signs in, and for each open session
    {"model": "account.EmailAddress", "field": "get()"},
    {"model": "people.User", "field": "get()"},
    {"model": "sessions.Session", "field": "get()"},
]

MEDIA_ROOT = SCRATCH / "media"
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
