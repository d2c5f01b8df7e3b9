import zlib

from django.db import models

from .edition import Edition


class FrozenPage(models.Model):
    """A published edition as it was laid out that day: what its PDF and its texts are made from, now and later.

    What an edition shows without holding it (the démarche, names, logos, the look of the page) changes afterwards; this
    does not.
    """

    edition = models.OneToOneField(Edition, models.CASCADE, related_name="frozen_page", verbose_name="édition")
    packed_html = models.BinaryField("page")
    packed_data = models.BinaryField("données")
    frozen_at = models.DateTimeField("figée le", auto_now_add=True)

    class Meta:
        verbose_name = "page figée"
        verbose_name_plural = "pages figées"

    def __str__(self) -> str:
        return f"Page de {self.edition}"

    @property
    def html(self) -> str:
        return zlib.decompress(self.packed_html).decode()

    @property
    def data(self) -> bytes:
        return zlib.decompress(self.packed_data)


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
