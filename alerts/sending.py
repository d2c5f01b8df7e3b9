"""What is new in what each subscriber follows, by mail: each thing told once, however many runs there are."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from alerts.followed import news_of
from alerts.models import Alert
from alerts.subscribing import END, MAILS, MINE, link
from publishing.mails import Sending, absolute, mailed, take
from roadmaps.moves import ENTRIES, Moved, Window

SETTLING = dt.timedelta(minutes=5)  # what was dated earlier is in the database by now, and seen


def send_alerts(tell: Callable[[str], object] = str) -> Sending:
    """Send each alert that is due and has something to tell; one that fails stops no other, and waits for the next run.

    Two runs at once share the work: each mail is taken by one of them.

    Args:
        tell: is given the number of each alert whose mail has left.
    """
    now = timezone.now()
    sending, until = Sending(), now - SETTLING
    known: dict[tuple[str, str, dt.datetime], tuple[str, list[Moved]]] = {}
    for alert in list(Alert.objects.due(timezone.localdate(now))):
        asked = (alert.kind, alert.query, alert.told_until)
        if asked not in known:
            known[asked] = news_of(alert, Window(alert.told_until, until))
        url, moves = known[asked]
        untold = Alert.objects.filter(pk=alert.pk, told_until=alert.told_until)
        if not moves or not take(untold):
            continue
        if send(alert, url, moves):
            untold.update(told_until=until, taken_at=None)
            tell(str(alert.pk))
            sending.sent += 1
        else:
            untold.update(taken_at=None)
            sending.failed += 1
    return sending


def send(alert: Alert, url: str, moves: list[Moved]) -> bool:
    """Write to a subscriber; the headers let his mail reader offer « Se désabonner » (RFC 8058). Say if it has left."""
    ending = link(END, alert)
    context: dict[str, Any] = {
        "alert": alert,
        "moves": [(one.title, one.text, absolute(one.url)) for one in moves],
        "is_cut": len(moves) == ENTRIES,
        "page": absolute(url),
        "end": ending,
        "mine": link(MINE, alert.subscriber),
    }
    headers = {"List-Unsubscribe": f"<{ending}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return mailed(f"{MAILS}/news.txt", f"Du nouveau : {alert.title}", [alert.subscriber.email], context, headers)
