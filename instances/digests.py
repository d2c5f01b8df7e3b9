"""One mail a week for each member of the CRESS team: what awaits in the bodies, each line a link.

Who writes in the register is told of all the bodies; any other member, of those where he sits. Whoever wants no such
mail says so from the mail itself, without signing in: its link is signed, and does nothing else.
"""

import datetime as dt
from collections.abc import Callable

from django.core import signing
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from instances.models import Digest, Instance, Mailing, Mandate
from instances.reminders import Group, all_reminders
from people.models import Membership, Role, User
from publishing.mails import Sending, absolute, mailed, take

SALT = "instances.digest"


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
        if not groups or not take(mailing_of(member.user, week).filter(sent_at=None)):
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


def mailing_of(user: User, week: dt.date) -> QuerySet[Mailing]:
    """Give the row of the mail of a user for a week, which is there from now on."""
    Mailing.objects.bulk_create([Mailing(user=user, week=week)], ignore_conflicts=True)
    return Mailing.objects.filter(user=user, week=week)


def send(user: User, week: dt.date, groups: list[Group]) -> bool:
    """Send a mail that was taken, or give it back to the next run; say whether it left.

    Its headers let the mail reader offer « Se désabonner » (RFC 8058).
    """
    refusal = absolute(reverse("digest-refuse", args=[token_of(user)]))
    context = {
        "groups": [(group.title, [(one.text, absolute(one.url)) for one in group.reminders]) for group in groups],
        "board": absolute(reverse("workspace-instance-list")),
        "refusal": refusal,
    }
    headers = {"List-Unsubscribe": f"<{refusal}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    subject = "Instances : ce qui attend cette semaine"
    has_left = mailed("instances/email/digest.txt", subject, [user.email], context, headers)
    mailing_of(user, week).update(**({"sent_at": timezone.now()} if has_left else {"taken_at": None}))
    return has_left


def reminders_of(user: User, today: dt.date) -> list[Group]:
    """Give what awaits in the bodies where somebody sits."""
    held = Mandate.objects.in_force(today).filter(person__user=user)
    return all_reminders(today, Instance.objects.filter(pk__in=held.values("seat__instance")))


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
