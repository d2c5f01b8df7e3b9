"""How someone is asked to join the portal."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from people.models.membership import ROLE_TOO_HIGH, Role, role_suits_its_scope

LIFE = timedelta(days=14)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations as the portal asks for them."""

    def pending(self) -> Self:
        """Those that nobody has accepted, expired or not."""
        return self.filter(accepted_at=None)


class Invitation(models.Model):
    """An e-mailed offer of a role, the only way to an account.

    Revoking deletes it: a revoked link is an unknown link.
    """

    email = models.EmailField("adresse électronique")
    role = models.PositiveSmallIntegerField("rôle", choices=Role)
    collectivite = models.ForeignKey(
        "territories.Collectivite",
        models.PROTECT,
        verbose_name="collectivité",
        related_name="invitations",
        null=True,
        blank=True,
        help_text="Laissez vide pour l’équipe de la CRESS.",
    )
    token_hash = models.CharField("empreinte du lien", max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="invité par", related_name="invitations_sent"
    )
    sent_at = models.DateTimeField("envoyée le")
    accepted_at = models.DateTimeField("acceptée le", null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "invitation"
        verbose_name_plural = "invitations"
        ordering = ["-sent_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["email", "collectivite"],
                condition=Q(accepted_at=None),
                name="one_pending_invitation_per_collectivite",
                violation_error_message="Cette adresse a déjà une invitation en attente pour cette collectivité.",
            ),
            models.UniqueConstraint(
                fields=["email"],
                condition=Q(accepted_at=None, collectivite=None),
                name="one_pending_invitation_in_the_team",
                violation_error_message="Cette adresse a déjà une invitation en attente pour l’équipe de la CRESS.",
            ),
            models.CheckConstraint(
                condition=role_suits_its_scope(),
                name="only_the_team_is_invited_to_write",
                violation_error_message=ROLE_TOO_HIGH,
            ),
            models.CheckConstraint(
                condition=Q(role__in=Role.values),
                name="an_invitation_role_is_known",
                violation_error_message="Ce rôle n’existe pas.",
            ),
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="an_invitation_email_is_in_lower_case",
                violation_error_message="L’adresse électronique s’écrit en minuscules.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} : {self.get_role_display()}, {self.scope}"

    def clean(self) -> None:
        super().clean()
        self.email = self.email.lower()

    @property
    def scope(self) -> str:
        """Where the role will hold, in words."""
        return str(self.collectivite) if self.collectivite else "Équipe de la CRESS"

    @property
    def expires_at(self) -> datetime:
        """The instant from which the link no longer opens anything."""
        return self.sent_at + LIFE

    @property
    def is_expired(self) -> bool:
        """Whether the link came too late."""
        return timezone.now() >= self.expires_at
