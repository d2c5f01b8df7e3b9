import datetime as dt

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Expression, F, OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from publishing.versions import UID_LENGTH, new_uid
from ui.partial_date import PartialDate

from .action import Action
from .roadmap import Roadmap

WITHDRAWABLE_FOR = dt.timedelta(days=1)  # then it has been read, and stays
NOT_YET = "Cette date est à venir\u00a0: un point d’étape dit ce qui est, pas ce qui sera."


def not_to_come(day: dt.date) -> None:
    """Refuse a day that is still to come.

    Raises:
        ValidationError: it is.
    """
    if day > timezone.localdate():
        raise ValidationError(NOT_YET)


def is_withdrawable(reported_at: dt.datetime) -> bool:
    """Tell whether a report made at that moment may still be taken back."""
    return timezone.now() - reported_at <= WITHDRAWABLE_FOR


def day(date: dt.date) -> str:
    """Write a day: « 1er mars 2026 »."""
    return str(PartialDate(date.year, date.month, date.day))


class ProgressReportQuerySet(models.QuerySet["ProgressReport"]):
    def latest_of_each(self) -> "ProgressReportQuerySet":
        """The latest of each action: what its status is."""
        of_action = ProgressReport.objects.filter(roadmap=OuterRef("roadmap"), uid=OuterRef("uid"))
        return self.filter(pk=Subquery(of_action.values("pk")[:1]))

    def before(self, latest: int, roadmap: Roadmap, uid: str) -> "ProgressReportQuerySet":
        """What was said of an action before its latest report, as everyone may read it: the author is not loaded."""
        told = self.filter(roadmap=roadmap, uid=uid, is_renewal=False).exclude(pk=latest)
        return told.only("status", "said_on", "text")


class ProgressReport(models.Model):
    """What the carriers of a roadmap, or the CRESS, say of how far an action is: a point d’étape.

    It is tied to the action’s uid, which is the same through all the editions, and not to a row of an edition: what
    was said of an action holds in the next edition, and a published edition stays as it was (decision 0006).
    """

    class Status(models.TextChoices):
        PLANNED = "planned", "À lancer"
        ONGOING = "ongoing", "En cours"
        DONE = "done", "Réalisée"
        PAUSED = "paused", "En pause"
        DROPPED = "dropped", "Abandonnée"

    class Weather(models.TextChoices):
        CLEAR = "clear", "Beau temps"
        CLOUDY = "cloudy", "Nuageux"
        STORMY = "stormy", "Orageux"

    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="reports", editable=False)
    uid = models.CharField("action", max_length=UID_LENGTH, editable=False)
    # What one gesture said of several actions, and takes back at once, shares it.
    batch = models.CharField("lot", max_length=UID_LENGTH, default=new_uid, editable=False)
    status = models.CharField("statut", max_length=7, choices=Status)
    said_on = models.DateField(
        "date", default=timezone.localdate, validators=[not_to_come], help_text="Un jour passé, ou aujourd’hui."
    )
    weather = models.CharField(
        "météo", max_length=6, choices=Weather, blank=True, help_text="Entre vous et la CRESS\u00a0: non publiée."
    )
    text = models.TextField(
        "ce qui a avancé", max_length=2000, blank=True, help_text="Publié avec le statut et la date."
    )
    is_renewal = models.BooleanField("toujours exact", default=False, editable=False)  # says the one before again
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="dit par", null=True, related_name="+", editable=False
    )
    reported_at = models.DateTimeField("enregistré le", auto_now_add=True)

    objects = ProgressReportQuerySet.as_manager()

    class Meta:
        verbose_name = "point d’étape"
        verbose_name_plural = "points d’étape"
        ordering = ("-said_on", "-id")
        indexes = [
            models.Index(fields=["roadmap", "uid", "-said_on", "-id"], name="report_latest_of_an_action"),
            models.Index(fields=["batch"], name="report_of_a_batch"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["batch", "uid"], name="roadmaps_progressreport_one_per_action_in_a_batch"),
        ]

    def __str__(self) -> str:
        return f"{self.get_status_display()}, {self.day}"

    @property
    def day(self) -> str:
        return day(self.said_on)


def latest_report(value: Expression | F) -> Subquery:
    """Give something of the latest report of an action, for a query over actions; nothing where there is none."""
    of_action = ProgressReport.objects.filter(roadmap=OuterRef("edition__roadmap"), uid=OuterRef("uid"))
    return Subquery(of_action.values(wanted=value)[:1])


def with_report(actions: models.QuerySet[Action]) -> models.QuerySet[Action]:
    """Load with each action what its latest report says, in the same query (``action.report``, a dict or None)."""
    said = ("pk", "status", "said_on", "weather", "text", "batch", "by")
    return actions.annotate(report=latest_report(JSONObject(**{name: name for name in said})))
