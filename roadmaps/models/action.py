from django.db import models

from people.models import Organisation, Person
from publishing.constraints import same_edition
from ui.partial_date import PartialDateField, not_before
from ui.rich_text import RichTextField

from .content import Content
from .objective import Objective
from .outline import Horizon
from .terms import EssFamily, Lever, SustainableGoal, Theme


class Action(Content):
    """What somebody commits to do, by when and with what means (the fiche action)."""

    class Priority(models.TextChoices):
        HIGH = "high", "Haute"
        MEDIUM = "medium", "Moyenne"
        LOW = "low", "Basse"

    objective = models.ForeignKey(Objective, models.CASCADE, verbose_name="objectif", related_name="actions")
    code = models.CharField("code affiché", max_length=20, blank=True, help_text="Tel qu’imprimé : 3.1, Action 14, A7…")
    title = models.CharField("intitulé", max_length=300, help_text="Commencez par un verbe : créer, soutenir, former…")
    summary = models.CharField("résumé", max_length=300, blank=True, help_text="Une ou deux phrases.")
    description = RichTextField("description", blank=True)
    horizon = models.ForeignKey(
        Horizon, models.SET_NULL, verbose_name="horizon", null=True, blank=True, related_name="actions"
    )
    starts_on = PartialDateField("début")
    ends_on = PartialDateField("fin")
    is_recurring = models.BooleanField("récurrente", default=False, help_text="Elle revient chaque année.")
    priority = models.CharField("priorité", max_length=6, choices=Priority, blank=True)
    answers_economic_need = models.BooleanField("besoin économique", default=False)
    answers_social_need = models.BooleanField("besoin social", default=False)
    answers_environmental_need = models.BooleanField("besoin environnemental", default=False)
    levers = models.ManyToManyField(Lever, verbose_name="leviers", blank=True)
    themes = models.ManyToManyField(Theme, verbose_name="thématiques", blank=True)
    families = models.ManyToManyField(EssFamily, verbose_name="familles de l’ESS concernées", blank=True)
    goals = models.ManyToManyField(SustainableGoal, verbose_name="objectifs de développement durable", blank=True)
    audience = models.CharField("public visé", max_length=300, blank=True)
    elected_referent = models.ForeignKey(
        Person,
        models.SET_NULL,
        verbose_name="élu·e référent·e",
        null=True,
        blank=True,
        related_name="referred_actions",
    )
    means = models.TextField("moyens", max_length=2000, blank=True, help_text="En mots : équipe, locaux, budget…")
    deliverables = models.TextField("livrables", max_length=2000, blank=True, help_text="Un par ligne.")
    linked_actions = models.ManyToManyField("self", verbose_name="actions liées", blank=True)
    source = models.CharField("source", max_length=300, blank=True)
    internal_note = models.TextField("note interne", blank=True, help_text="Jamais publiée ni imprimée.")

    class Meta(Content.Meta):
        verbose_name = "action"
        constraints = [
            *Content.Meta.constraints,
            same_edition("objective", "L’objectif choisi appartient à une autre édition."),
            same_edition("horizon", "L’horizon choisi appartient à une autre édition."),
            models.CheckConstraint(
                condition=not_before("ends_on", "starts_on"),
                name="roadmaps_action_ends_after_it_starts",
                violation_error_message="L’action se termine avant de commencer : vérifiez les deux dates.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}".strip()


class ActionActor(Content):
    """What an organisation does for an action."""

    class Role(models.TextChoices):
        LEAD = "lead", "Pilote"
        CO_LEAD = "co_lead", "Co-pilote"
        CARRIER = "carrier", "Porteur"
        PARTNER = "partner", "Partenaire"
        FUNDER = "funder", "Financeur"

    action = models.ForeignKey(Action, models.CASCADE, related_name="actors", editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, verbose_name="organisme")
    role = models.CharField("rôle", max_length=8, choices=Role, default=Role.PARTNER)

    class Meta(Content.Meta):
        verbose_name = "acteur"
        constraints = [
            *Content.Meta.constraints,
            same_edition("action", "L’action appartient à une autre édition."),
            models.UniqueConstraint(
                fields=["action", "organisation", "role"],
                name="roadmaps_actionactor_one_role_once",
                violation_error_message="Cet organisme a déjà ce rôle dans l’action.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_role_display().lower()})"


class Funding(Content):
    """Money or people given to an action: how much, by whom, which year, promised or spent."""

    class Nature(models.TextChoices):
        OPERATING = "operating", "Fonctionnement"
        INVESTMENT = "investment", "Investissement"
        STAFF = "staff", "Équivalents temps plein"
        IN_KIND = "in_kind", "En nature"
        UNKNOWN = "unknown", "Nature non précisée"

    class Status(models.TextChoices):
        PLANNED = "planned", "Prévu"
        GRANTED = "granted", "Accordé"
        SPENT = "spent", "Réalisé"

    action = models.ForeignKey(Action, models.CASCADE, related_name="fundings", editable=False)
    year = models.PositiveSmallIntegerField("année", null=True, blank=True)
    nature = models.CharField("nature", max_length=10, choices=Nature, default=Nature.UNKNOWN)
    funder = models.ForeignKey(Organisation, models.PROTECT, verbose_name="financeur", null=True, blank=True)
    amount = models.DecimalField(
        "montant", max_digits=14, decimal_places=2, help_text="En euros ; en ETP pour les équivalents temps plein."
    )
    status = models.CharField("état", max_length=8, choices=Status, default=Status.PLANNED)
    note = models.CharField("précision", max_length=200, blank=True)

    class Meta(Content.Meta):
        verbose_name = "financement"
        constraints = [
            *Content.Meta.constraints,
            same_edition("action", "L’action appartient à une autre édition."),
            models.CheckConstraint(
                condition=models.Q(amount__gte=0),
                name="roadmaps_funding_is_not_negative",
                violation_error_message="Un montant n’est pas négatif.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_nature_display()} : {self.amount}"


class Step(Content):
    """A stage of an action, due then done."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="steps", editable=False)
    title = models.CharField("étape", max_length=200)
    due_on = PartialDateField("échéance")
    done_on = PartialDateField("faite le")

    class Meta(Content.Meta):
        verbose_name = "étape"
        constraints = [
            *Content.Meta.constraints,
            same_edition("action", "L’action appartient à une autre édition."),
        ]

    def __str__(self) -> str:
        return self.title
