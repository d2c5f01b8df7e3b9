"""What every template may name without its view passing it."""

from functools import partial

from django.conf import settings
from django.http import HttpRequest
from rules import test_rule

# The rooms of the signed-in space: the name of an address, its label, the rule that opens it.
ROOMS = (
    ("workspace-roadmap-list", "Feuilles de route", None),
    ("workspace-instance-list", "Instances", "instances.follow"),
    ("workspace-page-list", "Pages", "editorial.read_drafts"),
    ("workspace-publication-list", "Prises de position", "editorial.read_drafts"),
    ("message-list", "Messages", "editorial.answer_messages"),
    ("team-list", "Équipe", "people.manage_team"),
    ("organisation-list", "Organismes", "people.manage_organisations"),
    ("user-list", "Utilisateurs", "people.manage_users"),
)


def portal(request: HttpRequest) -> dict[str, object]:
    """Give the names and address of the portal, and the rooms of the space, asked for on its pages alone."""
    return {
        "portal_name": settings.PORTAL_NAME,
        "cress_name": settings.CRESS_NAME,
        "public_url": settings.PUBLIC_URL,
        "is_demo": settings.DEMO,
        "workspace_rooms": partial(workspace_rooms, request),
    }


def workspace_rooms(request: HttpRequest) -> list[dict[str, str]]:
    """Give the rooms that whoever is signed in may enter."""
    return [
        {"name": name, "label": label} for name, label, rule in ROOMS if rule is None or test_rule(rule, request.user)
    ]
