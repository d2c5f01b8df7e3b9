from django.db import models
from django.db.models import F, Q

from ui.rich_text import RichTextField

from .content import Content


class Section(Content):
    """A narrative part of the document, around the objectives: its context, its stakes, its governance."""

    class Kind(models.TextChoices):
        PREAMBLE = "preamble", "Préambule"
        CONTEXT = "context", "Contexte"
        DIAGNOSIS = "diagnosis", "Diagnostic"
        STAKES = "stakes", "Enjeux"
        GOVERNANCE = "governance", "Gouvernance"
        EVALUATION = "evaluation", "Suivi et évaluation"
        OTHER = "other", "Autre"

    kind = models.CharField(
        "nature",
        max_length=10,
        choices=Kind,
        help_text="Gouvernance, suivi et évaluation se lisent après les actions ; le reste avant.",
    )
    title = models.CharField("titre", max_length=200)
    body = RichTextField("texte", blank=True)

    class Meta(Content.Meta):
        verbose_name = "section"

    def __str__(self) -> str:
        return self.title

    @property
    def comes_after_actions(self) -> bool:
        return self.kind in {self.Kind.GOVERNANCE, self.Kind.EVALUATION}


class Horizon(Content):
    """When an edition wants things done: short, medium or long term, with the years that it means."""

    label = models.CharField("libellé", max_length=60)
    first_year = models.PositiveSmallIntegerField("de l’année", null=True, blank=True)
    last_year = models.PositiveSmallIntegerField("à l’année", null=True, blank=True)

    class Meta(Content.Meta):
        verbose_name = "horizon"
        constraints = [
            *Content.Meta.constraints,
            models.CheckConstraint(
                condition=Q(first_year__isnull=True) | Q(last_year__isnull=True) | Q(last_year__gte=F("first_year")),
                name="roadmaps_horizon_ends_after_it_starts",
                violation_error_message="L’horizon se termine avant de commencer : vérifiez les deux années.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.years})" if self.years not in self.label else self.label

    @property
    def years(self) -> str:
        """Such as "2026-2027", "2026", or nothing where no year is said."""
        first, last = self.first_year, self.last_year
        if first and last and first != last:
            return f"{first}-{last}"
        return str(first or last or "")
