from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, Value, When
from django.db.models.functions import Substr
from django.urls import reverse

from editorial.models.page import LONGEST_SLUG, Text
from editorial.models.parties import Party
from editorial.models.written import Revision, Written
from instances.models import Instance, Meeting
from publishing.constraints import ReferenceConstraint
from publishing.versions import UID_LENGTH
from roadmaps.models import Roadmap, Theme
from territories.names import fold, search_text
from ui.links import as_links
from ui.partial_date import PartialDateField
from ui.rich_text import plain

NAME = "publication-detail"  # of the address of one
MOST_WORDS = 12  # of a search
ANSWERED, AWAITED = "avec", "sans"
HAS_ANSWER = ~Q(answer="") | ~Q(answer_file="") | Q(answer_on__isnull=False)


class PublicationQuerySet(models.QuerySet["Publication"]):
    def written(self) -> Self:
        """Those that staff write."""
        return self.filter(draft=None)

    def online(self) -> Self:
        """Those that everyone reads."""
        return self.filter(draft__isnull=False)

    def latest_first(self) -> Self:
        return self.order_by(F("dated_on").desc(nulls_last=True), "-pk")

    def as_links(self) -> models.QuerySet[Any]:
        """Read them as `ui.links` does, with the meeting where each was carried."""
        return as_links(self, NAME, "slug", "title", note=kind_label("kind"), dated="dated_on", about="meeting__uid")

    def matching(self, text: str) -> Self:
        """Those of which every word of ``text`` starts a word, accents aside."""
        found = self
        for word in fold(text).split()[:MOST_WORDS]:
            found = found.filter(search__contains=f" {word}")
        return found

    def with_year(self) -> Self:
        return self.annotate(year=Substr("dated_on", 1, 4))

    def with_answer(self) -> Self:
        """Say of each whether an answer came or is awaited (``answered``); neither where nobody was addressed."""
        addressed = Exists(Party.objects.filter(publication=OuterRef("pk"), role=Party.Role.RECIPIENT))
        return self.annotate(
            answered=Case(
                When(HAS_ANSWER, then=Value(ANSWERED)),
                When(addressed, then=Value(AWAITED)),
                default=Value(""),
                output_field=models.CharField(),
            )
        )

    def in_brief(self) -> Self:
        """Load what a list shows, without the texts."""
        return self.defer("body", "answer", "method", "search").select_related("instance")

    def with_card(self) -> Self:
        """Load what a list shows, with themes and whom each is from and to."""
        return self.in_brief().prefetch_related("themes", Prefetch("parties", Party.objects.named()))

    def with_lacks(self) -> Self:
        """Load what says what one lacks, and whether it is online."""
        parties = Prefetch("parties", Party.objects.named())
        return self.select_related("online").prefetch_related(parties, "results__figures")

    def with_content(self) -> Self:
        """Load all that one says."""
        return self.select_related("instance", "meeting", "online", "draft").prefetch_related(*content())


def content() -> list[Any]:
    """Give what to prefetch of a position to have all that it says."""
    supports = Prefetch("supports", Support.objects.select_related("roadmap"))
    return ["themes", Prefetch("parties", Party.objects.named()), supports, "results__figures"]


class PublicationRevision(Revision):
    """What somebody did to a position."""

    class Meta(Revision.Meta):
        verbose_name = "modification d’une prise de position"
        verbose_name_plural = "modifications de prises de position"
        indexes = [models.Index(fields=["uid", "-at"], name="revision_of_a_position")]


class Publication(Text, Written):
    """A position that the CRESS takes or relays: a survey, an open letter, a contribution.

    There are two rows of each that is online: the one that staff are writing, and the one that everyone reads, which
    points at the former (``draft``) and says what it said when it was published.
    """

    class Kind(models.TextChoices):
        SURVEY = "survey", "Enquête-flash"
        LETTER = "letter", "Lettre ouverte"
        ADVOCACY = "advocacy", "Plaidoyer relayé"
        STATEMENT = "statement", "Communiqué"
        CONTRIBUTION = "contribution", "Contribution ou avis"
        NOTE = "note", "Note d’observatoire"

    draft = models.OneToOneField(
        "self", models.CASCADE, related_name="online", null=True, blank=True, editable=False, verbose_name="brouillon"
    )
    kind = models.CharField("nature", max_length=12, choices=Kind)
    slug = models.SlugField("fin de l’adresse", max_length=LONGEST_SLUG, db_index=False)
    dated_on = PartialDateField("date")
    themes = models.ManyToManyField(Theme, verbose_name="thématiques", related_name="publications", blank=True)
    file = models.FileField("document (PDF)", upload_to="positions/%Y/", blank=True)
    source = models.CharField(
        "source", max_length=300, blank=True, help_text="Qui l’a publiée ou rapportée, et quand, si ce n’est la CRESS."
    )
    source_url = models.URLField("adresse de la source", max_length=400, blank=True)
    instance = models.ForeignKey(
        Instance,
        models.PROTECT,
        verbose_name="instance où elle a été portée",
        related_name="publications",
        null=True,
        blank=True,
    )
    meeting = models.ForeignKey(
        Meeting,
        models.PROTECT,
        verbose_name="séance où elle a été portée",
        related_name="publications",
        null=True,
        blank=True,
    )
    answer_on = PartialDateField("date de la réponse")
    answer = models.TextField("réponse reçue", max_length=4000, blank=True)
    answer_file = models.FileField("réponse (PDF)", upload_to="positions/%Y/", blank=True)
    target = models.CharField("public interrogé", max_length=300, blank=True)
    opens_on = models.DateField("ouverte le", null=True, blank=True)
    closes_on = models.DateField("close le", null=True, blank=True)
    answers_count = models.PositiveIntegerField("nombre de réponses", null=True, blank=True)
    method = models.TextField(
        "méthode",
        max_length=2000,
        blank=True,
        help_text="Comment les réponses ont été recueillies, et ce qu’elles ne disent pas.",
    )
    is_fictional = models.BooleanField(
        "exemple fictif", default=False, help_text="Ce texte et ses chiffres sont inventés ; la page le dit."
    )
    search = models.TextField("texte cherché", editable=False)
    published_at = models.DateTimeField("publiée le", null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name="publiée par",
        null=True,
        related_name="+",
        editable=False,
    )

    revisions = PublicationRevision
    objects = PublicationQuerySet.as_manager()

    # What the queries above add, where they are asked for.
    year: str
    answered: str

    class Meta:
        verbose_name = "prise de position"
        verbose_name_plural = "prises de position"
        ordering = (F("dated_on").desc(nulls_last=True), "-pk")
        indexes = [models.Index(fields=["-dated_on", "-id"], name="positions_by_date")]
        constraints = [
            models.UniqueConstraint(
                fields=["slug"],
                condition=Q(draft=None),
                name="editorial_publication_address_of_one_draft",
                violation_error_message="Une autre prise de position a déjà cette adresse.",
            ),
            models.UniqueConstraint(
                fields=["slug"],
                condition=Q(draft__isnull=False),
                name="editorial_publication_address_of_one_online",
                violation_error_message="Une autre prise de position est en ligne à cette adresse.",
            ),
            models.CheckConstraint(
                condition=Q(draft=None, published_at=None) | Q(draft__isnull=False, published_at__isnull=False),
                name="editorial_publication_online_has_a_date",
                violation_error_message="Ce qui est en ligne a été publié un jour, et lui seul.",
            ),
            models.CheckConstraint(
                condition=Q(opens_on=None) | Q(closes_on=None) | Q(closes_on__gte=F("opens_on")),
                name="editorial_publication_closes_after_it_opens",
                violation_error_message="L’enquête est close avant d’être ouverte : vérifiez les deux dates.",
            ),
            models.CheckConstraint(
                condition=Q(meeting=None) | Q(instance__isnull=False),
                name="editorial_publication_meeting_with_its_body",
                violation_error_message="Choisissez aussi l’instance dont c’est la séance.",
            ),
            ReferenceConstraint(
                fields=["instance", "meeting"],
                through="meeting",
                to_fields=["instance", "id"],
                name="editorial_publication_meeting_of_its_body",
                violation_error_message="Cette séance est d’une autre instance.",
            ),
        ]

    def save(self, **kwargs: Any) -> None:
        self.search = search_text(self.title, self.summary, plain(self.body), self.source)
        super().save(**kwargs)

    def get_absolute_url(self) -> str:
        read = self if self.draft_id else self.published or self
        return reverse(NAME, args=[read.slug])

    @property
    def is_ahead(self) -> bool:
        """Whether something was written since it went online."""
        return self.is_published and self.version != self.published.version

    @property
    def has_answer(self) -> bool:
        """The predicate whose filter is ``HAS_ANSWER``."""
        return bool(self.answer or self.answer_file or self.answer_on)


class FormerSlug(models.Model):
    """The end of an address where a position was: whoever comes there is led to where it is."""

    slug = models.SlugField("fin de l’adresse", max_length=LONGEST_SLUG, unique=True)
    publication = models.ForeignKey(Publication, models.CASCADE, related_name="former_slugs")

    class Meta:
        verbose_name = "ancienne adresse d’une prise de position"
        verbose_name_plural = "anciennes adresses de prises de position"

    def __str__(self) -> str:
        return self.slug


def kind_label(column: str) -> Case:
    """Say the nature of a position in a query."""
    kinds = (When(**{column: kind}, then=Value(str(label))) for kind, label in Publication.Kind.choices)
    return Case(*kinds, default=Value(""), output_field=models.CharField())


class SupportQuerySet(models.QuerySet["Support"]):
    def online(self) -> Self:
        """Those of the positions that everyone reads."""
        return self.filter(publication__draft__isnull=False)

    def as_links(self) -> models.QuerySet[Any]:
        """Read their positions as `ui.links` does, with the uid of what each supports."""
        slug, title, dated = (f"publication__{name}" for name in ("slug", "title", "dated_on"))
        return as_links(self, NAME, slug, title, note=kind_label("publication__kind"), dated=dated, about="uid")


class Support(models.Model):
    """A position supports a roadmap, or one of its objectives or actions, known by its uid through all the editions."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="supports", editable=False)
    roadmap = models.ForeignKey(Roadmap, models.CASCADE, verbose_name="feuille de route", related_name="positions")
    uid = models.CharField("objectif ou action", max_length=UID_LENGTH, blank=True)

    objects = SupportQuerySet.as_manager()

    class Meta:
        verbose_name = "soutien"
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "roadmap", "uid"],
                name="editorial_support_once_a_position",
                violation_error_message="Cette prise de position le soutient déjà.",
            ),
        ]

    def __str__(self) -> str:
        return self.uid or str(self.roadmap)
