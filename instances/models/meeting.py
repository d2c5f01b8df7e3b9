import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from instances.rules import may_follow
from instances.standing import years_after
from publishing.constraints import ReferenceConstraint
from publishing.versions import UID_LENGTH, Versioned, new_uid
from ui.partial_date import PartialDateField
from ui.rich_text import RichTextField
from ui.typography import hour

from .instance import Instance
from .seat import Mandate

ELSEWHERE = "Ce mandat n’est pas de l’instance qui se réunit."
NO_MORE_MEETINGS = "Une séance s’y tient la veille au plus tard."
NOT_THAT_DAY = "{} n’avait pas de mandat dans cette instance le jour de la séance."
HEARD = ("present", "late", "represented")
NOT_AN_ALTERNATE = "{} ne supplée pas ce siège."


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def announced(self) -> Self:
        """Those that the page of their body tells of."""
        return self.filter(is_public=True)

    def public(self) -> Self:
        """Those that everyone may know of."""
        return self.announced().filter(instance__is_public=True)

    def visible_to(self, user: Any) -> Self:
        """Those that ``user`` may know of: the CRESS team, all; others, the public ones."""
        return self if may_follow(user) else self.public()

    def coming(self, day: dt.date) -> Self:
        """Those of a day and later, the nearest first."""
        return self.filter(held_on__gte=day).order_by("held_on", F("starts_at").asc(nulls_first=True), "pk")

    def past(self, day: dt.date) -> Self:
        """Those before a day, the latest first."""
        return self.filter(held_on__lt=day).order_by("-held_on", "-pk")

    def around(self, day: dt.date, past: int) -> Self:
        """Those of a day and later, and the latest ones before, as they follow each other.

        Args:
            day: on which one looks.
            past: how many of those before, at most.
        """
        latest = self.past(day).values("pk")[:past]
        return self.filter(Q(held_on__gte=day) | Q(pk__in=latest)).coming(dt.date.min)

    def unreported(self, day: dt.date) -> Self:
        """Those held in the last year, of which nobody has told yet, the latest first."""
        return self.past(day).filter(held_on__gte=years_after(day, -1), is_cancelled=False, report_back="")


class Meeting(Versioned):
    """A body meets, or has met: when, where, about what, who came, what was said."""

    instance = models.ForeignKey(Instance, models.CASCADE, related_name="meetings", editable=False)
    uid = models.CharField("identifiant", max_length=UID_LENGTH, unique=True, default=new_uid, editable=False)
    title = models.CharField("intitulé", max_length=200, default="Séance")
    # Hours are those of the clock on the wall, in Paris; often they come long after the day.
    held_on = models.DateField("date")
    starts_at = models.TimeField("de", null=True, blank=True)
    ends_at = models.TimeField("à", null=True, blank=True)
    place = models.CharField("lieu", max_length=200, blank=True)
    link = models.URLField("lien de visioconférence", blank=True, help_text="Montré à l’équipe seulement.")
    agenda = models.TextField("ordre du jour", max_length=4000, blank=True)
    is_public = models.BooleanField("visible de tous", default=True, help_text="Date, lieu et ordre du jour.")
    is_cancelled = models.BooleanField("annulée", default=False, help_text="Elle reste dans les agendas, dite annulée.")
    minutes = RichTextField("compte rendu", blank=True, help_text="Montré à l’équipe ; pour le publier, joignez-le.")
    report_back = RichTextField("retour du mandataire", blank=True, help_text="Jamais publié.")
    report_sent_to = models.CharField("retour envoyé à", max_length=300, blank=True)
    report_sent_on = models.DateField("envoyé le", null=True, blank=True)
    created_at = models.DateTimeField("créée le", auto_now_add=True)
    modified_at = models.DateTimeField("modifiée le", auto_now=True)

    told_positions: list[Any]  # what `past.tell_positions` adds, where a page shows it

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "séance"
        ordering = ("held_on", "pk")
        constraints = [
            models.UniqueConstraint(fields=["instance", "id"], name="instances_meeting_key_with_instance"),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(starts_at__isnull=False, ends_at__gt=F("starts_at")),
                name="instances_meeting_ends_after_it_starts",
                violation_error_message="La séance finit avant de commencer : vérifiez les deux heures.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} du {self.held_on:%d/%m/%Y}"

    def clean(self) -> None:
        """Refuse a day on which the body no longer exists, or when somebody who is said to have come had no mandate."""
        super().clean()
        end = self.instance.dissolved_on
        if self.held_on and end and self.held_on >= end and not self.is_cancelled:
            raise ValidationError({"held_on": f"{self.instance.end_told} {NO_MORE_MEETINGS}"})
        if self.pk and self.held_on:
            for noted in self.attendances.select_related("mandate__person", "alternate__person"):
                for mandate in filter(None, (noted.mandate, noted.alternate)):
                    if not mandate.runs_on(self.held_on):
                        raise ValidationError({"held_on": NOT_THAT_DAY.format(mandate)})

    def get_absolute_url(self) -> str:
        return f"{reverse('instance-detail', kwargs={'slug': self.instance.slug})}#seance-{self.uid}"

    @property
    def is_past(self) -> bool:
        return self.held_on < timezone.localdate()


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def heard(self) -> Self:
        """Those of seats that were heard, by their holder or by who came instead."""
        return self.filter(state__in=HEARD)


class Attendance(models.Model):
    """Whether the holder of a seat came to a meeting, late or not, or who came instead."""

    class State(models.TextChoices):
        PRESENT = "present", "Présent·e"
        LATE = "late", "Arrivé·e en cours de séance"
        EXCUSED = "excused", "Excusé·e"
        ABSENT = "absent", "Absent·e"
        REPRESENTED = "represented", "Suppléé·e"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances", editable=False)
    mandate = models.ForeignKey(Mandate, models.PROTECT, verbose_name="mandat", related_name="attendances")
    state = models.CharField("présence", max_length=11, choices=State)
    arrived_at = models.TimeField("arrivé·e à", null=True, blank=True)
    alternate = models.ForeignKey(
        Mandate, models.PROTECT, verbose_name="suppléé·e par", related_name="+", null=True, blank=True
    )

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = "présence"
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "mandate"],
                name="instances_attendance_once_a_meeting",
                violation_error_message="La présence de cette personne est déjà notée.",
            ),
            models.CheckConstraint(
                condition=Q(state="represented", alternate__isnull=False)
                | (~Q(state="represented") & Q(alternate=None)),
                name="instances_attendance_names_the_alternate",
                violation_error_message="« Suppléé·e » se dit avec le nom de la personne qui a suppléé, et lui seul.",
            ),
            models.CheckConstraint(
                condition=Q(arrived_at=None) | Q(state="late"),
                name="instances_attendance_hour_of_late_arrivals",
                violation_error_message="L’heure d’arrivée se note pour une arrivée en cours de séance.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mandate} : {self.get_state_display().lower()}"

    @property
    def told(self) -> str:
        """Say whether she came, from when, or who came instead."""
        hour_told = f" à {hour(self.arrived_at)}" if self.arrived_at else ""
        instead = f" par {self.alternate}" if self.alternate else ""
        return f"{self.get_state_display()}{hour_told}{instead}"

    @property
    def is_heard(self) -> bool:
        """The predicate whose filter is ``AttendanceQuerySet.heard``."""
        return self.state in HEARD

    def clean(self) -> None:
        """Refuse whoever had no mandate that day, and whoever stands in for a seat that he does not supply."""
        super().clean()
        self._check(self.mandate, "mandate")
        if self.alternate:
            self._check(self.alternate, "alternate")
            if self.alternate.seat.alternate_of_id != self.mandate.seat_id:
                raise ValidationError({"alternate": NOT_AN_ALTERNATE.format(self.alternate)})

    def _check(self, mandate: Mandate, field: str) -> None:
        if mandate.seat.instance_id != self.meeting.instance_id:
            raise ValidationError({field: ELSEWHERE})
        if not mandate.runs_on(self.meeting.held_on):
            raise ValidationError({field: NOT_THAT_DAY.format(mandate)})


class DocumentQuerySet(models.QuerySet["Document"]):
    def kept(self) -> Self:
        """Those that are not in the bin."""
        return self.filter(removed_at=None)

    def public(self) -> Self:
        """Those made public, of a meeting that is told of."""
        return self.kept().filter(Q(meeting=None) | Q(meeting__is_public=True), is_public=True)

    def visible_to(self, user: Any) -> Self:
        """Those that ``user`` may open: the CRESS team, all; others, those made public, of public bodies."""
        return self.kept() if may_follow(user) else self.public().filter(instance__is_public=True)


class Document(models.Model):
    """A file that goes with a body or one of its meetings."""

    class Kind(models.TextChoices):
        AGENDA = "agenda", "Ordre du jour"
        MINUTES = "minutes", "Compte rendu"
        OPINION = "opinion", "Avis ou contribution"
        STATUTES = "statutes", "Statuts, arrêté, règlement"
        OTHER = "other", "Autre document"

    instance = models.ForeignKey(Instance, models.CASCADE, related_name="documents", editable=False)
    meeting = models.ForeignKey(
        Meeting, models.CASCADE, verbose_name="séance", related_name="documents", null=True, blank=True
    )
    kind = models.CharField("nature", max_length=8, choices=Kind, default=Kind.OTHER)
    title = models.CharField("intitulé", max_length=200)
    file = models.FileField("fichier", upload_to="instances/%Y/")
    dated_on = PartialDateField("date")
    is_public = models.BooleanField("publié", default=False, help_text="Tout le monde peut l’ouvrir.")
    added_at = models.DateTimeField("ajouté le", default=timezone.now, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name="ajouté par",
        null=True,
        related_name="+",
        editable=False,
    )
    removed_at = models.DateTimeField("mis à la corbeille le", null=True, blank=True, editable=False)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "document"
        ordering = (F("dated_on").desc(nulls_last=True), "-pk")
        constraints = [
            ReferenceConstraint(
                fields=["instance", "meeting"],
                through="meeting",
                to_fields=["instance", "id"],
                name="instances_document_meeting_of_its_instance",
                violation_error_message="Cette séance est d’une autre instance.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class FormerFile(models.Model):
    """What a document said before another file replaced it: the CRESS team reads it still."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="former_files")
    file = models.FileField("fichier", upload_to="instances/%Y/")
    added_at = models.DateTimeField("ajouté le")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="ajouté par", null=True, related_name="+"
    )

    class Meta:
        verbose_name = "version antérieure"
        verbose_name_plural = "versions antérieures"
        ordering = ("-added_at", "-pk")

    def __str__(self) -> str:
        return f"{self.document}, version du {timezone.localdate(self.added_at):%d/%m/%Y}"
