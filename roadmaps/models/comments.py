from typing import Any

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q

from people.models import Membership
from publishing.versions import UID_LENGTH, Versioned

from .edition import Edition
from .roadmap import Roadmap

LONGEST = 5_000  # characters of a comment, and of its answer


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible_to(self, user: Any) -> "CommentQuerySet":
        """Those that ``user`` may read: the filter of the law whose predicate is ``rules.may_read_comments``."""
        return self.filter(edition__roadmap__in=Roadmap.objects.of_territory(user))

    def to_handle(self) -> "CommentQuerySet":
        """Those that nobody closed, or that were reopened since."""
        return self.filter(closed_at__isnull=True)

    def withdrawable(self) -> "CommentQuerySet":
        """Those that nobody has answered nor closed: their author may still take them back."""
        return self.to_handle().filter(answered_at__isnull=True)

    def with_people(self) -> "CommentQuerySet":
        """Load who wrote, answered, closed and reopened, and whether who wrote is of the CRESS team."""
        team = Membership.objects.of_team().filter(user=OuterRef("author"))
        people = self.select_related("author", "answered_by", "closed_by", "reopened_by")
        return people.annotate(is_of_team=Exists(team))


def person(role: str) -> models.ForeignKey:
    """Name somebody who has a part in a comment; what is said stays when the account is gone."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=role,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )


class Comment(Versioned):
    """What somebody says of a draft, or of one part of it; it follows that part wherever it moves."""

    class Kind(models.TextChoices):
        DOCUMENT = "document", "Tout le document"
        SECTION = "section", "Section"
        OBJECTIVE = "objective", "Objectif"
        ACTION = "action", "Action"

    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="comments", verbose_name="édition", editable=False
    )
    kind = models.CharField("porte sur", max_length=9, choices=Kind, editable=False)
    uid = models.CharField("identifiant", max_length=UID_LENGTH, blank=True, editable=False)
    # What it was called then: all that is left of it once it is deleted.
    title = models.CharField("intitulé de la fiche", max_length=330, blank=True, editable=False)
    text = models.TextField("commentaire", max_length=LONGEST, validators=[MaxLengthValidator(LONGEST)])
    author = person("de")
    written_at = models.DateTimeField("écrit le", editable=False)
    answer = models.TextField("réponse", max_length=LONGEST, blank=True, validators=[MaxLengthValidator(LONGEST)])
    answered_by = person("réponse de")
    answered_at = models.DateTimeField("réponse du", null=True, blank=True, editable=False)
    closed_by = person("clos par")
    closed_at = models.DateTimeField("clos le", null=True, blank=True, editable=False)
    reopened_by = person("rouvert par")
    reopened_at = models.DateTimeField("rouvert le", null=True, blank=True, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = "commentaire"
        ordering = ("written_at", "id")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="roadmaps_comment_says_something"),
            models.CheckConstraint(
                condition=Q(kind="document", uid="") | (~Q(kind="document") & ~Q(uid="")),
                name="roadmaps_comment_is_about_a_sheet_or_about_the_whole",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="roadmaps_comment_answer_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(reopened_at__isnull=True),
                name="roadmaps_comment_is_closed_or_reopened",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.author or 'Compte supprimé'}, à propos de {self.title or 'tout le document'}"

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def subject(self) -> str:
        """What it is about, as pages name it: « document », « action-a2b3c4d5 »."""
        return f"{self.kind}-{self.uid}" if self.uid else self.kind
