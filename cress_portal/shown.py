"""What public pages show, table by table, and which addresses are kept as they are sent.

A row of these tables that changes is seen at once by the next reader: `publishing.public_state` counts it. A model
that is in neither list fails a test (tests/portal/test_stored_pages.py).
"""

from typing import Any

from django.apps import apps
from django.db import connections
from django.db.models import Model

from editorial.models import (
    ContactMessage,
    FormerAddress,
    FormerSlug,
    OnlineText,
    Page,
    PageRevision,
    Party,
    Publication,
    PublicationRevision,
    Result,
    ResultFigure,
    Support,
)
from finding.models import Entry, KnownWord
from instances.models import Attendance, Digest, Document, Instance, Mandate, Meeting, Seat, Subject
from people.models import Invitation, Membership, Organisation, Person, TeamMember, User
from publishing.models import PublicState, Rendering
from publishing.public_state import watch
from roadmaps.models import (
    CONTENT_MODELS,
    ActionListing,
    Comment,
    Edition,
    FrozenPage,
    Milestone,
    ModelAction,
    Presence,
    Printing,
    ProgressReport,
    Revision,
    Roadmap,
    RoadmapActor,
    RoadmapListing,
)
from roadmaps.models.terms import EssFamily, Lever, SustainableGoal, Theme
from territories.models import Collectivite, PostalCode

# Each with the condition on which a row is public, where {row} stands for it.
SHOWN: dict[type[Model], str] = {
    Collectivite: "",
    PostalCode: "",
    Organisation: "",
    Person: "",
    TeamMember: "",
    Roadmap: "",
    RoadmapActor: "",
    RoadmapListing: "",
    ActionListing: "",
    Milestone: "",
    Edition: "{row}.published_at IS NOT NULL",
    Printing: "",
    ProgressReport: "",
    Lever: "",
    Theme: "",
    EssFamily: "",
    SustainableGoal: "",
    Instance: "",
    Seat: "",
    Mandate: "",
    Meeting: "",
    Document: "",
    Subject: "",
    Page: "",
    OnlineText: "",
    FormerAddress: "",
    Publication: "{row}.draft_id IS NOT NULL",
    FormerSlug: "",
    Party: "",
    Support: "",
    Result: "",
    ResultFigure: "",
}
# What no public page shows, and the content of editions: once published it changes no more.
UNSHOWN: set[type[Model]] = {
    *CONTENT_MODELS, Attendance, Comment, ContactMessage, Digest, FrozenPage, Invitation, Membership, ModelAction,
    PageRevision, Presence, PublicationRevision, Revision, User, PublicState, Rendering, Entry, KnownWord,
}  # fmt: skip

# The addresses, by name, that answer the same to every visitor until one of these tables, the day or the code changes.
STORED = {
    "home", "site-map", "legal-notice", "personal-data", "accessibility", "licence",
    "collectivite-list", "collectivite-detail",
    "page-index", "page-detail", "publication-list", "publication-detail",
    "team",
    "search",
    "roadmap-list", "action-list", "roadmap-detail", "roadmap-download", "objective-detail", "action-detail",
    "edition-list", "edition-detail", "edition-download", "edition-verify", "edition-changes", "edition-objective",
    "edition-action",
    "instance-list", "instance-detail", "holder-detail", "meeting-agenda",
}  # fmt: skip


def watch_shown_tables(*, using: str, **kwargs: Any) -> None:
    """Watch, after a migration, the tables that are there."""
    there = set(connections[using].introspection.table_names())
    watch({model: condition for model, condition in SHOWN.items() if model._meta.db_table in there}, using)


def project_models() -> set[type[Model]]:
    """Give the models of the portal’s own rooms."""
    rooms = ("editorial", "finding", "instances", "roadmaps", "people", "territories", "publishing")
    return {model for room in rooms for model in apps.get_app_config(room).get_models()}
