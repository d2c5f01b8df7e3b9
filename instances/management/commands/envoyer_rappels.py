from django.core.management.base import BaseCommand
from django.utils import timezone

from instances.digests import send_digests
from ui.typography import plural


class Command(BaseCommand):
    help = (
        "Envoie à chaque membre de l’équipe ce qui attend dans les instances, une fois par semaine au plus. "
        "À lancer chaque semaine ; relancée, elle n’envoie rien deux fois."
    )

    def handle(self, **options: object) -> None:
        sent = send_digests(timezone.localdate(), lambda address: self.stdout.write(f"  {address}"))
        self.stdout.write(f"Envoyés : {plural(sent, 'message', 'messages')}.")
