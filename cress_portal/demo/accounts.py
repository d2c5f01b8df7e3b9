"""The accounts of the demonstration: one for each role, all with the same published password."""

from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet

from people.accounts import open_account
from people.memberships import grant
from people.models import Membership, Person, Role, User
from territories.models import EPCI_KINDS, Collectivite

PASSWORD = "demo-ess-2026"  # noqa: S105 written in the documentation: the demonstration hides nothing
NANTES = "244400404"
ANGERS = "244900015"


class Account(NamedTuple):
    """Someone who tries the portal; without SIREN he belongs to the CRESS team."""

    email: str
    first_name: str
    last_name: str
    job: str
    role: Role
    siren: str = ""


ACCOUNTS = (
    Account("cress@demo.test", "Maud", "Kerbrat", "Responsable des territoires", Role.MANAGER),
    Account("redaction@demo.test", "Ismaël", "Fontenay", "Chargé de mission territoires", Role.EDITOR),
    Account("agent@demo.test", "Solène", "Abgrall", "Chargée de mission ESS", Role.CONTRIBUTOR, NANTES),
    Account("elue@demo.test", "Aïcha", "Lormont", "Élue déléguée à l’ESS", Role.READER, NANTES),
    Account("autre@demo.test", "Bastien", "Rouvray", "Chargé de mission ESS", Role.CONTRIBUTOR, ANGERS),
)


def open_accounts() -> int:
    """Open the accounts that are missing, each with its role and the person that the portal names; count them."""
    missing = [account for account in ACCOUNTS if not User.objects.filter(email=account.email).exists()]
    for account in missing:
        _open(account)
    return len(missing)


@transaction.atomic
def _open(account: Account) -> None:
    names = {"first_name": account.first_name, "last_name": account.last_name}
    user = open_account(account.email, **names, password=PASSWORD)
    collectivite = Collectivite.objects.get(kind__in=EPCI_KINDS, code=account.siren) if account.siren else None
    grant(user, collectivite, account.role)
    Person.objects.create(**names, job=account.job, user=user)


def demo_memberships() -> QuerySet[Membership]:
    """The roles that the accounts hold now, in the order of the accounts."""
    emails = [account.email for account in ACCOUNTS]
    return Membership.objects.filter(user__email__in=emails).select_related("user", "collectivite").order_by("pk")
