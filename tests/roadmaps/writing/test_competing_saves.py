"""Several people save the same fiche at once; `python -m bench.competing_saves` does it 1,200 times."""

from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse

from bench.competing_saves import compete, count_lost
from roadmaps.models import Action
from tests.people.factories import team_member
from tests.roadmaps.whole import whole_edition


@pytest.mark.django_db(transaction=True)
def test_a_save_that_is_accepted_among_competing_ones_is_never_lost():
    edition = whole_edition(1)
    action = Action.objects.get()
    address = reverse("part-edit", args=[edition.roadmap.slug, edition.number, "actions", action.uid])
    clients = [Client() for _ in range(3)]
    for client in clients:
        client.force_login(team_member())

    accepted, answers = compete(clients, address, saves=6)

    assert set(answers) <= {HTTPStatus.FOUND, HTTPStatus.CONFLICT}
    assert (sum(answers.values()), answers[HTTPStatus.FOUND], count_lost(accepted)) == (18, len(accepted), 0)
    assert accepted
