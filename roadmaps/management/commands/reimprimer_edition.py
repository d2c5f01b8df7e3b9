from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from publishing.pdf import PrintingError
from roadmaps.models import Edition, Printing
from roadmaps.printing import frozen_page, printed_again

NEWER = (
    "Ce n’est pas le même fichier. La page imprimée est celle de la mise en ligne\u00a0: le moteur d’impression ou une "
    "police a changé avec le portail. Le PDF gardé reste la preuve."
)
UNFROZEN = (
    "Ce n’est pas le même fichier. Cette édition a été imprimée avant que le portail ne garde la page de celles qu’il "
    "met en ligne\u00a0: la démarche, les acteurs ou un nom ont pu changer depuis. Le PDF gardé reste la preuve."
)


class Command(BaseCommand):
    """Print a published edition again and compare it with the PDF that is kept, which stays as it is."""

    help = "Réimprime une édition publiée et dit si le résultat est identique au PDF gardé, qui n’est pas touché."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="adresse de la feuille de route")
        parser.add_argument("numero", type=int, help="numéro de l’édition")
        parser.add_argument("--vers", type=Path, help="fichier où garder la réimpression")

    def handle(self, *args: Any, slug: str, numero: int, vers: Path | None, **options: Any) -> None:
        edition = (
            Edition.objects.published()
            .select_related("roadmap__collectivite", "roadmap__referent")
            .filter(roadmap__slug=slug, number=numero)
            .first()
        )
        printing = Printing.objects.filter(edition=edition).first() if edition else None
        if not edition or not printing:
            raise CommandError("Aucun PDF gardé pour cette édition : vérifiez l’adresse et le numéro.")
        with TemporaryDirectory() as folder:
            try:
                sha256 = printed_again(edition, vers or Path(folder) / "edition.pdf")
            except PrintingError as error:
                raise CommandError(f"L’impression n’a pas abouti : {error}") from error
        self.stdout.write(f"PDF gardé     {printing.sha256}\nRéimpression  {sha256}")
        if sha256 != printing.sha256:
            raise CommandError(NEWER if frozen_page(edition).frozen_at <= printing.printed_at else UNFROZEN)
        self.stdout.write("C’est le même fichier, au signe près.")
