"""Mails: written from a template, told whether they left, and sent once by however many runs.

What a mail is of is a row, with a column ``taken_at``: a run takes the row before it sends, then says what the row
holds once the mail has left, or gives it back to the next run.
"""

import datetime as dt
import logging
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone

GIVEN_UP = dt.timedelta(hours=1)  # after which a run that took a mail is held to have stopped

logger = logging.getLogger(__name__)


def mailed(
    template: str, subject: str, to: list[str], context: dict[str, Any], headers: dict[str, str] | None = None
) -> bool:
    """Send a mail; say whether it has left.

    Args:
        template: of its text.
        subject: in a line; a line break in it is a space.
        to: addresses; none sends nothing.
        context: of its text.
        headers: beside the usual ones.
    """
    try:
        text = render_to_string(template, context | {"portal_name": settings.PORTAL_NAME})
        line = " ".join(f"{subject} – {settings.PORTAL_NAME}".split())
        return bool(EmailMessage(subject=line, body=text, to=to, headers=headers).send())
    except Exception:  # whatever stops one mail must not stop what it tells of, nor the other mails
        logger.exception("The mail « %s » did not leave.", template)
        return False


def absolute(path: str) -> str:
    """Give an address of the portal as a mail needs it: whole."""
    return f"{settings.PUBLIC_URL.rstrip('/')}{path}"


def take(rows: QuerySet[Any]) -> bool:
    """Take the mail of a row, unless another run is sending it.

    Args:
        rows: the row, if its mail is still to be sent.
    """
    now = timezone.now()
    free = Q(taken_at=None) | Q(taken_at__lt=now - GIVEN_UP)
    return bool(rows.filter(free).update(taken_at=now))


@dataclass
class Sending:
    """What a run did: the mails that left, and those that did not."""

    sent: int = 0
    failed: int = 0
