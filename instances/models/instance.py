import datetime as dt
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, Subquery, Value, When
from django.urls import reverse
from django.utils import timezone

from instances.rules import may_follow
from instances.standing import USUAL_WARNING, WARNINGS, years_after
from people.models import Organisation
from people.models.organisation import sort_name
from publishing.versions import Versioned
from roadmaps.models import Roadmap, Theme
from territories.models import Collectivite
from territories.names import fold, search_text
from ui.links import as_links
from ui.typography import day as told

SAME_NAME = (
    "Une instance porte déjà ce nom : ouvrez-la, ou dites ce qui distingue celle-ci, son territoire par exemple."
)
TOO_DEEP = "Un sous-groupe n’a pas lui-même de sous-groupe : rattachez-le à l’instance principale."


class InstanceQuerySet(models.QuerySet["Instance"]):
    def public(self) -> Self:
        """Those that everyone may read of."""
        return self.filter(is_public=True)

    def as_links(self) -> models.QuerySet[Any]:
        """Read them as `ui.links` does."""
        return as_links(self, "instance-detail", "slug", "name")

    def visible_to(self, user: Any) -> Self:
        """Those that ``user`` may read of: the filter of the law whose predicate is ``rules.may_read_instance``."""
        return self if may_follow(user) else self.public()

    def current(self, day: dt.date) -> Self:
        """Those that exist on a day."""
        return self.filter(Q(dissolved_on=None) | Q(dissolved_on__gt=day))

    def matching(self, text: str) -> Self:
        """Those of which every word of ``text`` starts a word of the name, acronym or mission, accents aside."""
        found = self
        for word in fold(text).split()[:12]:
            found = found.filter(search__contains=f" {word}")
        return found

    def covering(self, collectivite: Collectivite) -> Self:
        """Those whose territory is this collectivité, or holds it."""
        around = Collectivite.objects.covering(collectivite).order_by().values("pk")
        links = Instance.territories.through.objects.filter(
            Q(collectivite=collectivite) | Q(collectivite__in=around)
        ).values("instance")
        return self.filter(pk__in=links)

    def relatives_of(self, instance: "Instance") -> Self:
        """The groups of a body, and those that come after it (``comes_after``) or came before it (``comes_before``)."""
        links = Instance.successors.through.objects
        after = links.filter(from_instance=instance, to_instance=OuterRef("pk"))
        before = links.filter(from_instance=OuterRef("pk"), to_instance=instance)
        found = self.annotate(comes_after=Exists(after), comes_before=Exists(before))
        return found.filter(Q(parent=instance) | Q(comes_after=True) | Q(comes_before=True))

    def from_wide_to_near(self) -> Self:
        """The nation first, then the region, the département, the place; by name within each."""
        ranks = [When(level=level, then=Value(rank)) for rank, level in enumerate(Instance.Level.values)]
        return self.order_by(Case(*ranks, output_field=models.IntegerField()), "sort", "pk")

    def with_seats(self, day: dt.date) -> Self:
        """Load in ``open_seats`` the seats that exist on a day, each with its standing, to be counted."""
        seats = self._seats().told(day)
        return self.prefetch_related(Prefetch("seats", seats, to_attr="open_seats"))

    def with_card(self, day: dt.date) -> Self:
        """Load what a list shows: organisers, seats and where they stand."""
        return self.with_seats(day).prefetch_related("organisers")

    def with_next_meeting(self, day: dt.date) -> Self:
        """Say when each meets next, on a day or later (``next_meeting``)."""
        meetings = Instance._meta.get_field("meetings").related_model.objects
        coming = meetings.coming(day).filter(instance=OuterRef("pk"), is_cancelled=False)
        return self.annotate(next_meeting=Subquery(coming.values("held_on")[:1]))

    def unverified(self, day: dt.date) -> Self:
        """Those of which nobody has said for a year that all is true."""
        return self.filter(Q(verified_on=None) | Q(verified_on__lt=years_after(day, -1)))

    def _seats(self) -> Any:
        return Instance._meta.get_field("seats").related_model.objects.all()


class Instance(Versioned):
    """A body where the CRESS, or the ESS through it, sits, co-presides or is heard."""

    class Level(models.TextChoices):
        NATIONAL = "national", "National"
        REGIONAL = "regional", "Régional"
        DEPARTMENTAL = "departmental", "Départemental"
        LOCAL = "local", "Local"

    class Kind(models.TextChoices):
        ASSEMBLY = "assembly", "Assemblée consultative"
        COMMISSION = "commission", "Commission"
        STEERING = "steering", "Comité de pilotage"
        TECHNICAL = "technical", "Comité technique"
        MONITORING = "monitoring", "Comité de suivi"
        STRATEGIC = "strategic", "Comité stratégique"
        COORDINATION = "coordination", "Comité de coordination"
        PARTNERS = "partners", "Comité des partenaires"
        SUPPORT = "support", "Comité d’appui"
        ADVISORY = "advisory", "Comité consultatif"
        DEVELOPMENT = "development", "Conseil de développement"
        BOARD = "board", "Conseil d’administration"
        GENERAL = "general", "Assemblée générale"
        BUREAU = "bureau", "Bureau"
        CONFERENCE = "conference", "Conférence"
        GROUP = "group", "Groupe de travail"
        JURY = "jury", "Jury ou comité de sélection"
        NETWORK = "network", "Club ou réseau"

    name = models.CharField("nom", max_length=200)
    acronym = models.CharField("sigle", max_length=30, blank=True)
    slug = models.SlugField("adresse", max_length=120, unique=True, editable=False)
    level = models.CharField("niveau", max_length=12, choices=Level)
    kind = models.CharField("nature", max_length=12, choices=Kind)
    organisers = models.ManyToManyField(
        Organisation, verbose_name="organisée par", related_name="instances", blank=True
    )
    territories = models.ManyToManyField(
        Collectivite, verbose_name="territoires couverts", related_name="instances", blank=True
    )
    themes = models.ManyToManyField(Theme, verbose_name="thématiques", related_name="instances", blank=True)
    mission = models.TextField(
        "mission", max_length=2000, blank=True, help_text="Ce dont on y parle, ce qui s’y décide : en quelques phrases."
    )
    legal_basis = models.CharField(
        "base juridique", max_length=300, blank=True, help_text="Loi, décret, arrêté, statuts, règlement intérieur."
    )
    frequency = models.CharField(
        "fréquence", max_length=120, blank=True, help_text="Telle qu’annoncée : deux fois par an, tous les mois…"
    )
    website = models.URLField("site web", blank=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name="sous-groupe de",
        related_name="children",
        null=True,
        blank=True,
        help_text="Pour une commission, un bureau ou un groupe de travail d’une autre instance.",
    )
    # A body that is replaced has one successor, one that is split has several.
    successors = models.ManyToManyField(
        "self", verbose_name="remplacée par", related_name="predecessors", symmetrical=False, blank=True
    )
    dissolved_on = models.DateField("n’existe plus depuis le", null=True, blank=True, editable=False)
    roadmaps = models.ManyToManyField(
        Roadmap,
        verbose_name="feuilles de route pilotées",
        related_name="steering_instances",
        blank=True,
        help_text="Celles dont cette instance est le comité de pilotage ou de suivi.",
    )
    warning = models.PositiveSmallIntegerField(
        "alerte avant l’échéance d’un mandat", choices=list(WARNINGS.items()), default=USUAL_WARNING
    )
    is_public = models.BooleanField(
        "visible de tous", default=True, help_text="Sinon, seule l’équipe de la CRESS voit cette instance."
    )
    is_to_confirm = models.BooleanField(
        "à confirmer", default=False, help_text="La présence de la CRESS n’a pas encore été vérifiée ; la page le dit."
    )
    sources = models.TextField("sources", max_length=2000, blank=True, help_text="Une par ligne.")
    verified_on = models.DateField("informations vérifiées le", null=True, blank=True, editable=False)
    internal_note = models.TextField("note interne", blank=True, help_text="Jamais publiée.")
    sort = models.CharField("nom replié", max_length=600, editable=False)
    search = models.TextField("texte cherché", editable=False)

    # What the queries above add, where they are asked for.
    open_seats: list[Any]
    next_meeting: dt.date | None
    comes_after: bool
    comes_before: bool

    objects = InstanceQuerySet.as_manager()

    class Meta:
        verbose_name = "instance"
        ordering = ("sort", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(parent=F("id")),
                name="instances_instance_is_not_its_own_group",
                violation_error_message="Une instance n’est pas son propre sous-groupe.",
            ),
            # Two bodies of two parents may both be « Bureau »; whoever names a main body means one.
            models.UniqueConstraint(
                fields=["sort"],
                condition=Q(dissolved_on=None, parent=None),
                name="instances_instance_name_once",
                violation_error_message=SAME_NAME,
            ),
            models.UniqueConstraint(
                fields=["parent", "sort"],
                condition=Q(dissolved_on=None),
                name="instances_instance_name_once_in_its_parent",
                violation_error_message=SAME_NAME,
            ),
            models.CheckConstraint(
                condition=Q(warning__in=list(WARNINGS)),
                name="instances_instance_warning_is_known",
                violation_error_message="Ce délai d’alerte n’est pas proposé.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, **kwargs: Any) -> None:
        self.fold_names()
        super().save(**kwargs)

    def fold_names(self) -> None:
        """Derive the columns that sort and search."""
        self.sort = sort_name(self.name)
        self.search = search_text(self.name, self.acronym, self.mission)

    def clean(self) -> None:
        super().clean()
        self.fold_names()
        if self.dissolved_on is None and self.namesakes().exists():
            raise ValidationError({"name": SAME_NAME})
        if self.parent and (self.parent.parent_id or (self.pk and self.children.exists())):
            raise ValidationError({"parent": TOO_DEEP})

    def namesakes(self) -> InstanceQuerySet:
        """The bodies in force of the same name, accents and case aside: main ones, or groups of the same body."""
        others = Instance.objects.filter(sort=self.sort, dissolved_on=None, parent=self.parent)
        return others.exclude(pk=self.pk)

    def get_absolute_url(self) -> str:
        return reverse("instance-detail", kwargs={"slug": self.slug})

    def is_dissolved(self, day: dt.date) -> bool:
        return bool(self.dissolved_on and self.dissolved_on <= day)

    @property
    def end_told(self) -> str:
        """Say since when, or from when, it does not exist, and what takes its place; nothing while no end is known."""
        if self.dissolved_on is None:
            return ""
        is_past = self.is_dissolved(timezone.localdate())
        followers = ", ".join(f"« {one} »" for one in self.successors.all())
        end = f"{'n’existe plus depuis le' if is_past else 'n’existera plus à partir du'} {told(self.dissolved_on)}"
        return f"Cette instance {end}{f', remplacée par {followers}' if followers else ''}."
