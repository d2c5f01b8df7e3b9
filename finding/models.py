"""What the search reads: one row for each public thing, one for each word that they say."""

from django.db import models


class Entry(models.Model):
    """Something public that the search finds, with what it says in plain words."""

    owner = models.CharField("ce qui la publie", max_length=60)  # "roadmap:12", whose entries are replaced together
    kind = models.CharField("nature", max_length=20)
    # What results are ranked by stands before the texts: SQLite reads a row from its beginning.
    precedence = models.BigIntegerField("ordre")  # of the kind, then of the date: the greatest comes first
    position = models.PositiveIntegerField("rang dans ce qui la publie", default=0)
    batch = models.PositiveIntegerField("lot")
    url = models.CharField("adresse", max_length=400)
    title = models.CharField("titre", max_length=300)
    context = models.CharField("où elle se trouve", max_length=300, blank=True)
    summary = models.TextField("résumé", blank=True)
    text = models.TextField("texte", blank=True)
    # What the index holds of it, token by token (`finding.index.tokens`).
    tokens = models.TextField("mots indexés")

    class Meta:
        verbose_name = "entrée de la recherche"
        verbose_name_plural = "entrées de la recherche"
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "url"],
                name="finding_entry_one_address_once",
                violation_error_message="Cette adresse est déjà dans la recherche.",
            ),
        ]
        indexes = [models.Index(fields=["batch"], name="latest_batch_of_entries")]

    def __str__(self) -> str:
        return self.title


class KnownWord(models.Model):
    """A word that public texts say, and in how many entries: what a misspelt one may have meant."""

    word = models.CharField("mot", max_length=120, primary_key=True)
    folded = models.CharField("mot sans accents", max_length=120)
    stem = models.CharField("racine", max_length=120)
    count = models.PositiveIntegerField("nombre d’entrées")

    class Meta:
        verbose_name = "mot connu"
        verbose_name_plural = "mots connus"
        indexes = [
            models.Index(fields=["stem"], name="words_of_a_stem"),
            models.Index(fields=["folded"], name="words_without_accents"),
            models.Index(fields=["count"], name="commonest_words"),
        ]

    def __str__(self) -> str:
        return self.word
