"""The bodies where the ESS is heard: their seats, who holds them, when they meet and what was said."""

from instances.models.digest import Digest, Mailing
from instances.models.instance import Instance
from instances.models.meeting import Attendance, Document, FormerFile, Meeting
from instances.models.revision import Revision
from instances.models.seat import Mandate, Seat
from instances.models.subject import Subject

__all__ = [
    "Attendance", "Digest", "Document", "FormerFile", "Instance", "Mailing", "Mandate", "Meeting", "Revision", "Seat",
    "Subject",
]  # fmt: skip
