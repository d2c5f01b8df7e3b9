"""How the actions of a published edition are followed: reports are added, said again, taken back, and never rewritten.

What is said is public at once, and may be taken back within a day. Each verb is one transaction; it works on actions
picked as they were read, and does nothing where somebody has said something of one of them since.
"""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from people.models import User
from publishing.versions import StaleVersionError, new_uid
from roadmaps.listing import tell_statuses
from roadmaps.models import Action, Edition, ProgressReport, Roadmap
from roadmaps.models.progress import day, is_withdrawable
from roadmaps.selection import Picked

GONE = "Cette action n’est plus dans l’édition en vigueur\u00a0: son suivi est terminé."
NOT_LAST = "Un point d’étape plus récent existe, ou celui-ci est déjà retiré\u00a0: rien n’a changé."
NOTHING_SAID = "Rien n’a encore été dit de cette action\u00a0: dites d’abord où elle en est."
SETTLED = "Ce point d’étape est public depuis plus d’un jour\u00a0: dites plutôt où en est l’action aujourd’hui."


class NotFollowedError(Exception):
    """An action is not in the current published edition: nothing is reported of it."""

    def __init__(self) -> None:
        super().__init__(GONE)


class EarlierError(Exception):
    """A report would be older than what is already known."""

    def __init__(self, latest: dt.date) -> None:
        super().__init__(
            f"Le dernier point d’étape est du {day(latest)}\u00a0: donnez cette date, ou une plus récente."
        )


class NotLastError(Exception):
    """A report is not its author’s, or is not the latest of its action: it stays."""

    def __init__(self) -> None:
        super().__init__(NOT_LAST)


class NothingSaidError(Exception):
    """Nothing was said yet of some actions: there is nothing to say again."""

    def __init__(self, uids: set[str]) -> None:
        super().__init__(NOTHING_SAID)
        self.uids = uids


class SettledError(Exception):
    """A report has been public for more than a day: it stays."""

    def __init__(self) -> None:
        super().__init__(SETTLED)


@transaction.atomic
def report(said: ProgressReport, picked: Iterable[Picked]) -> list[ProgressReport]:
    """Say the same of some actions of the current edition.

    Args:
        said: not saved: the roadmap, who speaks, the status, the date, the météo and the text.
        picked: the actions, each with the key of the latest report that was read, 0 if there was none.

    Returns:
        The reports, of one batch.

    Raises:
        NotFollowedError: an action is not in the current published edition.
        StaleVersionError: somebody has said something of one of them since.
        EarlierError: more recent is already known of one of them.
        ValidationError: the report does not hold together.
    """
    latest = hold(said.roadmap, picked)
    said.clean_fields(exclude={"roadmap", "uid", "by"})
    known = [one.said_on for one in latest.values() if one]
    if known and max(known) > said.said_on:
        raise EarlierError(max(known))
    return add(
        ProgressReport(
            roadmap=said.roadmap,
            uid=uid,
            status=said.status,
            said_on=said.said_on,
            weather=said.weather,
            text=said.text,
            by=said.by,
        )
        for uid in latest
    )


@transaction.atomic
def still_exact(roadmap: Roadmap, picked: Iterable[Picked], by: User) -> list[ProgressReport]:
    """Say that nothing has changed: what was last said of some actions is exact today.

    Arguments are those of `report`.

    Raises:
        NotFollowedError: an action is not in the current published edition.
        StaleVersionError: somebody has said something of one of them since.
        NothingSaidError: nothing was said yet of some of them: nothing is added.
    """
    today = timezone.localdate()
    latest = hold(roadmap, picked)
    known = {uid: one for uid, one in latest.items() if one}
    if unsaid := latest.keys() - known.keys():
        raise NothingSaidError(unsaid)
    return add(
        ProgressReport(
            roadmap=roadmap,
            uid=uid,
            status=one.status,
            said_on=today,
            weather=one.weather,
            text=one.text,
            is_renewal=True,
            by=by,
        )
        for uid, one in known.items()
    )


@transaction.atomic
def withdraw(roadmap: Roadmap, batch: str, by: User, uid: str = "") -> int:
    """Take back what somebody has just said, of all the actions of the gesture or of one: the one before holds again.

    Args:
        roadmap: the one that is followed.
        batch: of the gesture.
        by: who asks; only one’s own reports are taken back.
        uid: of the only action that is meant.

    Returns:
        The number of reports that are gone.

    Raises:
        NotLastError: it is somebody else’s, or something else was said since: nothing is gone.
        SettledError: it was made more than a day ago: nothing is gone.
    """
    lock(roadmap)
    mine = ProgressReport.objects.filter(roadmap=roadmap, batch=batch, by=by, **({"uid": uid} if uid else {}))
    made = dict(mine.values_list("pk", "reported_at"))
    if not made or made.keys() != set(mine.latest_of_each().values_list("pk", flat=True)):
        raise NotLastError
    if not all(map(is_withdrawable, made.values())):
        raise SettledError
    gone = list(mine.values_list("uid", flat=True))
    ProgressReport.objects.filter(pk__in=made).delete()
    tell_statuses(roadmap, gone)
    return len(made)


def hold(roadmap: Roadmap, picked: Iterable[Picked]) -> dict[str, ProgressReport | None]:
    """Keep everyone else from reporting on a roadmap for the transaction, and give the latest report of each action.

    Raises:
        NotFollowedError: an action is not in the current published edition.
        StaleVersionError: the latest report of one is not the one that was read.
    """
    lock(roadmap)
    seen = {one.uid: one.version for one in picked}
    current = Edition.objects.current().filter(roadmap=roadmap)
    if Action.objects.filter(edition__in=current, uid__in=seen).count() != len(seen):
        raise NotFollowedError
    found = ProgressReport.objects.filter(roadmap=roadmap, uid__in=seen).latest_of_each()
    latest: dict[str, ProgressReport | None] = dict.fromkeys(seen)
    latest |= {one.uid: one for one in found}
    if any((one.pk if one else 0) != seen[uid] for uid, one in latest.items()):
        raise StaleVersionError
    return latest


def lock(roadmap: Roadmap) -> None:
    """Make other reports on a roadmap wait for the end of the transaction."""
    list(Roadmap.objects.select_for_update().filter(pk=roadmap.pk).values("pk"))


def add(reports: Iterable[ProgressReport]) -> list[ProgressReport]:
    """Save the reports of one gesture, in one statement."""
    batch, made = new_uid(), list(reports)
    for one in made:
        one.batch = batch
    ProgressReport.objects.bulk_create(made)
    if made:
        tell_statuses(made[0].roadmap, [one.uid for one in made])
    return made
