import pytest

from people.models import Role
from tests.people.factories import team_member


@pytest.fixture
def editor(db, client_for):
    return client_for(team_member(Role.EDITOR))


@pytest.fixture
def manager(db, client_for):
    return client_for(team_member(Role.MANAGER))
