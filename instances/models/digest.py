from django.conf import settings
from django.db import models


class Digest(models.Model):
    """What a user wants of the weekly mail of reminders, and when the last one left."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="instance_digest")
    is_refused = models.BooleanField("refusé", default=False)
    sent_on = models.DateField("dernier envoi", null=True, blank=True)

    class Meta:
        verbose_name = "récapitulatif hebdomadaire"
        verbose_name_plural = "récapitulatifs hebdomadaires"

    def __str__(self) -> str:
        return f"{self.user} : {'refusé' if self.is_refused else 'voulu'}"
