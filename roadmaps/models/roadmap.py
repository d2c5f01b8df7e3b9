from typing import Any

from django.db import models
from django.db.models import Max, Prefetch, Q
from django.urls import reverse

from people.models import Organisation, Person
from publishing.versions import Versioned
from roadmaps.rules import (
    collectivites_read_in_draft,
    collectivites_reported_on,
    reads_every_draft,
    reports_on_every_roadmap,
)
from territories.models import Collectivite
from territories.names import fold
from ui.links import as_links
from ui.partial_date import PartialDateField
from ui.typography import plural


class RoadmapQuerySet(models.QuerySet["Roadmap"]):
    def published(self) -> "RoadmapQuerySet":
        """Those with an edition that everyone may read."""
        return self.filter(pk__in=self._editions().published().values("roadmap"))

    def as_links(self) -> models.QuerySet[Any]:
        """Read them as `ui.links` does."""
        return as_links(self, "roadmap-detail", "slug", "title")

    def visible_to(self, user: Any) -> "RoadmapQuerySet":
        """Those of which ``user`` may read an edition, drafts included (one face of the law; see rules.py)."""
        return self.filter(pk__in=self._editions().visible_to(user).values("roadmap"))

    def of_territory(self, user: Any) -> "RoadmapQuerySet":
        """Those that a collectivité of ``user`` carries, alone or with others."""
        if reads_every_draft(user):
            return self
        mine = collectivites_read_in_draft(user)
        return self.filter(Q(collectivite__in=mine) | Q(pk__in=self._carried_with(mine)))

    def reported_by(self, user: Any) -> "RoadmapQuerySet":
        """Those of which ``user`` may say how far they are: the filter whose predicate is ``rules.may_report``."""
        if reports_on_every_roadmap(user):
            return self
        mine = collectivites_reported_on(user)
        return self.filter(Q(collectivite__in=mine) | Q(pk__in=self._carried_with(mine)))

    def with_card(self) -> "RoadmapQuerySet":
        """Load what a card of a public list shows: the carriers and the current edition, with its size."""
        editions = self._editions().current().with_action_count()
        return self.select_related("collectivite").prefetch_related(
            "co_carriers", Prefetch("editions", editions, to_attr="current_editions")
        )

    def carried_by(self, collectivites: Any) -> "RoadmapQuerySet":
        """Those that one of these carries, alone or with others."""
        ids = [collectivite.pk for collectivite in collectivites]
        return self.filter(Q(collectivite__in=ids) | Q(pk__in=self._carried_with(ids)))

    def latest_first(self) -> "RoadmapQuerySet":
        """The latest published first."""
        published = Q(editions__published_at__isnull=False)  # a draft must not move what the public sees
        return self.annotate(
            latest=Max("editions__published_at"), period_end=Max("editions__period_end", filter=published)
        ).order_by(models.F("period_end").desc(nulls_last=True), "-latest", "slug")

    def with_state(self) -> "RoadmapQuerySet":
        """Load what the workspace shows: the carrier and all the editions; what changed last comes first."""
        editions = self._editions().order_by("-number")
        return (
            self.select_related("collectivite")
            .prefetch_related(Prefetch("editions", editions, to_attr="all_editions"))
            .annotate(changed_at=Max("editions__modified_at"))
            .order_by(models.F("changed_at").desc(nulls_last=True), "pk")
        )

    def matching(self, text: str) -> "RoadmapQuerySet":
        """Those of which each word of ``text`` starts a word of the title or of the carrier’s name, accents aside."""
        words = [f" {word}" for word in fold(text).split()]
        if not words:
            return self
        known = self.order_by().values_list("pk", "title", "collectivite__search")
        return self.filter(
            pk__in=[pk for pk, title, name in known if all(w in f" {fold(title)} {name}" for w in words)]
        )

    def _carried_with(self, collectivites: Any) -> Any:
        return Roadmap.co_carriers.through.objects.filter(collectivite__in=collectivites).values("roadmap")

    def _editions(self) -> Any:
        return Roadmap._meta.get_field("editions").related_model.objects.all()


class Roadmap(Versioned):
    """The ESS policy of a collectivité, through all the editions of its document."""

    class Kind(models.TextChoices):
        ROADMAP = "roadmap", "Feuille de route"
        ACTION_PLAN = "action_plan", "Plan d’actions"
        CROSS_PLAN = "cross_plan", "Plan transversal"
        STRATEGY = "strategy", "Stratégie"

    collectivite = models.ForeignKey(
        Collectivite, models.PROTECT, verbose_name="collectivité porteuse", related_name="roadmaps"
    )
    co_carriers = models.ManyToManyField(
        Collectivite, verbose_name="collectivités co-porteuses", related_name="carried_roadmaps", blank=True
    )
    kind = models.CharField("type de document", max_length=12, choices=Kind, default=Kind.ROADMAP)
    title = models.CharField("titre", max_length=200)
    slug = models.SlugField("adresse", max_length=120, unique=True, editable=False)
    ambition = models.TextField(
        "ambition", max_length=600, blank=True, help_text="En deux ou trois phrases : ce que le territoire veut."
    )
    referent = models.ForeignKey(
        Person,
        models.SET_NULL,
        verbose_name="référent·e à la CRESS",
        null=True,
        blank=True,
        related_name="followed_roadmaps",
    )
    predecessor = models.ForeignKey(
        "self",
        models.SET_NULL,
        verbose_name="fait suite à",
        null=True,
        blank=True,
        related_name="successors",
        help_text="Le document de la génération précédente.",
    )
    strategy = models.ForeignKey(
        "self",
        models.SET_NULL,
        verbose_name="décline",
        null=True,
        blank=True,
        related_name="action_plans",
        help_text="La stratégie dont ce document est un plan d’actions.",
    )
    is_fictional = models.BooleanField(
        "exemple fictif", default=False, help_text="Le document et ses chiffres sont inventés ; la page le dit."
    )

    objects = RoadmapQuerySet.as_manager()

    class Meta:
        verbose_name = "feuille de route"
        verbose_name_plural = "feuilles de route"
        ordering = ("title",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(predecessor=models.F("id")),
                name="roadmaps_roadmap_does_not_follow_itself",
                violation_error_message="Une feuille de route ne peut pas faire suite à elle-même.",
            ),
            models.CheckConstraint(
                condition=~Q(strategy=models.F("id")),
                name="roadmaps_roadmap_does_not_decline_itself",
                violation_error_message="Une feuille de route ne peut pas se décliner elle-même.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("roadmap-detail", kwargs={"slug": self.slug})

    @property
    def carriers(self) -> list[Collectivite]:
        """Every collectivité that carries it, the main one first."""
        return [self.collectivite, *self.co_carriers.all()]

    @property
    def card_meta(self) -> list[str]:
        """What a card says under the title; the rows come from ``with_card``."""
        edition = self.current_editions[0]
        size = plural(edition.action_count, "action", "actions") if edition.action_count else ""
        return [text for text in (self.get_kind_display(), edition.period, size) if text]


class RoadmapActor(models.Model):
    """What an organisation does for a roadmap as a whole."""

    class Role(models.TextChoices):
        CARRIER = "carrier", "Porteur"
        PILOT = "pilot", "Pilote"
        CO_PILOT = "co_pilot", "Co-pilote"
        WRITER = "writer", "Rédaction"
        DIAGNOSIS = "diagnosis", "Diagnostic"
        SIGNATORY = "signatory", "Signataire"
        FUNDER = "funder", "Financeur"
        PARTNER = "partner", "Partenaire"

    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="actors")
    organisation = models.ForeignKey(Organisation, models.PROTECT, verbose_name="organisme")
    role = models.CharField("rôle", max_length=10, choices=Role, default=Role.PARTNER)

    class Meta:
        verbose_name = "acteur"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["roadmap", "organisation", "role"],
                name="roadmaps_roadmapactor_one_role_once",
                violation_error_message="Cet organisme a déjà ce rôle.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_role_display().lower()})"


class Milestone(Versioned):
    """A dated step of the démarche by which a territory and the CRESS build, adopt and follow a roadmap."""

    class Kind(models.TextChoices):
        SCOPING = "scoping", "Cadrage"
        DIAGNOSIS = "diagnosis", "Diagnostic partagé"
        FEEDBACK = "feedback", "Restitution"
        WORKSHOP = "workshop", "Atelier"
        CO_DESIGN = "co_design", "Co-construction"
        WRITING = "writing", "Formalisation"
        ADOPTION = "adoption", "Adoption"
        DELIVERY = "delivery", "Mise en œuvre"
        EVALUATION = "evaluation", "Suivi-évaluation"

    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="milestones", editable=False)
    kind = models.CharField("étape", max_length=10, choices=Kind)
    title = models.CharField("intitulé", max_length=200)
    held_on = PartialDateField("date")
    place = models.CharField("lieu", max_length=120, blank=True)
    participants = models.CharField("participants", max_length=200, blank=True)
    description = models.TextField("description", max_length=2000, blank=True)
    document = models.FileField("document", upload_to="demarche/%Y/", blank=True)
    source = models.CharField("source", max_length=300, blank=True)

    class Meta:
        verbose_name = "jalon de la démarche"
        verbose_name_plural = "jalons de la démarche"
        ordering = (models.F("held_on").asc(nulls_last=True), "id")

    def __str__(self) -> str:
        return self.title
