from typing import Self

from django.db import models
from django.db.models import Q

from people.models import Organisation


class PartyQuerySet(models.QuerySet["Party"]):
    def named(self) -> Self:
        """In order, with what names each."""
        return self.select_related("organisation")


class Party(models.Model):
    """Whom a position is addressed to, or who signs it: an organisation that the portal knows, or a name."""

    class Role(models.TextChoices):
        RECIPIENT = "recipient", "Destinataire"
        SIGNATORY = "signatory", "Signataire"

    publication = models.ForeignKey("editorial.Publication", models.CASCADE, related_name="parties", editable=False)
    role = models.CharField("rôle", max_length=9, choices=Role)
    position = models.PositiveSmallIntegerField("rang", default=0)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="organisme", related_name="positions", null=True, blank=True
    )
    name = models.CharField("nom", max_length=200, blank=True)

    objects = PartyQuerySet.as_manager()

    class Meta:
        verbose_name = "destinataire ou signataire"
        verbose_name_plural = "destinataires ou signataires"
        ordering = ("position", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, name="") | (Q(organisation=None) & ~Q(name="")),
                name="editorial_party_is_known_or_named",
                violation_error_message="Un organisme du portail, ou un nom : l’un des deux.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation or self.name)
