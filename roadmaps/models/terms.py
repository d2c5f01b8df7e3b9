"""The vocabularies of an action: by what means, in what field, for whom, towards which goals.

The CRESS keeps them in the admin; a roadmap only picks from them.
"""

from django.db import models


class Term(models.Model):
    """A word of a vocabulary, known by its code."""

    code = models.SlugField("code", max_length=20, unique=True)
    label = models.CharField("libellé", max_length=120, unique=True)
    position = models.PositiveSmallIntegerField("rang", default=0)

    class Meta:
        abstract = True
        ordering = ("position", "label")

    def __str__(self) -> str:
        return self.label


class Lever(Term):
    """By what means a collectivité acts: property, purchasing, training."""

    class Meta(Term.Meta):
        verbose_name = "levier"
        verbose_name_plural = "leviers"


class Theme(Term):
    """In what field an action takes place: food, mobility, energy."""

    class Meta(Term.Meta):
        verbose_name = "thématique"
        verbose_name_plural = "thématiques"


class EssFamily(Term):
    """A family of ESS enterprises (law n° 2014-856 of 31 July 2014, article 1, II)."""

    class Meta(Term.Meta):
        verbose_name = "famille de l’ESS"
        verbose_name_plural = "familles de l’ESS"


class SustainableGoal(Term):
    """One of the 17 goals that the United Nations set for 2030 (objectifs de développement durable)."""

    class Meta(Term.Meta):
        verbose_name = "objectif de développement durable"
        verbose_name_plural = "objectifs de développement durable"
