from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from publishing.versions import Versioned
from roadmaps.rules import collectivites_read_in_draft, reads_every_draft
from ui.partial_date import PartialDateField
from ui.rich_text import RichTextField

from .roadmap import Roadmap

MAX_LEVELS = 3


def _counted(rows: models.QuerySet[Any]) -> Coalesce:
    counts = rows.order_by().values("edition").annotate(n=Count("pk"))
    return Coalesce(Subquery(counts.values("n")), 0)


class EditionQuerySet(models.QuerySet["Edition"]):
    def published(self) -> "EditionQuerySet":
        return self.filter(published_at__isnull=False)

    def in_preparation(self) -> "EditionQuerySet":
        return self.filter(published_at__isnull=True)

    def visible_to(self, user: Any) -> "EditionQuerySet":
        """Those that ``user`` may read: the filter of the law whose predicate is ``rules.may_read_edition``."""
        if reads_every_draft(user):
            return self
        mine = collectivites_read_in_draft(user)
        if not mine:
            return self.published()
        with_mine = Roadmap.co_carriers.through.objects.filter(collectivite__in=mine).values("roadmap")
        return self.filter(Q(published_at__isnull=False) | Q(roadmap__collectivite__in=mine) | Q(roadmap__in=with_mine))

    def current(self) -> "EditionQuerySet":
        """The latest published edition of each roadmap."""
        latest = self.model.objects.published().values("roadmap").annotate(latest=Max("number"))
        return self.published().filter(
            number=models.Subquery(latest.filter(roadmap=models.OuterRef("roadmap")).values("latest"))
        )

    def with_action_count(self) -> "EditionQuerySet":
        return self.annotate(action_count=Count("action"))

    def with_carriers(self) -> "EditionQuerySet":
        """Load the roadmap, its référent·e and every collectivité that carries it."""
        return self.select_related("roadmap__collectivite", "roadmap__referent").prefetch_related(
            "roadmap__co_carriers"
        )

    def with_comment_count(self) -> "EditionQuerySet":
        """Count the comments of each edition, and those that are to be handled."""
        comments = self.model.comments.rel.related_model.objects.filter(edition=OuterRef("pk"))
        return self.annotate(comment_count=_counted(comments), to_handle_count=_counted(comments.to_handle()))

    def to_handle(self) -> "EditionQuerySet":
        """Those with comments to be handled, the most first; the counts come from ``with_comment_count``."""
        return self.filter(to_handle_count__gt=0).order_by("-to_handle_count", "-modified_at")


class Edition(Versioned):
    """One state of a roadmap’s document: in preparation, then published and never changed again."""

    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="editions", editable=False)
    number = models.PositiveSmallIntegerField("numéro", editable=False)
    level_1_name = models.CharField(
        "nom du premier niveau", max_length=40, default="Axe", help_text="Axe, enjeu, ambition, levier…"
    )
    level_2_name = models.CharField("nom du deuxième niveau", max_length=40, blank=True)
    level_3_name = models.CharField("nom du troisième niveau", max_length=40, blank=True)
    period_start = models.PositiveSmallIntegerField("première année", null=True, blank=True)
    period_end = models.PositiveSmallIntegerField("dernière année", null=True, blank=True)
    foreword = RichTextField("édito", blank=True)
    foreword_author = models.CharField("signature de l’édito", max_length=200, blank=True)
    caveat = models.CharField(
        "avertissement au lecteur",
        max_length=500,
        blank=True,
        help_text="Ce qu’il faut savoir avant de lire : document non publié, extrait, chiffres provisoires…",
    )
    adopted_on = PartialDateField("date d’adoption")
    adopted_by = models.CharField(
        "adoptée par", max_length=200, blank=True, help_text="L’assemblée : conseil communautaire, conseil régional…"
    )
    deliberation_number = models.CharField("numéro de délibération", max_length=60, blank=True)
    deliberation = models.FileField("délibération", upload_to="deliberations/%Y/", blank=True)
    change_note = models.TextField(
        "ce qui change", max_length=2000, blank=True, help_text="Depuis l’édition précédente, pour qui l’a lue."
    )
    sources = RichTextField("sources", blank=True)
    created_at = models.DateTimeField("créée le", auto_now_add=True)
    modified_at = models.DateTimeField("modifiée le", auto_now=True)
    published_at = models.DateTimeField("publiée le", null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="publiée par", null=True, blank=True, editable=False
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = "édition"
        ordering = ("roadmap", "number")
        constraints = [
            models.UniqueConstraint(fields=["roadmap", "number"], name="roadmaps_edition_number_once_per_roadmap"),
            models.UniqueConstraint(
                fields=["roadmap"],
                condition=Q(published_at__isnull=True),
                name="roadmaps_edition_one_in_preparation",
                violation_error_message="Une édition de cette feuille de route est déjà en préparation.",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="roadmaps_edition_numbers_start_at_one"),
            models.CheckConstraint(
                condition=Q(period_start__isnull=True)
                | Q(period_end__isnull=True)
                | Q(period_end__gte=F("period_start")),
                name="roadmaps_edition_period_ends_after_it_starts",
                violation_error_message="La période se termine avant de commencer : vérifiez les deux années.",
            ),
            models.CheckConstraint(
                condition=~Q(level_1_name="") & (Q(level_3_name="") | ~Q(level_2_name="")),
                name="roadmaps_edition_levels_are_named_in_order",
                violation_error_message="Nommez les niveaux dans l’ordre : premier, deuxième, troisième.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.roadmap} – édition {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("edition-detail", kwargs={"slug": self.roadmap.slug, "number": self.number})

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def level_names(self) -> list[str]:
        """The names of its one to three levels of objectives, from the top."""
        return [name for name in (self.level_1_name, self.level_2_name, self.level_3_name) if name]

    @property
    def period(self) -> str:
        """Such as "2021-2026", "depuis 2021", "jusqu’en 2026", or nothing where it is unknown."""
        start, end = self.period_start, self.period_end
        if start and end:
            return str(start) if start == end else f"{start}-{end}"
        if start:
            return f"depuis {start}"
        return f"jusqu’en {end}" if end else ""
