from django.db import models

from .edition import Edition


class Printing(models.Model):
    """The PDF of a published edition, kept as it was printed, with the hash that proves it."""

    edition = models.OneToOneField(Edition, models.CASCADE, related_name="printing", verbose_name="édition")
    file = models.FileField("fichier", upload_to="editions/")
    sha256 = models.CharField("empreinte SHA-256", max_length=64)
    printed_at = models.DateTimeField("imprimée le", auto_now_add=True)

    class Meta:
        verbose_name = "impression"

    def __str__(self) -> str:
        return f"PDF de {self.edition}"
