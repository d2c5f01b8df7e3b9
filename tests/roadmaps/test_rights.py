import pytest
from django.contrib.auth.models import AnonymousUser
from rules import test_rule as allows
from zeal import zeal_ignore

from people.models import Role
from roadmaps.models import Edition, Roadmap
from territories.models import Collectivite
from tests.people.factories import UserFactory, member, team_member
from tests.roadmaps.factories import EditionFactory, RoadmapFactory
from tests.territories.factories import CollectiviteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editions() -> list[Edition]:
    """One published and one draft of A; a draft of B that A carries too; a draft of B alone."""
    a, b = CollectiviteFactory(slug="a"), CollectiviteFactory(slug="b")
    of_a = RoadmapFactory(collectivite=a)
    return [
        EditionFactory(roadmap=of_a, number=1, published=True),
        EditionFactory(roadmap=of_a, number=2),
        EditionFactory(roadmap=RoadmapFactory(collectivite=b, co_carriers=[a])),
        EditionFactory(roadmap=RoadmapFactory(collectivite=b)),
    ]


def people() -> dict[str, object]:
    a, b = Collectivite.objects.filter(slug__in="ab").order_by("slug")
    inactive = team_member(Role.MANAGER)
    inactive.is_active = False
    return {
        "nobody": AnonymousUser(),
        "user without membership": UserFactory(),
        "superuser without membership": UserFactory(is_superuser=True),
        "inactive manager": inactive,
        "reader of A": member(a, Role.READER),
        "contributor of A": member(a, Role.CONTRIBUTOR),
        "contributor of B": member(b, Role.CONTRIBUTOR),
        "CRESS reader": team_member(Role.READER),
        "CRESS contributor": team_member(Role.CONTRIBUTOR),
        "CRESS editor": team_member(Role.EDITOR),
        "CRESS manager": team_member(Role.MANAGER),
    }


# fmt: off
LAW = {  # who: which of the four editions he reads, whether he writes, whether he publishes, on which he reports
    "nobody":                       ([True, False, False, False], False, False, [False, False, False, False]),
    "user without membership":      ([True, False, False, False], False, False, [False, False, False, False]),
    "superuser without membership": ([True, False, False, False], False, False, [False, False, False, False]),
    "inactive manager":             ([True, False, False, False], False, False, [False, False, False, False]),
    "reader of A":                  ([True, True, True, False],   False, False, [False, False, False, False]),
    "contributor of A":             ([True, True, True, False],   False, False, [True, True, True, False]),
    "contributor of B":             ([True, False, True, True],   False, False, [False, False, True, True]),
    "CRESS reader":                 ([True, True, True, True],    False, False, [False, False, False, False]),
    "CRESS contributor":            ([True, True, True, True],    False, False, [True, True, True, True]),
    "CRESS editor":                 ([True, True, True, True],    True,  False, [True, True, True, True]),
    "CRESS manager":                ([True, True, True, True],    True,  True,  [True, True, True, True]),
}
# fmt: on


@pytest.mark.parametrize("who", LAW)
def test_the_two_faces_of_the_law_agree(editions: list[Edition], who: str) -> None:
    user = people()[who]
    reads, writes, publishes, reports = LAW[who]
    visible = set(Edition.objects.visible_to(user))
    loaded = Edition.objects.order_by("pk").select_related("roadmap__collectivite")
    loaded = loaded.prefetch_related("roadmap__co_carriers")
    assert [allows("roadmaps.read_edition", user, edition) for edition in loaded] == reads
    assert [edition in visible for edition in editions] == reads
    assert allows("roadmaps.write", user, editions[0].roadmap) == writes
    assert allows("roadmaps.publish", user, editions[0].roadmap) == publishes
    reported = set(Roadmap.objects.reported_by(user))
    assert [allows("roadmaps.report", user, edition.roadmap) for edition in loaded] == reports
    assert [edition.roadmap in reported for edition in editions] == reports


def test_a_roadmap_is_visible_when_one_of_its_editions_is(editions: list[Edition]) -> None:
    users = people()
    with zeal_ignore():  # each of them asks for himself
        counts = {
            who: Roadmap.objects.visible_to(users[who]).count() for who in ("nobody", "reader of A", "CRESS editor")
        }
    assert counts == {"nobody": 1, "reader of A": 2, "CRESS editor": 3}
