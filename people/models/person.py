"""The humans that the portal names."""

from django.conf import settings
from django.db import models


class Person(models.Model):
    """Someone whom the portal names (élu·e référent·e, mandataire, contact), with an account or without."""

    class Gender(models.TextChoices):
        WOMAN = "woman", "Femme"
        MAN = "man", "Homme"

    first_name = models.CharField("prénom", max_length=150, blank=True)
    last_name = models.CharField("nom", max_length=150)
    gender = models.CharField(
        "genre",
        max_length=5,
        choices=Gender,
        blank=True,
        default="",
        db_default="",
        help_text="Sert à compter la parité ; jamais publié.",
    )
    job = models.CharField("fonction ou qualité", max_length=200, blank=True)
    organisation = models.ForeignKey(
        "people.Organisation",
        models.PROTECT,
        verbose_name="organisme",
        related_name="persons",
        null=True,
        blank=True,
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name="compte",
        related_name="person",
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = "personne"
        verbose_name_plural = "personnes"
        ordering = ["last_name", "first_name"]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()
