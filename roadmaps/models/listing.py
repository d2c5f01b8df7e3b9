import secrets
from typing import Self

from django.db import models
from django.db.models import Case, F, Q, Value, When

from territories.models import Collectivite
from territories.names import fold

from .action import Action
from .edition import Edition
from .progress import ProgressReport
from .roadmap import Roadmap
from .terms import Lever, Theme

MOST_WORDS = 12  # of a search; the others are left aside


def new_mark() -> int:
    """Draw a number that tells one writing from another."""
    return secrets.randbelow(2**31)


class ListingQuerySet(models.QuerySet["RoadmapListing"]):
    """What both lists may be asked for."""

    def matching(self, text: str) -> Self:
        """Those of which each word of ``text`` starts a word, accents and case aside."""
        listed = self
        for word in fold(text).split()[:MOST_WORDS]:
            listed = listed.filter(search__contains=f" {word}")
        return listed


class RoadmapListing(models.Model):
    """What the public list of roadmaps sifts by: one row a roadmap, written as its edition is published.

    It tells nothing that the current edition, the roadmap and its carriers do not: `roadmaps.listing` writes it again.
    """

    class State(models.TextChoices):
        COMING = "a-venir", "À venir"
        RUNNING = "en-cours", "En cours"
        OVER = "echue", "Échue"
        UNKNOWN = "periode-inconnue", "Période non précisée"

    roadmap = models.OneToOneField(Roadmap, models.CASCADE, primary_key=True, related_name="listing")
    edition = models.OneToOneField(Edition, models.CASCADE, related_name="listing")
    period_start = models.PositiveSmallIntegerField("première année", null=True)
    period_end = models.PositiveSmallIntegerField("dernière année", null=True)
    published_at = models.DateTimeField("publiée le")
    action_count = models.PositiveIntegerField("nombre d’actions", default=0)
    search = models.TextField("texte de recherche")
    carriers = models.ManyToManyField(Collectivite, related_name="+")
    departements = models.ManyToManyField(Collectivite, related_name="+")
    themes = models.ManyToManyField(Theme, related_name="+")
    levers = models.ManyToManyField(Lever, related_name="+")
    # Drawn again each time that it or its actions are written: the sum of all the marks tells whether anything changed.
    mark = models.PositiveIntegerField("marque", default=new_mark)

    objects = ListingQuerySet.as_manager()

    class Meta:
        verbose_name = "feuille de route dans la liste"
        verbose_name_plural = "feuilles de route dans la liste"
        ordering = (F("period_end").desc(nulls_last=True), "-published_at", "pk")

    def __str__(self) -> str:
        return str(self.roadmap)

    @classmethod
    def state_on(cls, year: int) -> Case:
        """Say, in a query, where the period of the document is in a year."""
        return Case(
            When(period_start=None, period_end=None, then=Value(cls.State.UNKNOWN)),
            When(period_start__gt=year, then=Value(cls.State.COMING)),
            When(period_end__lt=year, then=Value(cls.State.OVER)),
            default=Value(cls.State.RUNNING),
            output_field=models.CharField(),
        )


class ActionListing(models.Model):
    """What the public list of actions sifts by: one row an action of an edition in force, in the order of its document.

    The status is that of the latest report; whether it is late depends on the day, and is asked, not stored.
    """

    class Term(models.TextChoices):
        SHORT = "court", "Court terme"
        MEDIUM = "moyen", "Moyen terme"
        LONG = "long", "Long terme"
        UNKNOWN = "inconnu", "Horizon non précisé"

    UNSAID = "unsaid"

    listing = models.ForeignKey(RoadmapListing, models.CASCADE, related_name="actions")
    action = models.OneToOneField(Action, models.CASCADE, related_name="listing")
    term = models.CharField("horizon", max_length=7, choices=Term, default=Term.UNKNOWN)
    due_on = models.DateField("échéance", null=True)
    answers_economic_need = models.BooleanField("besoin économique", default=False)
    answers_social_need = models.BooleanField("besoin social", default=False)
    answers_environmental_need = models.BooleanField("besoin environnemental", default=False)
    status = models.CharField("statut", max_length=7, default=UNSAID)
    said_on = models.DateField("dit le", null=True)
    themes = models.ManyToManyField(Theme, related_name="+")
    levers = models.ManyToManyField(Lever, related_name="+")
    search = models.TextField("texte de recherche")

    objects = ListingQuerySet.as_manager()

    class Meta:
        verbose_name = "action dans la liste"
        verbose_name_plural = "actions dans la liste"
        ordering = ("-listing_id", "id")
        indexes = [
            models.Index(fields=["-listing", "id"], name="listed_action_in_order"),
            models.Index(fields=["term"], name="listed_action_term"),
            models.Index(
                fields=["answers_economic_need", "answers_social_need", "answers_environmental_need"],
                name="listed_action_needs",
            ),
            models.Index(fields=["status", "due_on"], name="listed_action_status"),
        ]

    def __str__(self) -> str:
        return str(self.action)

    @staticmethod
    def is_late(today: object) -> Q:
        """Say, in a query, which are late (``roadmaps.progress.Situation.is_late``)."""
        over = (ProgressReport.Status.DONE, ProgressReport.Status.DROPPED, ActionListing.UNSAID)
        return ~Q(status__in=over) & Q(due_on__lt=today)
