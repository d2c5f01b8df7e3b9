from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from instances.digests import send_digests
from ui.typography import plural


class Command(BaseCommand):
    help = (
        "Envoie à chaque membre de l’équipe ce qui attend dans les instances, une fois par semaine au plus. "
        "À lancer chaque semaine ; relancée, elle n’envoie rien deux fois, et envoie ce qui n’était pas parti."
    )

    def handle(self, **options: object) -> None:
        sending = send_digests(timezone.localdate(), lambda address: self.stdout.write(f"  {address}"))
        self.stdout.write(f"Envoyés : {plural(sending.sent, 'message', 'messages')}.")
        if sending.failed:
            failed = plural(sending.failed, "message n’est pas parti", "messages ne sont pas partis")
            raise CommandError(f"{failed} : le journal dit pourquoi. Relancez la commande.")
