from django.core.management.base import BaseCommand, CommandError

from alerts.sending import send_alerts
from alerts.subscribing import forget_unconfirmed
from ui.typography import plural


class Command(BaseCommand):
    help = (
        "Envoie à chaque abonné·e ce qui est nouveau dans ce qu’il ou elle suit, et efface les demandes que personne "
        "n’a confirmées en sept jours. À lancer chaque jour\u00a0; relancée, elle n’envoie rien deux fois, et réessaie "
        "ce qui n’est pas parti."
    )

    def handle(self, **options: object) -> None:
        forgotten = forget_unconfirmed()
        sending = send_alerts(lambda number: self.stdout.write(f"  alerte {number}"))
        self.stdout.write(
            f"Envoyés\u00a0: {plural(sending.sent, 'message', 'messages')}. "
            f"Effacées\u00a0: {plural(forgotten, 'demande', 'demandes')}."
        )
        if sending.failed:
            raise CommandError(
                f"Non partis\u00a0: {plural(sending.failed, 'message', 'messages')}, relancez plus tard."
            )
