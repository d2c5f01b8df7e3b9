import datetime as dt
from typing import Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from instances.standing import years_after

from .instance import Instance

KEPT_YEARS = 5


class RevisionQuerySet(models.QuerySet["Revision"]):
    def expired(self, day: dt.date) -> Self:
        """Those that have been kept long enough on a day."""
        return self.filter(at__date__lt=years_after(day, -KEPT_YEARS))


class Revision(models.Model):
    """What somebody did in the register of a body, in words that read without the rows that they are about."""

    class Gesture(models.TextChoices):
        """A verb, as it stands between who did it and what it was done to."""

        REGISTERED = "registered", "a inscrit l’instance"
        DESCRIBED = "described", "a modifié les caractéristiques de l’instance"
        VERIFIED = "verified", "a vérifié l’instance"
        DISSOLVED = "dissolved", "a enregistré la fin de l’instance"
        REVIVED = "revived", "a annulé la fin de l’instance"
        SEAT_ADDED = "seat_added", "a ajouté le siège"
        SEAT_WRITTEN = "seat_written", "a modifié le siège"
        SEAT_CLOSED = "seat_closed", "a supprimé le siège"
        SEAT_REOPENED = "seat_reopened", "a rétabli le siège"
        APPOINTED = "appointed", "a nommé"
        RENEWED = "renewed", "a renouvelé le mandat de"
        REPLACED = "replaced", "a remplacé"
        ENDED = "ended", "a enregistré la fin du mandat de"
        RESUMED = "resumed", "a rétabli le mandat de"
        CORRECTED = "corrected", "a corrigé le mandat de"
        CANCELLED = "cancelled", "a annulé la nomination de"
        MEETING_ADDED = "meeting_added", "a ajouté la séance"
        MEETING_WRITTEN = "meeting_written", "a modifié la séance"
        MEETING_CANCELLED = "meeting_cancelled", "a annulé la séance"
        REPORTED = "reported", "a rendu compte de la séance"
        ATTENDANCE_NOTED = "attendance_noted", "a noté les présences de la séance"
        DOCUMENT_ADDED = "document_added", "a ajouté le document"
        DOCUMENT_WRITTEN = "document_written", "a modifié le document"
        DOCUMENT_REMOVED = "document_removed", "a mis à la corbeille le document"
        DOCUMENT_RESTORED = "document_restored", "a sorti de la corbeille le document"
        DOCUMENT_DELETED = "document_deleted", "a supprimé le document"
        CARRIED = "carried", "a rattaché"
        DROPPED = "dropped", "a retiré"

    instance = models.ForeignKey(Instance, models.CASCADE, related_name="revisions", editable=False)
    gesture = models.CharField("geste", max_length=17, choices=Gesture)
    title = models.CharField("objet", max_length=400)
    # What no longer says the same: [label, before, after]; of an internal text, only that it changed.
    changes = models.JSONField("changements", encoder=DjangoJSONEncoder)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="par", null=True, related_name="+", editable=False
    )
    at = models.DateTimeField("le", auto_now_add=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = "modification d’une instance"
        verbose_name_plural = "modifications des instances"
        ordering = ("-at", "-id")
        indexes = [models.Index(fields=["instance", "-at"], name="revision_of_a_body")]

    def __str__(self) -> str:
        return f"{self.get_gesture_display()} {self.title}"
