"""What is kept of what everyone reads, so that nothing is laid out twice."""

from django.db import models


class PublicState(models.Model):
    """How often what everyone may read has changed: one row, which the databases themselves count up.

    `publishing.public_state` says how.
    """

    version = models.BigIntegerField("nombre de changements", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "état public"
        constraints = [
            models.CheckConstraint(
                name="publishing_publicstate_is_one_row",
                condition=models.Q(pk=1),
                violation_error_message="L’état public tient en une ligne.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.version)


class Rendering(models.Model):
    """A public page as it is sent, compressed, until something that pages show changes."""

    address = models.CharField("adresse", max_length=500, primary_key=True)
    stamp = models.CharField("état montré", max_length=100, db_index=True)
    content_type = models.CharField("nature", max_length=100)
    body = models.BinaryField("contenu en Brotli")

    class Meta:
        verbose_name = "page gardée"
        verbose_name_plural = "pages gardées"

    def __str__(self) -> str:
        return self.address
