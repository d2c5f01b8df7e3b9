"""The team of the CRESS, as visitors meet it."""

from django.db import models

from people.models.person import Person


class TeamMember(models.Model):
    """Someone of the CRESS whom visitors may ask about some subjects; an account is another thing."""

    person = models.OneToOneField(Person, models.PROTECT, verbose_name="personne", related_name="team_member")
    subjects = models.TextField(
        "sujets",
        help_text="Un par ligne : ce sur quoi on peut lui écrire. Le même sujet peut avoir plusieurs personnes.",
    )
    phone = models.CharField("téléphone", max_length=20, blank=True)
    email = models.EmailField(
        "adresse électronique",
        blank=True,
        help_text="Reçoit les messages sur ces sujets ; jamais publiée.",
    )
    position = models.PositiveSmallIntegerField("rang", default=0, help_text="Les plus petits d’abord.")

    class Meta:
        verbose_name = "membre de l’équipe"
        verbose_name_plural = "équipe"
        ordering = ("position", "person__last_name", "person__first_name")

    def __str__(self) -> str:
        return str(self.person)

    @property
    def subject_list(self) -> list[str]:
        """Its subjects, in order."""
        return [line.strip() for line in self.subjects.splitlines() if line.strip()]
