from django.db import models


class Result(models.Model):
    """What a survey or a note found: a question, and its figures with all that is needed to read them right."""

    publication = models.ForeignKey("editorial.Publication", models.CASCADE, related_name="results", editable=False)
    title = models.CharField("question ou intitulé", max_length=300)
    unit = models.CharField("unité", max_length=60, blank=True, help_text="%, réponses, emplois…")
    base = models.PositiveIntegerField("base", null=True, blank=True, help_text="Combien ont répondu à cette question.")
    year = models.PositiveSmallIntegerField("année", null=True, blank=True)
    source = models.CharField("source", max_length=300, blank=True)

    class Meta:
        verbose_name = "résultat"
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.title


class ResultFigure(models.Model):
    """A figure of a result, and what it is the figure of."""

    result = models.ForeignKey(Result, models.CASCADE, related_name="figures", editable=False)
    position = models.PositiveSmallIntegerField("rang", default=0)
    label = models.CharField("libellé", max_length=200)
    value = models.DecimalField("valeur", max_digits=16, decimal_places=3)

    class Meta:
        verbose_name = "chiffre d’un résultat"
        verbose_name_plural = "chiffres d’un résultat"
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return f"{self.label} : {self.value}"
