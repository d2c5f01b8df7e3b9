from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from publishing.versions import UID_LENGTH, new_uid

from .edition import Edition
from .roadmap import Roadmap


class RevisionQuerySet(models.QuerySet["Revision"]):
    def of_sheet(self, roadmap: Roadmap, kind: str, uid: str) -> "RevisionQuerySet":
        """Those of one sheet, through all the editions."""
        return self.filter(roadmap=roadmap, kind=kind, uid=uid)

    def in_bin(self) -> "RevisionQuerySet":
        """What was deleted from an edition still in preparation, and has not come back."""
        return self.filter(
            gesture=Revision.Gesture.DELETED, undone_at__isnull=True, edition__published_at__isnull=True
        ).exclude(edition=None)


class Revision(models.Model):
    """What somebody did to a sheet of a roadmap, with what the sheet said before and after."""

    class Gesture(models.TextChoices):
        CREATED = "created", "Création"
        WRITTEN = "written", "Modification"
        MOVED = "moved", "Déplacement"
        DELETED = "deleted", "Suppression"
        RESTORED = "restored", "Retour"

    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="revisions", editable=False)
    # None for what belongs to the roadmap itself: its characteristics, its actors, its démarche.
    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="revisions", verbose_name="édition", null=True, editable=False
    )
    gesture = models.CharField("geste", max_length=8, choices=Gesture)
    # What one gesture did to several sheets, and undoes at once, shares it.
    batch = models.CharField("lot", max_length=UID_LENGTH, default=new_uid, editable=False)
    kind = models.CharField("nature", max_length=20)  # name of the sheet’s model
    uid = models.CharField("identifiant", max_length=UID_LENGTH)
    title = models.CharField("intitulé", max_length=330)
    before = models.JSONField("avant", encoder=DjangoJSONEncoder, null=True)
    after = models.JSONField("après", encoder=DjangoJSONEncoder, null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="par", null=True, related_name="+", editable=False
    )
    began_at = models.DateTimeField("commencée le")
    at = models.DateTimeField("le")
    is_open = models.BooleanField("en cours de saisie", default=False)  # what is typed next still goes into it
    name = models.CharField("nom de la version", max_length=100, blank=True)
    undone_at = models.DateTimeField("annulée le", null=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = "modification"
        ordering = ("-at", "-id")
        indexes = [
            models.Index(fields=["roadmap", "kind", "uid", "-at"], name="revision_of_a_sheet"),
            models.Index(fields=["edition", "-at"], name="revision_of_an_edition"),
            models.Index(fields=["batch"], name="revision_of_a_batch"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(before__isnull=False) | Q(after__isnull=False),
                name="roadmaps_revision_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_gesture_display()} : {self.title}"

    @property
    def state(self) -> dict[str, Any]:
        """What the sheet said last: after the gesture, or before it was deleted."""
        return self.after or self.before or {}


class Presence(models.Model):
    """Somebody has a sheet open: the others are told while the page gives signs of life."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="presences", editable=False)
    uid = models.CharField("identifiant", max_length=UID_LENGTH)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", editable=False)
    seen_at = models.DateTimeField("vue le")

    class Meta:
        verbose_name = "présence"
        constraints = [
            models.UniqueConstraint(fields=["edition", "uid", "user"], name="roadmaps_presence_once_per_sheet"),
        ]

    def __str__(self) -> str:
        return f"{self.user} sur {self.uid}"


class ModelAction(models.Model):
    """An action that the CRESS keeps in its library, to be taken up and adapted in other roadmaps."""

    title = models.CharField("intitulé", max_length=300)
    note = models.CharField(
        "à savoir", max_length=500, blank=True, help_text="Quand s’en servir, ce qu’il faut adapter, d’où il vient."
    )
    content = models.JSONField("contenu", encoder=DjangoJSONEncoder, editable=False)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="gardé par", null=True, related_name="+", editable=False
    )
    kept_at = models.DateTimeField("gardé le", auto_now_add=True)

    class Meta:
        verbose_name = "modèle d’action"
        verbose_name_plural = "modèles d’action"
        ordering = ("title", "id")

    def __str__(self) -> str:
        return self.title
