from typing import Any, Self

from django.db import models

from publishing.versions import UID_LENGTH
from roadmaps.models import Roadmap
from ui.links import as_links

from .instance import Instance


class SubjectQuerySet(models.QuerySet["Subject"]):
    def public(self) -> Self:
        """Those that are carried in bodies that everyone may read of."""
        return self.filter(instance__is_public=True).select_related("instance")

    def public_of(self, uid: str) -> Self:
        """Those of one objective or action, in bodies that everyone may read of."""
        return self.public().filter(uid=uid)

    def as_links(self) -> models.QuerySet[Any]:
        """Read their bodies as `ui.links` does, with what is carried there."""
        return as_links(self, "instance-detail", "instance__slug", "instance__name", note="note", about="uid")


class Subject(models.Model):
    """An objective or action of a roadmap is carried in a body; it is known by its uid, so through all the editions."""

    instance = models.ForeignKey(Instance, models.CASCADE, related_name="subjects", editable=False)
    roadmap = models.ForeignKey(Roadmap, models.CASCADE, verbose_name="feuille de route", related_name="subjects")
    uid = models.CharField("objectif ou action", max_length=UID_LENGTH)
    note = models.CharField("ce qui y est porté", max_length=300, blank=True)

    objects = SubjectQuerySet.as_manager()

    class Meta:
        verbose_name = "sujet porté"
        verbose_name_plural = "sujets portés"
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["instance", "roadmap", "uid"],
                name="instances_subject_once_a_body",
                violation_error_message="Cette instance porte déjà ce sujet.",
            ),
        ]

    def __str__(self) -> str:
        return self.uid
