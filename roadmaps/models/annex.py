from django.db import models

from ui.rich_text import RichTextField

from .content import Content


class Annex(Content):
    """What is joined to the document: a summary of the diagnosis, a record of the workshops, a bibliography."""

    title = models.CharField("titre", max_length=200)
    body = RichTextField("texte", blank=True)
    file = models.FileField("fichier", upload_to="annexes/%Y/", blank=True)

    class Meta(Content.Meta):
        verbose_name = "annexe"

    def __str__(self) -> str:
        return self.title
