import datetime as dt
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from instances.standing import LOOKS, Standing, standing, standing_case
from people.models import Organisation, Person
from publishing.constraints import PeriodsApartConstraint, ReferenceConstraint
from publishing.versions import Versioned
from ui.badges import badge
from ui.typography import day as told

from .instance import Instance

NO_MORE_SEATS = "On n’y ajoute plus de siège."
SEAT_CLOSED = "Ce siège n’existe plus à partir du {day} : un mandat s’y termine au plus tard la veille."
OF_AN_ALTERNATE = "Ce siège est lui-même celui d’un·e suppléant·e : rattachez-le à un siège de titulaire."


class SeatQuerySet(models.QuerySet["Seat"]):
    def open(self, day: dt.date) -> Self:
        """Those that exist on a day."""
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=day))

    def with_standing(self, day: dt.date) -> Self:
        """Say where each stands on a day (``standing``).

        With who holds it, until when as planned and as said (``holder``, ``term_on``, ``leaves_on``), and whether
        somebody is appointed to follow (``is_followed``).
        """
        mandates = Mandate.objects.filter(seat=OuterRef("pk"))
        held = mandates.in_force(day)
        return self.annotate(
            holder=Subquery(held.values("pk")[:1]),
            term_on=Subquery(held.values("term_on")[:1]),
            leaves_on=Subquery(held.values("ended_on")[:1]),
            is_followed=Exists(mandates.filter(starts_on__gt=day)),
        ).annotate(standing=standing_case(day))

    def standing_open(self, day: dt.date) -> Self:
        """The seats of a day in the order of a composition, with standing and, in ``holders``, who holds them."""
        held = Mandate.objects.in_force(day).select_related("person", "on_behalf_of")
        return self.told(day).prefetch_related(Prefetch("mandates", held, to_attr="holders"))

    def told(self, day: dt.date) -> Self:
        """The seats of a day in the order of a composition, with standing; who holds them is read apart."""
        return self.open(day).with_standing(day).in_order()

    def awaiting(self, day: dt.date) -> Self:
        """Those of bodies that exist where somebody must be appointed or renewed, the most pressing first.

        A vacant seat to which somebody is appointed from a later day is not among them.
        """
        pressing = Case(
            When(standing=Standing.CARRIED, then=Value(0)),
            When(standing=Standing.ENDING, then=Value(1)),
            default=Value(2),
        )
        return (
            self.standing_open(day)
            .filter(standing__in=[Standing.CARRIED, Standing.ENDING, Standing.VACANT], is_followed=False)
            .filter(instance__in=Instance.objects.current(day).values("pk"))
            .select_related("instance", "alternate_of")
            .order_by(pressing, Coalesce("leaves_on", "term_on").asc(nulls_last=True), "instance__sort", "pk")
        )

    def in_order(self) -> Self:
        """Each seat, then those of its alternates."""
        return self.order_by(
            Coalesce("alternate_of__position", "position"),
            Coalesce("alternate_of", "pk"),
            F("alternate_of").asc(nulls_first=True),
            "position",
            "pk",
        )


class Seat(Versioned):
    """A place in a body, which exists whether or not somebody holds it."""

    class Voice(models.TextChoices):
        DELIBERATIVE = "deliberative", "Délibérative"
        CONSULTATIVE = "consultative", "Consultative"
        GUEST = "guest", "Invité"

    class CressRole(models.TextChoices):
        MEMBER = "member", "Membre"
        CO_CHAIR = "co_chair", "Co-préside"
        PILOT = "pilot", "Pilote ou co-pilote"
        LEADER = "leader", "Anime"
        CO_ORGANISER = "co_organiser", "Co-organise"
        PARTNER = "partner", "Partenaire"
        GUEST = "guest", "Invitée"
        NETWORK = "network", "Représentée par son réseau"

    instance = models.ForeignKey(Instance, models.CASCADE, related_name="seats", editable=False)
    label = models.CharField("intitulé du siège", max_length=160, help_text="Représentant·e de l’ESS, présidence…")
    college = models.CharField("collège", max_length=160, blank=True)
    alternate_of = models.ForeignKey(
        "self",
        models.CASCADE,
        verbose_name="supplée",
        related_name="alternates",
        null=True,
        blank=True,
        help_text="Le siège de titulaire que ce siège supplée ; vide pour un siège de titulaire.",
    )
    voice = models.CharField("voix", max_length=12, choices=Voice, default=Voice.DELIBERATIVE)
    cress_role = models.CharField("rôle de la CRESS", max_length=12, choices=CressRole, default=CressRole.MEMBER)
    position = models.PositiveSmallIntegerField("rang", default=0)
    closed_on = models.DateField("supprimé à partir du", null=True, blank=True, editable=False)

    # What the queries above add, where they are asked for.
    standing: str
    term_on: dt.date | None
    leaves_on: dt.date | None
    is_followed: bool
    holders: list["Mandate"]
    next_mandates: list["Mandate"]

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = "siège"
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint(fields=["instance", "id"], name="instances_seat_key_with_instance"),
            ReferenceConstraint(
                fields=["instance", "alternate_of"],
                through="alternate_of",
                to_fields=["instance", "id"],
                name="instances_seat_alternate_in_its_instance",
                violation_error_message="Le siège suppléé appartient à une autre instance.",
            ),
            models.UniqueConstraint(
                fields=["instance", "label"],
                condition=Q(closed_on=None),
                name="instances_seat_label_once_a_body",
                violation_error_message="Un siège de cette instance porte déjà cet intitulé : numérotez-les.",
            ),
            models.CheckConstraint(
                condition=~Q(alternate_of=F("id")),
                name="instances_seat_is_not_its_own_alternate",
                violation_error_message="Un siège ne se supplée pas lui-même.",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        """Refuse the seat of an alternate’s alternate, and a new one in a body that is no more.

        In a body whose end is known, a seat closes with it.
        """
        super().clean()
        if self.alternate_of and (self.alternate_of.alternate_of_id or (self.pk and self.alternates.exists())):
            raise ValidationError({"alternate_of": OF_AN_ALTERNATE})
        end = self.instance.dissolved_on
        if end and (self.closed_on is None or self.closed_on > end):
            if self.instance.is_dissolved(timezone.localdate()):
                raise ValidationError(f"{self.instance.end_told} {NO_MORE_SEATS}")
            self.closed_on = end

    @property
    def is_alternate(self) -> bool:
        return self.alternate_of_id is not None

    @property
    def kind_label(self) -> str:
        return "Suppléant·e" if self.is_alternate else "Titulaire"

    @property
    def mandate(self) -> "Mandate | None":
        """Who holds it on the day of the query (`SeatQuerySet.standing_open`)."""
        return self.holders[0] if self.holders else None

    @property
    def standing_badge(self) -> Any:
        """Say where it stands, for a seat read with its standing."""
        return standing_badge(self.standing)

    def standing_on(self, day: dt.date) -> Standing:
        """Say where it stands on a day, from its mandates."""
        mandates = self.mandates.all()
        held = next((one for one in mandates if one.runs_on(day)), None)
        return standing(
            day,
            closed_on=self.closed_on,
            is_held=held is not None,
            is_followed=any(one.is_ahead(day) for one in mandates),
            term_on=held.term_on if held else None,
            ended_on=held.ended_on if held else None,
            warning=self.instance.warning,
        )


def standing_badge(value: str) -> Any:
    """Say a standing by a word and a shape."""
    return badge(str(Standing(value).label), *LOOKS[Standing(value)])


class MandateQuerySet(models.QuerySet["Mandate"]):
    def in_force(self, day: dt.date) -> Self:
        """Those that run on a day, over their term or not; one a seat at most."""
        return self.filter(Q(starts_on=None) | Q(starts_on__lte=day), Q(ended_on=None) | Q(ended_on__gte=day))

    def of_meeting(self, meeting: Any) -> Self:
        """Those that run on the day of a meeting, and any of which a presence is noted there."""
        held, noted = self.in_force(meeting.held_on), meeting.attendances
        keys = (held.values("pk"), noted.values("mandate"), noted.values("alternate"))
        return self.filter(Q(pk__in=keys[0]) | Q(pk__in=keys[1]) | Q(pk__in=keys[2]))

    def public(self) -> Self:
        """Those of bodies that everyone may read of."""
        return self.filter(seat__instance__is_public=True)

    def sharing_a_day_with(self, starts_on: dt.date | None, ended_on: dt.date | None) -> Self:
        """Those that share a day with a period; an unknown start, or no end, has no bound."""
        found = self
        if ended_on:
            found = found.filter(Q(starts_on=None) | Q(starts_on__lte=ended_on))
        if starts_on:
            found = found.filter(Q(ended_on=None) | Q(ended_on__gte=starts_on))
        return found

    def latest_first(self) -> Self:
        return self.order_by(F("ended_on").desc(nulls_first=True), F("starts_on").desc(nulls_last=True), "pk")

    def with_place(self) -> Self:
        """Load what says who and where."""
        return self.select_related("person", "on_behalf_of", "seat__instance", "seat__alternate_of")


class Mandate(Versioned):
    """A person holds a seat for a while, on behalf of an organisation; kept when it is over."""

    class Quality(models.TextChoices):
        ELECTED = "elected", "Élu·e bénévole"
        STAFF = "staff", "Salarié·e"
        EXPERT = "expert", "Personnalité qualifiée"

    class EndReason(models.TextChoices):
        TERM = "term", "Fin du mandat"
        RENEWED = "renewed", "Renouvellement"
        RESIGNED = "resigned", "Démission"
        REPLACED = "replaced", "Remplacement"
        BODY = "body", "Fin de l’instance ou du siège"
        OTHER = "other", "Autre"

    seat = models.ForeignKey(Seat, models.PROTECT, verbose_name="siège", related_name="mandates", editable=False)
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="personne", related_name="mandates")
    on_behalf_of = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="au titre de", related_name="mandates", null=True, blank=True
    )
    quality = models.CharField("qualité", max_length=8, choices=Quality, default=Quality.ELECTED)
    appointed_by = models.CharField(
        "désigné·e par", max_length=200, blank=True, help_text="Bureau de la CRESS, préfet, assemblée générale…"
    )
    act = models.CharField(
        "acte", max_length=200, blank=True, help_text="Délibération, arrêté, lettre : numéro et date."
    )
    starts_on = models.DateField("début", null=True, blank=True, help_text="Vide si le début n’est pas connu.")
    term_on = models.DateField(
        "échéance",
        null=True,
        blank=True,
        help_text="Dernier jour du mandat tel que prévu ; vide s’il n’a pas de terme.",
    )
    # Until it is said to be over, a mandate whose term is past is carried over: nobody was appointed yet.
    ended_on = models.DateField("terminé le", null=True, blank=True, help_text="Dernier jour exercé.")
    end_reason = models.CharField("motif de la fin", max_length=8, choices=EndReason, blank=True)
    internal_note = models.TextField("note interne", blank=True, help_text="Jamais publiée.")
    created_at = models.DateTimeField("créé le", auto_now_add=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = "mandat"
        ordering = (F("starts_on").desc(nulls_last=True), "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(term_on__isnull=True) | Q(starts_on__isnull=True) | Q(term_on__gte=F("starts_on")),
                name="instances_mandate_term_follows_its_start",
                violation_error_message="L’échéance tombe avant le début du mandat : vérifiez les deux dates.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(starts_on__isnull=True) | Q(ended_on__gte=F("starts_on")),
                name="instances_mandate_ends_after_it_starts",
                violation_error_message="Le mandat se termine avant de commencer : vérifiez les deux dates.",
            ),
            PeriodsApartConstraint(
                of="seat",
                starts="starts_on",
                ends="ended_on",
                name="instances_mandate_one_holder_at_a_time",
                violation_error_message="Deux mandats se chevauchent sur ce siège : terminez le premier d’abord.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)

    def clean(self) -> None:
        """Refuse days on which the seat does not exist."""
        super().clean()
        end = self.seat.closed_on
        if end and (self.ended_on is None or self.ended_on >= end):
            raise ValidationError(SEAT_CLOSED.format(day=told(end)))

    def runs_on(self, day: dt.date) -> bool:
        """The predicate whose filter is ``MandateQuerySet.in_force``."""
        return (self.starts_on is None or self.starts_on <= day) and (self.ended_on is None or self.ended_on >= day)

    def meets(self, starts_on: dt.date | None, ended_on: dt.date | None) -> bool:
        """The predicate whose filter is ``MandateQuerySet.sharing_a_day_with``."""
        starts_in_time = self.starts_on is None or ended_on is None or self.starts_on <= ended_on
        return starts_in_time and (self.ended_on is None or starts_on is None or self.ended_on >= starts_on)

    def is_over(self, day: dt.date) -> bool:
        return self.ended_on is not None and self.ended_on < day

    def is_ahead(self, day: dt.date) -> bool:
        return self.starts_on is not None and self.starts_on > day

    @property
    def last_day(self) -> dt.date | None:
        """The last day that is known: said, or else as planned."""
        return self.ended_on or self.term_on
