from django.apps import AppConfig

from publishing import lookups


class PublishingConfig(AppConfig):
    name = "publishing"
    verbose_name = "Publication"

    def ready(self) -> None:
        lookups.register()
