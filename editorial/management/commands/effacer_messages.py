from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django.utils import timezone

from editorial.contact import to_forget
from ui.typography import plural


class Command(BaseCommand):
    help = "Montre les messages de visiteurs traités depuis plus d’un an ; avec --effacer, les efface."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--effacer", action="store_true", help="efface ce qui est montré")

    def handle(self, *, effacer: bool, **options: object) -> None:
        found = to_forget(timezone.now())
        for message in found:
            self.stdout.write(f"  {message.pk}, traité le {timezone.localdate(message.handled_at)}")
            if effacer:
                message.delete()
        count = plural(len(found), "message", "messages")
        self.stdout.write(f"{count} {'effacé(s)' if effacer else 'à effacer : relancez avec --effacer'}.")
