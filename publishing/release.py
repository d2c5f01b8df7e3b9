"""Tell one version of the portal from another: what was laid out by the one is laid out anew by the other."""

from functools import cache
from hashlib import blake2s
from pathlib import Path

from django.conf import settings

NAMED = ("PORTAL_NAME", "CRESS_NAME", "PUBLIC_URL", "CRESS_ADDRESS", "CONTACT_EMAIL", "PUBLICATION_DIRECTOR", "HOSTING",
         "REGION_CODE", "DEMO")  # fmt: skip
ROOMS = ("alerts", "cress_portal", "editorial", "finding", "instances", "people", "publishing", "roadmaps",
         "territories", "ui")  # fmt: skip


@cache
def release() -> str:
    """Sum up the code, libraries, templates, style sheets and settings that lay pages out, once a process."""
    summed = blake2s(digest_size=6)
    files = [
        *(path for room in ROOMS for path in (settings.BASE_DIR / room).rglob("*.py")),
        *(settings.BASE_DIR / "templates").rglob("*.html"),
        *(settings.BASE_DIR / "static" / "css").glob("print*.css"),
        *settings.BASE_DIR.glob("requirements.txt"),
        *Path(settings.STATIC_ROOT).glob("staticfiles.json"),
    ]
    for path in sorted(files):
        summed.update(path.read_bytes())
    summed.update(repr([getattr(settings, name) for name in NAMED]).encode())
    return summed.hexdigest()
