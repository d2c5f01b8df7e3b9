"""Several people report on the same action at once: exactly one is heard, the others are told."""

import threading

import pytest
from django.db import connections

from publishing.versions import StaleVersionError
from roadmaps.following import report
from roadmaps.models import ProgressReport
from roadmaps.selection import Picked
from tests.people.factories import UserFactory
from tests.roadmaps.factories import ActionFactory


@pytest.mark.django_db(transaction=True)
def test_of_four_reports_over_the_same_reading_one_is_kept():
    action = ActionFactory(objective__edition__published=True)
    users, outcomes, start = UserFactory.create_batch(4), [], threading.Barrier(4)

    def speak(user):
        start.wait()
        try:
            report(ProgressReport(roadmap=action.edition.roadmap, by=user, status="ongoing"), [Picked(action.uid, 0)])
            outcomes.append("kept")
        except StaleVersionError:
            outcomes.append("told")
        connections.close_all()

    people = [threading.Thread(target=speak, args=(user,)) for user in users]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert (sorted(outcomes), ProgressReport.objects.count()) == (["kept", "told", "told", "told"], 1)
