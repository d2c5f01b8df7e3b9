from typing import Any

from django.core.management.base import BaseCommand

from roadmaps.listing import list_all
from ui.typography import plural


class Command(BaseCommand):
    """Write again what the public lists of roadmaps and actions stand on."""

    help = "Réécrit ce sur quoi reposent les listes publiques, après un import du code officiel géographique."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(plural(list_all(), "feuille de route listée", "feuilles de route listées"))
