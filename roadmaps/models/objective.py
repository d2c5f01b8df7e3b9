from django.db import models
from django.db.models import F, Q

from publishing.constraints import ReferenceConstraint
from ui.rich_text import RichTextField

from .content import Content
from .edition import MAX_LEVELS

TONES = 6  # as many as the look has: ui/scss


class Objective(Content):
    """What the collectivité wants, at one of the one to three levels that its edition names."""

    parent = models.ForeignKey(
        "self", models.CASCADE, verbose_name="rattaché à", null=True, blank=True, related_name="children"
    )
    depth = models.PositiveSmallIntegerField("niveau", default=1, editable=False)
    # The key to the parent spans this column, so that the database refuses a parent at any other level and
    # therefore any loop.
    parent_depth = models.PositiveSmallIntegerField("niveau du parent", default=0, editable=False)
    code = models.CharField("code affiché", max_length=20, blank=True, help_text="Tel qu’imprimé : 1, 1.2, Axe A…")
    title = models.CharField("intitulé", max_length=300)
    text = RichTextField("texte", blank=True)
    tone = models.PositiveSmallIntegerField(
        "couleur",
        null=True,
        blank=True,
        choices=[(n, f"Teinte {n}") for n in range(1, TONES + 1)],
        help_text="Au premier niveau seulement ; sans choix, les teintes se suivent.",
    )
    source = models.CharField("source", max_length=300, blank=True)

    class Meta(Content.Meta):
        verbose_name = "objectif"
        constraints = [
            *Content.Meta.constraints,
            models.UniqueConstraint(fields=["edition", "id", "depth"], name="roadmaps_objective_key_with_depth"),
            ReferenceConstraint(
                fields=["edition", "parent", "parent_depth"],
                through="parent",
                to_fields=["edition", "id", "depth"],
                name="roadmaps_objective_is_one_level_under_its_parent",
                violation_error_message=(
                    "Un objectif se rattache à un objectif de la même édition, un niveau plus haut, "
                    "qui ne lui est pas lui-même rattaché."
                ),
            ),
            models.CheckConstraint(
                condition=Q(parent_depth=F("depth") - 1), name="roadmaps_objective_is_one_level_under"
            ),
            models.CheckConstraint(
                condition=Q(depth__gte=1) & Q(depth__lte=MAX_LEVELS),
                name="roadmaps_objective_has_three_levels_at_most",
                violation_error_message="Une édition a trois niveaux d’objectifs au plus.",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True, depth=1) | Q(parent__isnull=False, depth__gt=1),
                name="roadmaps_objective_without_parent_is_at_the_top",
                violation_error_message="Un objectif du premier niveau n’a pas de parent ; les autres en ont un.",
            ),
        ]

    def place_under(self, parent: "Objective | None") -> None:
        """Hang it under ``parent``, or at the top: the levels follow."""
        self.parent = parent
        self.parent_depth = parent.depth if parent else 0
        self.depth = self.parent_depth + 1

    def __str__(self) -> str:
        return f"{self.code} {self.title}".strip()
