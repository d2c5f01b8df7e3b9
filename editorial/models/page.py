from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, When
from django.urls import reverse

from editorial.models.written import Revision, Written
from ui.rich_text import RichTextField

MAX_LEVELS = 3
LONGEST_SLUG = 80
LONGEST_PATH = MAX_LEVELS * (LONGEST_SLUG + 1)


class PageQuerySet(models.QuerySet["Page"]):
    def published(self) -> "PageQuerySet":
        """Those that have a text online."""
        return self.filter(online__isnull=False)

    def in_brief(self) -> "PageQuerySet":
        """Load what a tree of pages shows: the titles and summaries of both texts, without their bodies."""
        return self.select_related("online").defer("body", "online__body")

    def with_texts(self) -> "PageQuerySet":
        """Load both texts, and what is online of the page above."""
        return self.select_related("parent__online", "online")

    def with_state(self) -> "PageQuerySet":
        """Say of each whether what is written differs from what is online."""
        is_same = Q(title=F("online__title"), summary=F("online__summary"), body=F("online__body"))
        return self.annotate(is_ahead=Case(When(is_same, then=False), default=True))

    def below(self, path: str) -> "PageQuerySet":
        """Those of the branch that hangs from an address, its own page aside."""
        return self.filter(path__startswith=f"{path}/")


class Text(models.Model):
    """What a page says."""

    title = models.CharField("titre", max_length=200)
    summary = models.TextField(
        "résumé", max_length=400, blank=True, help_text="Une ou deux phrases, lues dans les listes et les moteurs."
    )
    body = RichTextField("texte", blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title


class PageRevision(Revision):
    """What somebody did to a page."""

    class Meta(Revision.Meta):
        verbose_name = "modification d’une page"
        indexes = [models.Index(fields=["uid", "-at"], name="revision_of_a_page")]


class Page(Text, Written):
    """A page on ESS policies, in a tree, as staff are writing it; what everyone reads is its online text."""

    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name="sous la page", null=True, blank=True, related_name="children"
    )
    slug = models.SlugField("fin de l’adresse", max_length=LONGEST_SLUG)
    # The slugs from the first level down: the address, kept so that the database lets no two pages share one.
    path = models.CharField("adresse", max_length=LONGEST_PATH, unique=True, editable=False)
    position = models.PositiveIntegerField("rang", default=0, editable=False)

    revisions = PageRevision
    objects = PageQuerySet.as_manager()

    class Meta:
        verbose_name = "page"
        ordering = ("position", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="editorial_page_not_under_itself",
                violation_error_message="Une page ne peut pas être sous elle-même.",
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("page-detail", args=[self.path])

    @property
    def level(self) -> int:
        """1 for the first level."""
        return self.path.count("/") + 1


class OnlineText(Text):
    """What everyone reads of a page: its text as it was when it was published."""

    page = models.OneToOneField(Page, models.CASCADE, related_name="online", primary_key=True)
    published_at = models.DateTimeField("publié le")
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="publié par", null=True, related_name="+"
    )

    class Meta:
        verbose_name = "texte en ligne"


class FormerAddress(models.Model):
    """Where a page was: whoever comes there is led to where it is."""

    path = models.CharField("adresse", max_length=LONGEST_PATH, unique=True)
    page = models.ForeignKey(Page, models.CASCADE, related_name="former_addresses")

    class Meta:
        verbose_name = "ancienne adresse"

    def __str__(self) -> str:
        return self.path
