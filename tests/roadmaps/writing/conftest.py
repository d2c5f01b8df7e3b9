import pytest
from django.urls import reverse

from people.models import Role
from tests.people.factories import team_member
from tests.roadmaps.factories import EditionFactory


@pytest.fixture
def edition(db):
    return EditionFactory()


@pytest.fixture
def base(edition):
    """The address under which the edition is written."""
    return reverse("edition-edit", args=[edition.roadmap.slug, edition.number])


@pytest.fixture
def editor(db, client_for):
    return client_for(team_member(Role.EDITOR))


@pytest.fixture
def manager(db, client_for):
    return client_for(team_member(Role.MANAGER))
