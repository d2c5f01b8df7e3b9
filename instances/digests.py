"""One mail a week for each member of the CRESS team: what awaits in the bodies, each line a link.

Who writes in the register is told of all the bodies; any other member, of those where he sits. Whoever wants no such
mail says so from the mail itself, without signing in: its link is signed, and does nothing else.
"""

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from instances.models import Digest, Instance, Mailing, Mandate
from instances.reminders import Group, all_reminders
from people.models import Membership, Role, User

SALT = "instances.digest"
GIVEN_UP = dt.timedelta(hours=1)  # after which a run that took a mail is held to have stopped

logger = logging.getLogger(__name__)


@dataclass
class Sending:
    """What a run did: the mails that left, and those that did not."""

    sent: int = 0
    failed: int = 0


def send_digests(today: dt.date, tell: Callable[[str], object] = str) -> Sending:
    """Send the mail to whoever something awaits, and who had none this week; one that fails stops no other.

    Two runs at once share the work: each mail is taken by one of them. A mail that fails waits for the next run.

    Args:
        today: the day that counts.
        tell: is given each address once its mail has left.
    """
    week = today - dt.timedelta(days=today.weekday())
    sending, everything = Sending(), all_reminders(today)
    for member in recipients(week):
        groups = everything if member.role >= Role.EDITOR else reminders_of(member.user, today)
        if not groups or not take(member.user, week):
            continue
        if send(member.user, week, groups):
            tell(member.user.email)
            sending.sent += 1
        else:
            sending.failed += 1
    return sending


def recipients(week: dt.date) -> list[Membership]:
    """Give the members of the team who want the mail, and had none this week."""
    refusing = Digest.objects.filter(is_refused=True).values("user")
    told = Mailing.objects.filter(week=week).exclude(sent_at=None).values("user")
    members = Membership.objects.of_team().filter(user__is_active=True)
    found = members.exclude(user__in=refusing).exclude(user__in=told)
    return list(found.select_related("user").order_by("user__email"))


def take(user: User, week: dt.date) -> bool:
    """Take the mail of a user for a week, unless it was sent, or another run is sending it."""
    now = timezone.now()
    Mailing.objects.bulk_create([Mailing(user=user, week=week)], ignore_conflicts=True)
    free = Q(taken_at=None) | Q(taken_at__lt=now - GIVEN_UP)
    return bool(Mailing.objects.filter(free, user=user, week=week, sent_at=None).update(taken_at=now))


def send(user: User, week: dt.date, groups: list[Group]) -> bool:
    """Send a mail that was taken, or give it back to the next run; say whether it left."""
    mailing = Mailing.objects.filter(user=user, week=week)
    try:
        message_for(user, groups).send()
    except Exception:  # whatever stops one mail must not stop those of the others
        logger.exception("Weekly mail of user %s", user.pk)
        mailing.update(taken_at=None)
        return False
    mailing.update(sent_at=timezone.now())
    return True


def reminders_of(user: User, today: dt.date) -> list[Group]:
    """Give what awaits in the bodies where somebody sits."""
    held = Mandate.objects.in_force(today).filter(person__user=user)
    return all_reminders(today, Instance.objects.filter(pk__in=held.values("seat__instance")))


def message_for(user: User, groups: list[Group]) -> EmailMessage:
    """Write the mail of a user; its headers let his mail reader offer « Se désabonner » (RFC 8058)."""
    refusal = absolute(reverse("digest-refuse", args=[token_of(user)]))
    context = {
        "groups": [(group.title, [(one.text, absolute(one.url)) for one in group.reminders]) for group in groups],
        "board": absolute(reverse("workspace-instance-list")),
        "refusal": refusal,
        "portal_name": settings.PORTAL_NAME,
    }
    return EmailMessage(
        subject=f"Instances : ce qui attend cette semaine – {settings.PORTAL_NAME}",
        body=render_to_string("instances/email/digest.txt", context),
        to=[user.email],
        headers={"List-Unsubscribe": f"<{refusal}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )


def absolute(path: str) -> str:
    return f"{settings.PUBLIC_URL.rstrip('/')}{path}"


def token_of(user: User) -> str:
    """Give the signed word by which a user refuses the mail."""
    return signing.dumps(user.pk, salt=SALT)


def user_of(token: str) -> User | None:
    """Give the user who received a mail with that word, None if it was not signed here."""
    try:
        key = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return User.objects.filter(pk=key).first()


def choose(user: User, *, is_refused: bool) -> None:
    """Say whether a user wants the mail."""
    Digest.objects.update_or_create(user=user, defaults={"is_refused": is_refused})
