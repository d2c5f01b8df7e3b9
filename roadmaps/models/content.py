from django.db import models

from publishing.constraints import once_per_edition
from publishing.versions import UID_LENGTH, Versioned, new_uid


class Content(Versioned):
    """A row of an edition: its uid stays when the edition is copied, so a thing is known from edition to edition."""

    edition = models.ForeignKey("roadmaps.Edition", models.CASCADE, verbose_name="édition", editable=False)
    uid = models.CharField("identifiant", max_length=UID_LENGTH, default=new_uid, editable=False)
    position = models.PositiveIntegerField("rang", default=0, editable=False)

    class Meta:
        abstract = True
        constraints = once_per_edition()
        ordering = ("position", "id")
