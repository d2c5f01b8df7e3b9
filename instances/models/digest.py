from django.conf import settings
from django.db import models


class Digest(models.Model):
    """What a user wants of the weekly mail of reminders."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="instance_digest")
    is_refused = models.BooleanField("refusé", default=False)

    class Meta:
        verbose_name = "récapitulatif hebdomadaire"
        verbose_name_plural = "récapitulatifs hebdomadaires"

    def __str__(self) -> str:
        return f"{self.user} : {'refusé' if self.is_refused else 'voulu'}"


class Mailing(models.Model):
    """The mail of one user for one week: whoever takes it sends it, and gives it back if it did not leave."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="instance_mailings")
    week = models.DateField("semaine du")  # its Monday
    taken_at = models.DateTimeField("prise en charge le", null=True)
    sent_at = models.DateTimeField("envoyé le", null=True)

    class Meta:
        verbose_name = "envoi hebdomadaire"
        verbose_name_plural = "envois hebdomadaires"
        constraints = [models.UniqueConstraint(fields=["user", "week"], name="instances_mailing_once_a_week")]

    def __str__(self) -> str:
        return f"{self.user}, semaine du {self.week:%d/%m/%Y}"
