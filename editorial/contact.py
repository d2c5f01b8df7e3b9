"""What becomes of a message: it is kept before anything else, told to the team, acknowledged, answered or filed.

A mail that does not leave loses nothing and is told to whoever waits for it.
"""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from editorial.models import ContactMessage
from people.models import TeamMember, User
from publishing.mails import absolute, mailed

KEPT_FOR = dt.timedelta(days=365)  # after it was handled; docs/permissions.md and the page on personal data say so
MAILS = "editorial/email"  # folder of their texts
AN_ERROR = "Signaler une erreur sur une page"
SOMETHING_ELSE = "Une autre demande"


def subjects() -> list[str]:
    """Give what one may write about: the subjects of the team, in its order, then an error, then anything else."""
    found = dict.fromkeys(subject for member in TeamMember.objects.all() for subject in member.subject_list)
    return [*found, AN_ERROR, SOMETHING_ELSE]


def team_by_subject() -> dict[str, list[TeamMember]]:
    """Give who answers on each subject."""
    found: dict[str, list[TeamMember]] = {}
    for member in TeamMember.objects.select_related("person"):
        for subject in member.subject_list:
            found.setdefault(subject, []).append(member)
    return found


def receive(message: ContactMessage) -> None:
    """Keep a message, then tell the team and its sender by mail, and note which of the two has left.

    Args:
        message: checked, not saved yet.
    """
    message.save()
    context = {"message": message, "url": absolute(reverse("message-detail", args=[message.pk]))}
    message.is_forwarded = mailed(
        f"{MAILS}/forwarded.txt", f"Message reçu : {message.subject}", addresses(message.subject), context
    )
    message.is_acknowledged = mailed(
        f"{MAILS}/acknowledged.txt", "Votre message est bien reçu", [message.email], context
    )
    ContactMessage.objects.filter(pk=message.pk).update(
        is_forwarded=message.is_forwarded, is_acknowledged=message.is_acknowledged
    )


def addresses(subject: str) -> list[str]:
    """Give who is told of a message on a subject: those who answer on it, or else the address of the CRESS."""
    members = [member for member in TeamMember.objects.exclude(email="") if subject in member.subject_list]
    return [member.email for member in members] or [one for one in [settings.CONTACT_EMAIL] if one]


@transaction.atomic
def assign(message: ContactMessage, user: User | None, *, version: int) -> None:
    """Give a message to somebody of the team, or to nobody.

    Raises:
        StaleVersionError: somebody handled or assigned it since.
    """
    message.claim(version)
    message.assigned_to = user
    message.save(update_fields=["assigned_to"])


def answer(message: ContactMessage, text: str, by: User, *, version: int) -> bool:
    """Answer a message by mail; say whether the mail has left. The answer is kept in any case.

    Args:
        message: not handled yet, or whose answer did not leave.
        text: of the answer.
        by: who answers.
        version: the one that was read.

    Raises:
        StaleVersionError: somebody handled or assigned it since.
    """
    with transaction.atomic():
        message.claim(version)
        message.answer, message.handled_by, message.handled_at = text, by, timezone.now()
        message.save(update_fields=["answer", "handled_by", "handled_at"])
    context = {"message": message, "by": by}
    message.is_answer_sent = mailed(f"{MAILS}/answered.txt", f"Réponse : {message.subject}", [message.email], context)
    ContactMessage.objects.filter(pk=message.pk).update(is_answer_sent=message.is_answer_sent)
    return message.is_answer_sent


@transaction.atomic
def file_away(message: ContactMessage, by: User, *, version: int) -> None:
    """Say that a message needs no answer, or no more.

    Raises:
        StaleVersionError: somebody handled or assigned it since.
    """
    message.claim(version)
    message.handled_by, message.handled_at = by, timezone.now()
    message.save(update_fields=["handled_by", "handled_at"])


def to_forget(now: dt.datetime) -> list[ContactMessage]:
    """Give the messages handled for longer than they may be kept: name and address have then served."""
    return list(ContactMessage.objects.filter(handled_at__lt=now - KEPT_FOR))
