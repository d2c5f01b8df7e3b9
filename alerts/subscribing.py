"""How an alert is asked, confirmed from the mailbox, changed and ended; the signed words of the links in mails.

An address is written to once before it is confirmed, by the mail that asks whether it should be written to at all.
"""

import datetime as dt

from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from alerts.followed import Followed
from alerts.models import TO_CONFIRM, Alert, Request, Subscriber
from publishing.mails import absolute, mailed

MAILS = "alerts/email"  # folder of their texts
DAY = dt.timedelta(days=1)
MOST_A_DAY = 3  # mails to an address that confirms nothing
CONFIRM, END, MINE = "alert-confirm", "alert-end", "alert-list"  # addresses whose word is the key of a row


def ask(thing: Followed, email: str, frequency: str) -> bool:
    """Send the mail by which the owner of an address says that he wants an alert; say whether it has left.

    Nothing is kept of a mail that has not left. An address that has had enough of them today is sent no more, and
    whoever asks is not told: he would know that somebody asked before him.

    Args:
        thing: what to be told of.
        email: checked.
        frequency: a `Wish.Frequency`.
    """
    email = email.lower()
    if Request.objects.filter(email=email, asked_at__gt=timezone.now() - DAY).count() >= MOST_A_DAY:
        return True
    request = Request.objects.create(
        email=email, kind=thing.kind, query=thing.query, title=thing.title, frequency=frequency
    )
    context = {"request": request, "confirm": link(CONFIRM, request), "days": TO_CONFIRM.days}
    has_left = mailed(f"{MAILS}/confirm.txt", "Confirmez votre alerte", [email], context)
    if not has_left:
        request.delete()
    return has_left


@transaction.atomic
def confirm(request: Request) -> Alert:
    """Begin the alert that somebody asked; one that runs already takes the frequency that was asked now."""
    subscriber, _ = Subscriber.objects.select_for_update().get_or_create(email=request.email)
    wanted = {"title": request.title, "frequency": request.frequency}
    alert, _ = Alert.objects.update_or_create(
        subscriber=subscriber,
        kind=request.kind,
        query=request.query,
        defaults=wanted,
        create_defaults=wanted | {"told_until": timezone.now()},
    )
    Request.objects.filter(email=request.email, kind=request.kind, query=request.query).delete()
    return alert


def change(alert: Alert, frequency: str) -> None:
    """Tell more or less often."""
    Alert.objects.filter(pk=alert.pk).update(frequency=frequency)


@transaction.atomic
def end(subscriber: Subscriber, alert: Alert | None = None) -> None:
    """End an alert, or all those of a subscriber; his address is forgotten with the last."""
    list(Subscriber.objects.select_for_update().filter(pk=subscriber.pk))  # one who confirms meanwhile waits
    ended = subscriber.alerts.filter(pk=alert.pk) if alert else subscriber.alerts.all()
    ended.delete()
    if not subscriber.alerts.exists():
        Subscriber.objects.filter(pk=subscriber.pk).delete()


def forget_unconfirmed() -> int:
    """Erase the requests that nobody has confirmed in seven days; say how many."""
    return Request.objects.forgotten().delete()[0]


def token_of(name: str, row: Request | Alert | Subscriber) -> str:
    """Give the signed word of a link of that name: it opens nothing else."""
    return signing.dumps(row.pk, salt=name)


def link(name: str, row: Request | Alert | Subscriber) -> str:
    """Give the whole address of a link, for a mail."""
    return absolute(reverse(name, args=[token_of(name, row)]))


def key_of(name: str, token: str) -> int | None:
    """Give the key of the row for which a link was written; None if it was not signed here, or for something else."""
    try:
        return signing.loads(token, salt=name)
    except signing.BadSignature:
        return None
