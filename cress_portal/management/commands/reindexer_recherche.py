from django.core.management.base import BaseCommand

from finding.index import rebuild
from ui.typography import plural


class Command(BaseCommand):
    help = (
        "Reconstruit l’index de la recherche à partir de ce qui est publié, et dit ce qui différait. "
        "Il se tient à jour tout seul : à lancer après une restauration ou une nouvelle version."
    )

    def handle(self, **options: object) -> None:
        change = rebuild()
        if not change:
            self.stdout.write("L’index était à jour : rien n’a changé.")
            return
        entries = (
            (change.added, "entrée ajoutée", "entrées ajoutées"),
            (change.removed, "entrée retirée", "entrées retirées"),
            (change.changed, "entrée corrigée", "entrées corrigées"),
            (change.words, "mot recompté", "mots recomptés"),
        )
        self.stdout.write(f"Index reconstruit : {', '.join(plural(*entry) for entry in entries if entry[0])}.")
