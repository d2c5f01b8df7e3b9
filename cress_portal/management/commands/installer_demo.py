from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cress_portal.demo import DemoFileError, install
from cress_portal.demo.accounts import PASSWORD, demo_memberships
from ui.typography import plural


class Command(BaseCommand):
    help = (
        "Installe la démonstration : territoires, comptes, organismes, feuilles de route, instances, pages, positions. "
        "Peut être relancée : ce qui est déjà là n’est pas touché."
    )

    def handle(self, **options: object) -> None:
        if not (settings.DEMO or settings.DEBUG):
            raise CommandError(
                "Rien n’a été installé : la démonstration ouvre des comptes au mot de passe public. "
                "Elle ne s’installe que sur un portail lancé avec DEMO=1 ou DEBUG=1."
            )
        try:
            report = install(lambda title: self.stdout.write(f"  {title}"))
        except DemoFileError as error:
            raise CommandError(f"Installation interrompue.\n{error}") from error
        if report.changed_nothing:
            self.stdout.write("La démonstration était déjà installée : rien n’a changé.")
        else:
            self.stdout.write(
                f"Installés : {plural(report.collectivites, 'collectivité', 'collectivités')}, "
                f"{plural(report.accounts, 'compte', 'comptes')}, "
                f"{plural(report.roadmaps, 'feuille de route', 'feuilles de route')}, "
                f"{plural(report.instances, 'instance', 'instances')}, {plural(report.pages, 'page', 'pages')}, "
                f"{plural(report.positions, 'prise de position', 'prises de position')}."
            )
        self.stdout.write("Comptes de démonstration :")
        for membership in demo_memberships():
            what = f"{membership.get_role_display()}, {membership.scope}"
            self.stdout.write(f"  {membership.user.email} – {what} – mot de passe : {PASSWORD}")
