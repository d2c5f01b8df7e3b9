"""The bodies that act."""

from typing import Any, Self

from django.db import models

from territories.names import fold, search_text


def sort_name(name: str) -> str:
    """Give what makes two names the same; a name without a single letter is only the same as itself."""
    return fold(name) or name


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Organisations as the portal asks for them."""

    def named(self, name: str) -> Self:
        """The one of that name, accents and case aside."""
        return self.filter(sort=sort_name(name))

    def matching(self, query: str) -> Self:
        """Those of which every word of the query starts a word of the name or acronym, accents and case aside."""
        organisations = self
        for word in fold(query).split():
            organisations = organisations.filter(search__contains=f" {word}")
        return organisations


class Organisation(models.Model):
    """A body that acts: carries or funds an action, sits somewhere, employs a person."""

    class Kind(models.TextChoices):
        ASSOCIATION = "association", "Association"
        COOPERATIVE = "cooperative", "Coopérative"
        MUTUELLE = "mutuelle", "Mutuelle"
        FONDATION = "fondation", "Fondation"
        COMPANY = "company", "Société commerciale de l’ESS"
        COLLECTIVITE = "collectivite", "Collectivité"
        STATE = "state", "État ou opérateur"
        NETWORK = "network", "Réseau ou tête de réseau"
        FUNDER = "funder", "Financeur"
        OTHER = "other", "Autre"

    name = models.CharField("nom", max_length=200)
    acronym = models.CharField("sigle", max_length=30, blank=True)
    kind = models.CharField("nature", max_length=20, choices=Kind, default=Kind.ASSOCIATION)
    website = models.URLField("site web", blank=True)
    collectivite = models.OneToOneField(
        "territories.Collectivite",
        models.PROTECT,
        verbose_name="collectivité",
        related_name="organisation",
        null=True,
        blank=True,
        help_text="Si cet organisme est une collectivité du portail.",
    )
    sort = models.CharField("nom replié", max_length=600, editable=False)
    search = models.TextField("texte cherché", editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "organisme"
        verbose_name_plural = "organismes"
        ordering = ["sort"]
        constraints = [
            models.UniqueConstraint(
                fields=["sort"],
                name="an_organisation_name_is_unique",
                violation_error_message="Un organisme porte déjà ce nom (accents et majuscules mis à part).",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, **kwargs: Any) -> None:
        self.fold_names()
        super().save(**kwargs)

    def clean(self) -> None:
        super().clean()
        self.fold_names()

    def fold_names(self) -> None:
        """Derive the columns that sort and search."""
        self.sort = sort_name(self.name)
        self.search = search_text(self.name, self.acronym)
