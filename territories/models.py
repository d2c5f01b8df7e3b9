from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.urls import reverse
from django.utils import timezone

from territories import names


class Kind(models.TextChoices):
    COMMUNE = "commune", "Commune"
    CC = "cc", "Communauté de communes"
    CA = "ca", "Communauté d’agglomération"
    CU = "cu", "Communauté urbaine"
    METROPOLE = "metropole", "Métropole"
    DEPARTEMENT = "departement", "Département"
    REGION = "region", "Région"
    PETR = "petr", "Pôle d’équilibre territorial et rural (PETR)"
    PAYS = "pays", "Pays"
    SYNDICAT_MIXTE = "syndicat_mixte", "Syndicat mixte"
    OTHER = "autre", "Autre"


EPCI_KINDS = (Kind.CC, Kind.CA, Kind.CU, Kind.METROPOLE)

# A code is unique in its family, not in its kind: a CC that becomes a CA keeps its SIREN, and stays itself.
FAMILIES = {
    "commune": (Kind.COMMUNE,),
    "epci": EPCI_KINDS,
    "departement": (Kind.DEPARTEMENT,),
    "region": (Kind.REGION,),
    "other_body": (Kind.PETR, Kind.PAYS, Kind.SYNDICAT_MIXTE, Kind.OTHER),
}


class CollectiviteQuerySet(models.QuerySet["Collectivite"]):
    def current(self) -> Self:
        """Those that exist today."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=timezone.localdate()))

    def epci(self) -> Self:
        return self.filter(kind__in=EPCI_KINDS)

    def communes(self) -> Self:
        return self.filter(kind=Kind.COMMUNE)

    def touching_region(self, code: str) -> Self:
        """The région, its départements and communes, and every grouping with a commune there, however small."""
        departements = Collectivite.objects.filter(region__kind=Kind.REGION, region__code=code).values("pk")
        return self._on_departements(departements, Q(kind=Kind.REGION, code=code))

    def touching_departement(self, code: str) -> Self:
        """The département, its communes, and every grouping with a commune there."""
        departements = Collectivite.objects.filter(kind=Kind.DEPARTEMENT, code=code).values("pk")
        return self._on_departements(departements, Q())

    def _on_departements(self, departements: models.QuerySet, or_else: Q) -> Self:
        # Through a subquery and not a join: an EPCI over two départements comes once, without distinct().
        links = Collectivite.departements.through.objects.filter(to_collectivite__in=departements)
        groupings = links.values("from_collectivite")
        return self.filter(or_else | Q(pk__in=departements) | Q(departement__in=departements) | Q(pk__in=groupings))

    def covering(self, collectivite: "Collectivite") -> Self:
        """The bodies whose territory holds `collectivite`, the nearest first: EPCI, départements, régions."""
        departements = Q(pk=collectivite.departement_id) | Q(groupings=collectivite)
        own_departements = Collectivite.objects.filter(departements)
        regions = Q(pk=collectivite.region_id) | Q(pk__in=own_departements.values("region"))
        nearest_first = Case(When(kind=Kind.REGION, then=2), When(kind=Kind.DEPARTEMENT, then=1), default=0)
        return self.filter(Q(pk=collectivite.epci_id) | Q(pk__in=own_departements.values("pk")) | regions).order_by(
            nearest_first, "search"
        )

    def matching(self, text: str) -> Self:
        """Those that `text` may mean: a name or starts of its words, a postal code, an INSEE code or a SIREN.

        The exact name comes first, then names that start so, then the most populated.
        """
        folded = names.fold(text)
        if not folded:
            return self.none()
        named = Q()
        for word in folded.split()[:12]:
            named &= Q(search__contains=f" {word}")
        code = folded.replace(" ", "").upper()
        coded = Q(code=code) | Q(siren=code) | Q(pk__in=PostalCode.objects.filter(code=code).values("commune"))
        nearness = Case(
            When(Q(search__contains=f"| {folded} |") | coded, then=Value(0)),
            When(search__contains=f"| {folded}", then=Value(1)),
            default=Value(2),
        )
        return self.filter(named | coded).order_by(nearness, F("population").desc(nulls_last=True), "search", "pk")


class Collectivite(models.Model):
    """A public body that carries an ESS policy, or whose territory is covered by one."""

    Kind = Kind

    kind = models.CharField("nature", max_length=20, choices=Kind)
    code = models.CharField(
        "code",
        max_length=9,
        blank=True,
        help_text="Code INSEE d’une commune, d’un département ou d’une région ; SIREN sinon.",
    )
    name = models.CharField("nom officiel", max_length=200)
    display_name = models.CharField(
        "nom affiché", max_length=200, blank=True, help_text="Tiré du nom officiel s’il n’est pas rempli."
    )
    slug = models.SlugField(
        "adresse",
        max_length=names.SLUG_LENGTH,
        unique=True,
        blank=True,
        help_text="Ne change jamais, même si le nom change.",
    )
    search = models.TextField("texte de recherche", editable=False)
    siren = models.CharField("SIREN", max_length=9, blank=True)
    type_liaison = models.PositiveSmallIntegerField(
        "type de nom en clair (TNCC)",
        null=True,
        blank=True,
        help_text="Code de l’INSEE : l’article qui accompagne le nom.",
    )

    region = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="departements_within",
        limit_choices_to={"kind": Kind.REGION},
        verbose_name="région d’un département",
    )
    departement = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="communes_within",
        limit_choices_to={"kind": Kind.DEPARTEMENT},
        verbose_name="département d’une commune",
    )
    epci = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="member_communes",
        limit_choices_to={"kind__in": EPCI_KINDS},
        verbose_name="EPCI d’une commune",
    )
    departements = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="groupings",
        limit_choices_to={"kind": Kind.DEPARTEMENT},
        verbose_name="départements d’un groupement",
    )

    population = models.PositiveIntegerField("population municipale", null=True, blank=True)
    population_year = models.PositiveSmallIntegerField(
        "millésime de la population",
        null=True,
        blank=True,
        help_text="Année du code officiel géographique qui donne ce chiffre.",
    )
    website = models.URLField("site internet", blank=True)
    # Redrawn and named by logos.py, never as it was sent.
    logo = models.FileField("logo", blank=True, default="", db_default="", editable=False)

    ended_on = models.DateField("n’existe plus depuis le", null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name="remplacée par"
    )

    objects = CollectiviteQuerySet.as_manager()

    if TYPE_CHECKING:
        region_id: int | None
        departement_id: int | None
        epci_id: int | None
        replaced_by_id: int | None

    class Meta:
        verbose_name = "collectivité"
        ordering = ("search",)
        constraints = (
            *(
                models.UniqueConstraint(
                    fields=["code"],
                    condition=Q(kind__in=kinds) & ~Q(code=""),
                    name=f"a_code_names_one_{family}",
                    violation_error_message="Une autre collectivité de même nature porte déjà ce code.",
                )
                for family, kinds in FAMILIES.items()
            ),
            models.CheckConstraint(
                condition=Q(kind__in=FAMILIES["other_body"]) | ~Q(code=""),
                name="a_collectivite_of_the_cog_has_a_code",
                violation_error_message="Le code INSEE ou le SIREN est obligatoire pour cette nature de collectivité.",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.COMMUNE) | Q(departement__isnull=False),
                name="a_commune_has_a_departement",
                violation_error_message="Indiquez le département de la commune.",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.COMMUNE) | Q(departement__isnull=True, epci__isnull=True),
                name="only_a_commune_has_one_departement_and_one_epci",
                violation_error_message="Seule une commune est rattachée à un département et à un EPCI.",
            ),
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True) | Q(ended_on__isnull=False),
                name="what_is_replaced_has_ended",
                violation_error_message="Indiquez depuis quand cette collectivité remplacée n’existe plus.",
            ),
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True) | ~Q(replaced_by=F("id")),
                name="a_collectivite_does_not_replace_itself",
                violation_error_message="Une collectivité ne se remplace pas elle-même.",
            ),
        )

    def __str__(self) -> str:
        return self.display_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.display_name = self.display_name or self.name
        self.slug = self.slug or self._free_slug()
        self.search = names.search_text(self.display_name, self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("collectivite-detail", kwargs={"slug": self.slug})

    @property
    def of_name(self) -> str:
        """The displayed name after "de": "de Nantes Métropole", "du Département de la Sarthe"."""
        return names.of_name(self.display_name, self.type_liaison if self.kind == Kind.COMMUNE else None)

    @property
    def logo_alternative(self) -> str:
        """What the logo says to whoever does not see it."""
        return f"Logo {self.of_name}"

    @property
    def logo_url(self) -> str:
        """Where the picture is, an address that changes with it; empty without one."""
        if not self.logo:
            return ""
        name = self.logo.name.rpartition("/")[2].removesuffix(".png")
        return reverse("collectivite-logo", kwargs={"slug": self.slug, "name": name})

    @property
    def is_epci(self) -> bool:
        return self.kind in EPCI_KINDS

    def covering_ids(self) -> set[int]:
        """The ids of those bodies, read from ``departement`` and ``departements``: load them first for many."""
        own = [*self.departements.all(), *([self.departement] if self.departement else [])]
        held = {self.epci_id, self.region_id, *(one.pk for one in own), *(one.region_id for one in own)}
        return {pk for pk in held if pk is not None}

    def covering_collectivites(self) -> CollectiviteQuerySet:
        """The bodies whose territory holds this one, the nearest first."""
        return Collectivite.objects.current().covering(self)

    def _free_slug(self) -> str:
        slugs = names.slug_candidates(self.display_name, self.code)
        return next(slug for slug in slugs if not Collectivite.objects.filter(slug=slug).exists())


class PostalCode(models.Model):
    """A postal code that serves a commune; one code may serve several communes, and a commune have several codes."""

    commune = models.ForeignKey(Collectivite, models.CASCADE, related_name="postal_codes", verbose_name="commune")
    code = models.CharField("code postal", max_length=5, db_index=True)

    class Meta:
        verbose_name = "code postal"
        verbose_name_plural = "codes postaux"
        ordering = ("code",)
        constraints = (
            models.UniqueConstraint(
                fields=["commune", "code"],
                name="a_commune_has_a_postal_code_once",
                violation_error_message="Cette commune a déjà ce code postal.",
            ),
        )

    def __str__(self) -> str:
        return self.code
