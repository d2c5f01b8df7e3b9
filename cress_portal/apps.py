from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class PortalConfig(AppConfig):
    name = "cress_portal"
    verbose_name = "Portail"

    def ready(self) -> None:
        from cress_portal.shown import watch_shown_tables

        post_migrate.connect(watch_shown_tables, sender=apps.get_app_config("publishing"))
