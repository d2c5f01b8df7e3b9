import pytest
from django.urls import reverse

from people.models import Role
from tests.people.factories import member
from tests.roadmaps.whole import whole_edition


@pytest.fixture
def edition(db):
    """In force, with three actions due in 2027."""
    edition = whole_edition(actions=3, published=True)
    edition.horizon_set.update(last_year=2027)
    return edition


@pytest.fixture
def agent(edition):
    return member(edition.roadmap.collectivite, Role.CONTRIBUTOR)


@pytest.fixture
def address(edition):
    return reverse("roadmap-progress", args=[edition.roadmap.slug])
