from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from instances.models import Revision
from instances.models.revision import KEPT_YEARS
from ui.typography import plural


class Command(BaseCommand):
    help = (
        f"Efface de l’historique des instances ce qui a plus de {KEPT_YEARS} ans. Sans --faire, dit seulement combien."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--faire", action="store_true", help="Effacer, au lieu de compter.")

    def handle(self, *, faire: bool, **options: Any) -> None:
        expired = Revision.objects.expired(timezone.localdate())
        count = expired.delete()[0] if faire else expired.count()
        verb = "Effacées" if faire else "À effacer"
        self.stdout.write(f"{verb}\u00a0: {plural(count, 'modification', 'modifications')}.")
