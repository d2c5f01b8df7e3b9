"""Those who have the same sheet open are told of each other, and forgotten soon after."""

import datetime as dt

import time_machine

from people.models import Role
from roadmaps.models import Presence
from roadmaps.presence import sign_of_life, told
from tests.people.factories import team_member
from tests.roadmaps.factories import ObjectiveFactory

NOW = dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC)


def test_each_is_told_of_the_others_while_they_give_signs_of_life(edition):
    claire, alix = (team_member(Role.EDITOR) for _ in range(2))
    with time_machine.travel(NOW, tick=False):
        assert sign_of_life(edition, "a2b3c4d5", claire) == []
        assert sign_of_life(edition, "a2b3c4d5", alix) == [claire]
        assert sign_of_life(edition, "autre222", claire) == []
    with time_machine.travel(NOW + dt.timedelta(seconds=46), tick=False):
        assert sign_of_life(edition, "a2b3c4d5", alix) == []
    with time_machine.travel(NOW + dt.timedelta(seconds=120), tick=False):
        sign_of_life(edition, "a2b3c4d5", claire)
    assert [presence.user for presence in Presence.objects.select_related("user")] == [claire]


def test_the_page_says_it_in_a_sentence(editor, edition, base):
    row = ObjectiveFactory(edition=edition)
    address = f"{base}objectifs/{row.uid}/presence/"
    others = [team_member(Role.EDITOR) for _ in range(2)]
    for count, said in (
        (0, ""),
        (1, f"{others[0]} est aussi sur cette fiche."),
        (2, f"{others[0]} et {others[1]} sont aussi sur cette fiche."),
    ):
        for other in others[:count]:
            sign_of_life(edition, row.uid, other)
        assert editor.post(address).json() == {"said": said}
    assert told([]) == ""
