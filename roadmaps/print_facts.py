"""What a printed version shows, in one hash: what is the same shows the same, and anything that changes changes it.

It is taken from the facts, not from the page, which need not be laid out to find that it was printed already.
"""

import hashlib
import json
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.utils import timezone

from roadmaps.models import Edition, FrozenPage, ProgressReport
from roadmaps.open_data import open_data_bytes
from roadmaps.print_choice import PrintChoice

# The files that turn facts into pages; the versions of the libraries are in the last one.
MAKERS = (
    "roadmaps/**/*.py", "publishing/*.py", "ui/*.py", "templates/layouts/*.html", "templates/roadmaps/print/*.html",
    "static/css/print*.css", "static/img/*.svg", "requirements.txt",
)  # fmt: skip


def facts_shown(edition: Edition, choice: PrintChoice) -> str:
    """Hash what a version of an edition shows on this day.

    Args:
        edition: with its roadmap and its collectivité loaded.
        choice: which version.
    """
    roadmap = edition.roadmap
    prefetch_related_objects([roadmap], "co_carriers")
    reports: Any = (
        ProgressReport.objects.filter(roadmap=roadmap) if choice.has_follow_up else ProgressReport.objects.none()
    )
    return hash_of(
        edition.pk,
        choice.query,
        timezone.localdate(),  # says what is late and what is to come
        settings.PORTAL_NAME,
        open_data_bytes(edition).decode(),
        [[getattr(carrier, field.attname) for field in carrier._meta.concrete_fields] for carrier in roadmap.carriers],
        list(reports.values_list("pk", "status", "said_on", "text")) if choice.has_follow_up else [],
        list(roadmap.steering_instances.public().values_list("pk", "name")),
        list(roadmap.subjects.public().values_list("pk", "uid", "note", "instance__name")),
    )


def facts_of_page(page: FrozenPage) -> str:
    """Hash what tells a frozen page from any other."""
    return hash_of(page.edition_id, page.frozen_at)


def hash_of(*facts: Any) -> str:
    return hashlib.sha256(json.dumps([makers(), *facts], default=str).encode()).hexdigest()


@cache
def makers() -> str:
    """Tell this version of the portal from others, once a process."""
    files = sorted(path for pattern in MAKERS for path in settings.BASE_DIR.glob(pattern))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
