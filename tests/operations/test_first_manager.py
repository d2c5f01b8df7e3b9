"""What docs/deploying.md says of the first account works as it is written."""

import re

import pytest
from django.conf import settings
from django.core.management import call_command

from people.models import Role, User


@pytest.mark.django_db
def test_the_documented_command_names_the_first_manager():
    text = (settings.BASE_DIR / "docs" / "deploying.md").read_text()
    command = re.search(r'shell -c "\n(.+?)"\n', text, re.DOTALL)[1]
    call_command("shell", command=command, no_imports=True)
    manager = User.objects.get(email="prenom.nom@cress.example")
    assert [(m.role, m.collectivite) for m in manager.memberships.all()] == [(Role.MANAGER, None)]
