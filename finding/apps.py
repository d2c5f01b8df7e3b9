from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class FindingConfig(AppConfig):
    name = "finding"
    verbose_name = "Recherche"

    def ready(self) -> None:
        autodiscover_modules("findable")
