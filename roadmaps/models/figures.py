"""Figures: none goes without its unit, its year and its source, or it misleads."""

from django.db import models
from django.db.models import Q

from publishing.constraints import same_edition
from ui.partial_date import PartialDateField

from .action import Action
from .content import Content
from .objective import Objective


class KeyFigure(Content):
    """A figure that describes the territory, with all that is needed to read it right."""

    label = models.CharField("libellé", max_length=200)
    value = models.DecimalField("valeur", max_digits=16, decimal_places=3)
    unit = models.CharField("unité", max_length=60, blank=True, help_text="salariés, %, établissements…")
    year = models.PositiveSmallIntegerField("année", null=True, blank=True)
    scope = models.CharField("périmètre", max_length=200, blank=True, help_text="Ce qui est compté, et où.")
    source = models.CharField("source", max_length=300)

    class Meta(Content.Meta):
        verbose_name = "chiffre clé"
        verbose_name_plural = "chiffres clés"

    def __str__(self) -> str:
        return self.label


class Indicator(Content):
    """What will tell whether an objective or an action succeeds: from where, to where, read how."""

    objective = models.ForeignKey(
        Objective, models.CASCADE, verbose_name="objectif", null=True, blank=True, related_name="indicators"
    )
    action = models.ForeignKey(
        Action, models.CASCADE, verbose_name="action", null=True, blank=True, related_name="indicators"
    )
    label = models.CharField("libellé", max_length=200)
    unit = models.CharField("unité", max_length=60, blank=True)
    baseline = models.DecimalField("valeur de départ", max_digits=16, decimal_places=3, null=True, blank=True)
    baseline_year = models.PositiveSmallIntegerField("année de départ", null=True, blank=True)
    target = models.DecimalField("cible", max_digits=16, decimal_places=3, null=True, blank=True)
    target_year = models.PositiveSmallIntegerField("année cible", null=True, blank=True)
    scope = models.CharField("périmètre", max_length=200, blank=True)
    source = models.CharField("source", max_length=300, blank=True)

    class Meta(Content.Meta):
        verbose_name = "indicateur"
        constraints = [
            *Content.Meta.constraints,
            same_edition("objective", "L’objectif choisi appartient à une autre édition."),
            same_edition("action", "L’action choisie appartient à une autre édition."),
            models.CheckConstraint(
                condition=Q(objective__isnull=True, action__isnull=False)
                | Q(objective__isnull=False, action__isnull=True),
                name="roadmaps_indicator_follows_an_objective_or_an_action",
                violation_error_message="Un indicateur suit soit un objectif, soit une action.",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class Measure(Content):
    """A reading of an indicator (relevé)."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="measures", editable=False)
    measured_on = PartialDateField("date ou année")
    value = models.DecimalField("valeur", max_digits=16, decimal_places=3)
    source = models.CharField("source", max_length=300, blank=True)
    note = models.CharField("précision", max_length=200, blank=True)

    class Meta(Content.Meta):
        verbose_name = "relevé"
        constraints = [
            *Content.Meta.constraints,
            same_edition("indicator", "L’indicateur appartient à une autre édition."),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} : {self.value}"
