"""The order of the installation: territories, accounts, library, roadmaps, bodies, pages, positions, team."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings

from cress_portal.demo.accounts import ACCOUNTS, open_accounts
from cress_portal.demo.contact import fill_contact
from cress_portal.demo.documents import read_documents, write_document
from cress_portal.demo.instances import write_register
from cress_portal.demo.library import fill_library
from cress_portal.demo.pages import fill_pages
from cress_portal.demo.positions import fill_positions
from people.models import Person, User
from roadmaps.models import Roadmap
from territories.cog import SHIPPED_FOLDER, import_vintage, read_vintage
from territories.models import Collectivite, Kind

PUBLISHER, REFERENT = (account.email for account in ACCOUNTS[:2])


@dataclass
class Report:
    """What an installation did."""

    collectivites: int = 0
    accounts: int = 0
    roadmaps: int = 0
    instances: int = 0
    pages: int = 0
    positions: int = 0

    @property
    def changed_nothing(self) -> bool:
        return not any(vars(self).values())


def install(tell: Callable[[str], object]) -> Report:
    """Put in what is missing of the demonstration; what is there already is left as visitors made it.

    Args:
        tell: is given the title of each roadmap once it is in, for printing them takes a while; then the bodies.

    Raises:
        DemoFileError: a file does not hold together; the roadmaps before it are installed.
    """
    documents = read_documents()
    report = Report(collectivites=import_territories(), accounts=open_accounts())
    publisher = User.objects.get(email=PUBLISHER)
    fill_library(publisher)
    referent = Person.objects.get(user__email=REFERENT)
    known = set(Roadmap.objects.filter(slug__in=documents).values_list("slug", flat=True))
    for slug, document in documents.items():
        if slug not in known:
            tell(write_document(slug, document, publisher, referent).title)
            report.roadmaps += 1
    report.instances = write_register(tell, referent.user)
    report.pages = fill_pages(publisher)
    report.positions = fill_positions(publisher)
    fill_contact()
    return report


def import_territories() -> int:
    """Import the shipped list of collectivités if the region of the portal is unknown; count the new ones."""
    if Collectivite.objects.filter(kind=Kind.REGION, code=settings.REGION_CODE).exists():
        return 0
    return import_vintage(read_vintage(SHIPPED_FOLDER)).created
