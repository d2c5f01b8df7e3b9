from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from territories.cog import SHIPPED_FOLDER, ImportReport, VintageError, import_vintage, read_vintage


class Command(BaseCommand):
    help = (
        "Importe les régions, départements, EPCI et communes d’un millésime du code officiel géographique. "
        "Peut être relancée : ce qui n’a pas changé n’est pas réécrit, et aucune adresse de page ne change."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "dossier",
            nargs="?",
            type=Path,
            default=SHIPPED_FOLDER,
            help="Dossier de regions.csv, departements.csv, epci.csv, communes.csv et, s’il y a eu des fusions, "
            "successeurs.csv (ou .csv.xz, .csv.gz). Par défaut : le millésime livré avec le portail.",
        )
        parser.add_argument(
            "--millesime", type=int, help="Année des données, si le nom du dossier ne finit pas par elle."
        )

    def handle(self, *, dossier: Path, millesime: int | None, **options: object) -> None:
        try:
            vintage = read_vintage(dossier, millesime)
            report = import_vintage(vintage)
        except VintageError as error:
            raise CommandError(f"Rien n’a été importé.\n{error}") from error
        self.stdout.write(f"Millésime {vintage.year} : {_number(len(vintage.bodies))} collectivités lues.")
        for line in _lines(report):
            self.stdout.write(line)


def _lines(report: ImportReport) -> list[str]:
    lines = [f"Créées : {_number(report.created)}", f"Mises à jour : {_number(report.updated)}"]
    for title, sentences in (
        ("Renommées", report.renamed),
        ("Terminées", report.ended),
        ("Rouvertes", report.reopened),
    ):
        lines += [f"{title} : {_number(len(sentences))}", *(f"  {sentence}" for sentence in sentences)]
    return [*lines, f"Inchangées : {_number(report.unchanged)}"]


def _number(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")
