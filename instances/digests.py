"""One mail a week for each member of the CRESS team: what awaits in the bodies, each line a link.

Who writes in the register is told of all the bodies; any other member, of those where he sits. Whoever wants no such
mail says so from the mail itself, without signing in: its link is signed, and does nothing else.
"""

import datetime as dt
from collections.abc import Callable

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse

from instances.models import Digest, Instance, Mandate
from instances.reminders import Group, all_reminders
from people.models import Membership, Role, User

SALT = "instances.digest"
WEEK = dt.timedelta(days=7)


def send_digests(today: dt.date, tell: Callable[[str], object] = str) -> int:
    """Send the mail to whoever something awaits, and who had none for a week; count those that left.

    Args:
        today: the day that counts.
        tell: is given each address once its mail has left.
    """
    sent, everything = 0, all_reminders(today)
    for member in recipients(today):
        groups = everything if member.role >= Role.EDITOR else reminders_of(member.user, today)
        if not groups:
            continue
        message_for(member.user, groups).send()
        note(member.user, sent_on=today)
        tell(member.user.email)
        sent += 1
    return sent


def recipients(today: dt.date) -> list[Membership]:
    """Give the members of the team who want the mail, and had none for a week."""
    recent = Digest.objects.filter(Q(is_refused=True) | Q(sent_on__gt=today - WEEK)).values("user")
    members = Membership.objects.of_team().filter(user__is_active=True).exclude(user__in=recent)
    return list(members.select_related("user").order_by("user__email"))


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
    note(user, is_refused=is_refused)


def note(user: User, **said: object) -> None:
    """Write something about the mail of a user."""
    if not Digest.objects.filter(user=user).update(**said):
        Digest.objects.create(user=user, **said)
