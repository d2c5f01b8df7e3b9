"""What visitors write to the CRESS."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from publishing.versions import Versioned


class ContactMessageQuerySet(models.QuerySet["ContactMessage"]):
    def to_handle(self) -> "ContactMessageQuerySet":
        """Those that nobody has answered nor filed."""
        return self.filter(handled_at=None)

    def handled(self) -> "ContactMessageQuerySet":
        return self.exclude(handled_at=None)

    def with_people(self) -> "ContactMessageQuerySet":
        return self.select_related("assigned_to", "handled_by")


class ContactMessage(Versioned):
    """A message that a visitor has sent, who handles it, and what was answered."""

    subject = models.CharField("sujet", max_length=200)
    name = models.CharField("nom", max_length=150)
    email = models.EmailField("adresse électronique")
    text = models.TextField("message", max_length=5000)
    page = models.CharField("page dont il parle", max_length=500, blank=True)
    received_at = models.DateTimeField("reçu le", auto_now_add=True)
    is_acknowledged = models.BooleanField("accusé de réception parti", default=False)
    is_forwarded = models.BooleanField("équipe prévenue par courriel", default=False)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="confié à", null=True, blank=True, related_name="+"
    )
    answer = models.TextField("réponse", max_length=5000, blank=True)
    is_answer_sent = models.BooleanField("réponse partie", default=False)
    handled_at = models.DateTimeField("traité le", null=True, blank=True, editable=False)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name="traité par",
        null=True,
        editable=False,
        related_name="+",
    )

    objects = ContactMessageQuerySet.as_manager()

    class Meta:
        verbose_name = "message"
        ordering = ("-received_at", "-id")
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="") | Q(handled_at__isnull=False),
                name="editorial_contactmessage_answered_is_handled",
                violation_error_message="Un message qui a une réponse est traité.",
            ),
        ]
        indexes = [models.Index(fields=["handled_at", "-received_at"], name="message_to_handle")]

    def __str__(self) -> str:
        return f"{self.subject} – {self.name}"

    @property
    def is_handled(self) -> bool:
        return self.handled_at is not None
