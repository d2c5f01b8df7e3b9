"""What staff write as a draft beside what everyone reads, and what is kept of each gesture."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from publishing.versions import UID_LENGTH, Versioned, new_uid


class Written(Versioned):
    """Something that staff are writing; what everyone reads of it is its ``online``, if it is there."""

    uid = models.CharField("identifiant", max_length=UID_LENGTH, default=new_uid, unique=True, editable=False)
    modified_at = models.DateTimeField("modifiée le", auto_now=True)

    revisions: ClassVar[type["Revision"]]

    class Meta:
        abstract = True

    @property
    def published(self) -> Any:
        """What everyone reads, if anything."""
        return getattr(self, "online", None)

    @property
    def is_published(self) -> bool:
        return self.published is not None


class RevisionQuerySet(models.QuerySet["Revision"]):
    def about(self, row: Written) -> Self:
        """Those of one thing, even if it was deleted and came back meanwhile."""
        return self.filter(uid=row.uid)


class Revision(models.Model):
    """What somebody did to something written, with what it said before and after; it outlives the thing."""

    class Gesture(models.TextChoices):
        CREATED = "created", "Création"
        WRITTEN = "written", "Modification"
        MOVED = "moved", "Déplacement"
        PUBLISHED = "published", "Publication"
        WITHDRAWN = "withdrawn", "Retrait"
        DELETED = "deleted", "Suppression"
        RESTORED = "restored", "Retour"

    uid = models.CharField("identifiant", max_length=UID_LENGTH)
    gesture = models.CharField("geste", max_length=9, choices=Gesture)
    title = models.CharField("intitulé", max_length=200)
    before = models.JSONField("avant", encoder=DjangoJSONEncoder, null=True)
    after = models.JSONField("après", encoder=DjangoJSONEncoder, null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="par", null=True, related_name="+", editable=False
    )
    at = models.DateTimeField("le", auto_now_add=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.get_gesture_display()} : {self.title}"

    @property
    def state(self) -> dict[str, Any]:
        """What it said last: after the gesture, or before it was deleted."""
        return self.after or self.before or {}
