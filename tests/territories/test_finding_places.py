"""From what a visitor types to the communes that it may mean."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from territories.finding_places import Meant, commune_at, heir_of, meant_by
from territories.models import PostalCode
from tests.territories.factories import CollectiviteFactory

pytestmark = pytest.mark.django_db
REGION = "52"


def commune(name: str, slug: str, departement, **kwargs):
    return CollectiviteFactory(commune=True, name=name, slug=slug, departement=departement, **kwargs)


@pytest.fixture
def places():
    region = CollectiviteFactory(kind="region", code=REGION, name="Pays de la Loire")
    loire = CollectiviteFactory(as_departement=True, code="44", name="Loire-Atlantique", region=region)
    aisne = CollectiviteFactory(as_departement=True, code="02", name="Aisne")
    PostalCode.objects.create(commune=commune("Nantes", "nantes-44", loire, population=320_000), code="44000")
    commune("Nanteuil-le-Haudouin", "nanteuil-le-haudouin-02", aisne, population=4_000)
    commune("Vigneux-Hocquet", "vigneux-hocquet-02", aisne, population=9_000)
    commune("Vigneux-de-Bretagne", "vigneux-de-bretagne-44", loire, population=6_000)
    commune("Saint-Denis", "saint-denis-02", aisne, population=3)
    commune("Saint-Denis", "saint-denis-974", CollectiviteFactory(as_departement=True, code="974"), population=150_000)
    commune("La Chapelle-sur-Erdre", "la-chapelle-sur-erdre-44", loire)
    commune("Châteaubriant", "chateaubriant-44", loire)
    commune("Dantes", "dantes-02", aisne)
    CollectiviteFactory(name="Nantes Métropole")


def slugs(meant: Meant) -> list[str]:
    return [one.slug for one in meant.communes]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Nantes", ["nantes-44"]),
        ("  NANTES ", ["nantes-44"]),
        ("44000", ["nantes-44"]),
        ("nant", ["nantes-44", "nanteuil-le-haudouin-02"]),
        ("vigneux", ["vigneux-de-bretagne-44", "vigneux-hocquet-02"]),  # those of the région come first
        ("st denis", ["saint-denis-974", "saint-denis-02"]),
        ("chateaubriant", ["chateaubriant-44"]),
        ("Nantes Métropole", []),
        ("99999", []),
        ("(.*)+", []),
        ("", []),
    ],
)
def test_a_name_a_code_or_the_start_of_a_name_finds_communes(places, text: str, found: list[str]) -> None:
    meant = meant_by(text, REGION)
    assert (slugs(meant), meant.is_near and bool(found)) == (found, False)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Natnes", ["nantes-44"]),
        ("nantess", ["nantes-44"]),
        ("mantes", ["nantes-44"]),  # in the région, the first letter may be wrong
        ("shateaubriand", ["chateaubriant-44"]),
        ("chapele sur erdre", ["la-chapelle-sur-erdre-44"]),
        ("sain denys", ["saint-denis-02", "saint-denis-974"]),
        ("xyzzy", []),
        ("قرية", []),
        ("' OR 1=1 --", []),
        ("l" * 10_000, []),
    ],
)
def test_slips_are_forgiven(places, text: str, found: list[str]) -> None:
    meant = meant_by(text, REGION)
    assert (slugs(meant), meant.is_near) == (found, True)


def test_what_is_named_so_and_is_no_commune_is_told_apart(places) -> None:
    meant = meant_by("Nantes Métropole", REGION)
    assert [one.name for one in meant.others] == ["Nantes Métropole"]


@pytest.mark.parametrize("count", [1, 3, 40])
def test_a_look_up_costs_the_same_whatever_the_register_holds(count: int) -> None:
    loire = CollectiviteFactory(as_departement=True, code="44")
    for number in range(count):
        name = f"bourg-{chr(97 + number // 20)}{chr(97 + number % 20)}"
        commune(name, f"{name}-44", loire)
    spent = []
    for text in ("bourg", "Buorg-aa", "00000"):
        with CaptureQueriesContext(connection) as queries:
            meant_by(text, REGION)
        spent.append(len(queries))
    assert spent == [1, 4, 1]


def test_a_commune_that_ended_leads_to_the_one_that_took_its_place() -> None:
    loire = CollectiviteFactory(as_departement=True, code="44")
    last = commune("Loireauxence", "loireauxence-44", loire)
    middle = commune("Varades", "varades-44", loire, ended_on="2016-01-01", replaced_by=last)
    first = commune("Bourg", "bourg-44", loire, ended_on="2000-01-01", replaced_by=middle)
    found = commune_at("bourg-44")
    assert (found, heir_of(first), heir_of(last)) == (first, last, last)


def test_an_address_that_is_no_commune_leads_nowhere() -> None:
    assert commune_at(CollectiviteFactory().slug) is None
