"""What somebody without an account wants to be told of by mail: asked, then confirmed from the mailbox.

Nothing of this is public, and nothing outlives its use: a request goes when it is confirmed or seven days old, an alert
when it is ended, a subscriber with the last of his alerts.
"""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone

LONGEST_QUERY = 1000
TO_CONFIRM = dt.timedelta(days=7)


class Wish(models.Model):
    """What is followed, and how often one is told."""

    class Kind(models.TextChoices):
        ROADMAP = "feuille-de-route", "Une feuille de route"
        ROADMAPS = "feuilles-de-route", "Les feuilles de route"
        ACTIONS = "actions", "Les actions"
        POSITIONS = "prises-de-position", "Les prises de position"
        MEETINGS = "seances", "Les séances des instances"

    class Frequency(models.TextChoices):
        DAILY = "daily", "Chaque jour"
        WEEKLY = "weekly", "Chaque semaine"

    kind = models.CharField("nature", max_length=20, choices=Kind)
    query = models.CharField("ce qui est choisi dans la liste", max_length=LONGEST_QUERY, blank=True)
    title = models.TextField("intitulé")
    frequency = models.CharField("fréquence", max_length=6, choices=Frequency, default=Frequency.WEEKLY)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def own_title(self) -> str:
        """What is followed, in our own words: a mail that nobody asked for must not carry what a stranger typed."""
        return self.get_kind_display() if "q" in QueryDict(self.query) else self.title


class RequestQuerySet(models.QuerySet["Request"]):
    def waiting(self) -> "RequestQuerySet":
        """Those that may still be confirmed."""
        return self.filter(asked_at__gt=timezone.now() - TO_CONFIRM)

    def forgotten(self) -> "RequestQuerySet":
        """Those that nobody has confirmed in time."""
        return self.filter(asked_at__lte=timezone.now() - TO_CONFIRM)


class Request(Wish):
    """An alert that somebody asked for an address, which its owner has not confirmed."""

    email = models.EmailField("adresse électronique")
    asked_at = models.DateTimeField("demandée le", auto_now_add=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = "demande d’alerte"
        verbose_name_plural = "demandes d’alerte"
        ordering = ("asked_at", "pk")
        indexes = [
            models.Index(fields=["email", "asked_at"], name="alert_request_of_an_address"),
            models.Index(fields=["asked_at"], name="alert_request_by_age"),
        ]


class Subscriber(models.Model):
    """The owner of a mailbox who has confirmed at least one alert."""

    email = models.EmailField("adresse électronique", unique=True)

    class Meta:
        verbose_name = "abonné·e"
        verbose_name_plural = "abonné·es"

    def __str__(self) -> str:
        return self.email


class AlertQuerySet(models.QuerySet["Alert"]):
    def due(self, today: dt.date) -> "AlertQuerySet":
        """Those whose last mail is old enough, the longest waiting first."""
        yesterday, last_week = today - dt.timedelta(days=1), today - dt.timedelta(days=7)
        daily = Q(frequency=Wish.Frequency.DAILY, told_until__date__lte=yesterday)
        weekly = Q(frequency=Wish.Frequency.WEEKLY, told_until__date__lte=last_week)
        return self.filter(daily | weekly).select_related("subscriber").order_by("told_until", "pk")


class Alert(Wish):
    """What a subscriber is told of by mail, and up to when he has been told."""

    subscriber = models.ForeignKey(Subscriber, models.CASCADE, verbose_name="abonné·e", related_name="alerts")
    told_until = models.DateTimeField("dit jusqu’au")  # what came later is for the next mail
    taken_at = models.DateTimeField("pris le", null=True)  # by the run that is sending the mail

    objects = AlertQuerySet.as_manager()

    class Meta:
        verbose_name = "alerte"
        ordering = ("title", "pk")
        indexes = [models.Index(fields=["frequency", "told_until"], name="alert_due")]
        constraints = [
            models.UniqueConstraint(fields=["subscriber", "kind", "query"], name="alerts_alert_once_a_subscriber"),
        ]
