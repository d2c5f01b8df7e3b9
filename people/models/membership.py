"""What a user may do, and where."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q


class Role(models.IntegerChoices):
    """What a membership allows; each role allows all that the lower ones do."""

    READER = 1, "Lecture"
    CONTRIBUTOR = 2, "Contribution"
    EDITOR = 3, "Rédaction"
    MANAGER = 4, "Pilotage"


HIGHEST_ROLE_IN_A_COLLECTIVITE = Role.CONTRIBUTOR
ROLE_TOO_HIGH = "Seule l’équipe de la CRESS rédige et publie : choisissez « Lecture » ou « Contribution »."


def role_suits_its_scope() -> Q:
    """Say that a collectivité’s member may hold at most `HIGHEST_ROLE_IN_A_COLLECTIVITE`."""
    return Q(collectivite=None) | Q(role__lte=HIGHEST_ROLE_IN_A_COLLECTIVITE)


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships as the portal asks for them."""

    def of_team(self) -> Self:
        """Those of the CRESS team."""
        return self.filter(collectivite=None)

    def of_active_managers(self) -> Self:
        """Those that let someone who can sign in manage the users."""
        return self.of_team().filter(role=Role.MANAGER, user__is_active=True)


class Membership(models.Model):
    """The role of a user in a collectivité or, without collectivité, in the CRESS team, whose rights reach all."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="utilisateur", related_name="memberships"
    )
    collectivite = models.ForeignKey(
        "territories.Collectivite",
        models.PROTECT,
        verbose_name="collectivité",
        related_name="memberships",
        null=True,
        blank=True,
        help_text="Laissez vide pour l’équipe de la CRESS.",
    )
    role = models.PositiveSmallIntegerField("rôle", choices=Role)
    created_at = models.DateTimeField("accordé le", auto_now_add=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "habilitation"
        verbose_name_plural = "habilitations"
        ordering = [models.F("collectivite__search").asc(nulls_first=True), "-role"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "collectivite"],
                name="one_role_per_collectivite",
                violation_error_message="Cette personne a déjà un rôle dans cette collectivité.",
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(collectivite=None),
                name="one_role_in_the_team",
                violation_error_message="Cette personne a déjà un rôle dans l’équipe de la CRESS.",
            ),
            models.CheckConstraint(
                condition=role_suits_its_scope(),
                name="only_the_team_writes",
                violation_error_message=ROLE_TOO_HIGH,
            ),
            models.CheckConstraint(
                condition=Q(role__in=Role.values),
                name="a_membership_role_is_known",
                violation_error_message="Ce rôle n’existe pas.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} : {self.get_role_display()}, {self.scope}"

    @property
    def scope(self) -> str:
        """Where the role holds, in words."""
        return str(self.collectivite) if self.collectivite else "Équipe de la CRESS"
