"""Reports are added, said again, taken back; nothing is rewritten and nothing is lost."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from publishing.versions import StaleVersionError
from roadmaps.editions import open_draft, publish
from roadmaps.following import (
    EarlierError,
    NotFollowedError,
    NothingSaidError,
    NotLastError,
    SettledError,
    report,
    still_exact,
    withdraw,
)
from roadmaps.models import Action, Edition, ProgressReport
from roadmaps.models.progress import NOT_YET, with_report
from roadmaps.progress import Situation
from roadmaps.selection import Picked
from tests.people.factories import UserFactory
from tests.roadmaps.factories import ActionFactory, EditionFactory

DAY = dt.date(2026, 3, 3)


def said(edition, agent, **fields):
    return ProgressReport(roadmap=edition.roadmap, by=agent, **{"status": "ongoing", "said_on": DAY} | fields)


def picked(*actions):
    """Pick actions as they are now."""
    keys = ProgressReport.objects.all().latest_of_each().values_list("uid", "pk")
    return [Picked(action.uid, dict(keys).get(action.uid, 0)) for action in actions]


def statuses(edition):
    actions = with_report(Action.objects.filter(edition=edition)).select_related("horizon").order_by("position")
    return [Situation.of(action).status for action in actions]


@pytest.fixture
def actions(edition):
    return list(edition.action_set.order_by("position"))


def test_the_latest_report_is_the_status_and_silence_is_none(edition, agent, actions):
    first, second, _ = actions
    report(said(edition, agent), picked(first, second))
    report(said(edition, agent, status="done"), picked(second))
    assert statuses(edition) == ["ongoing", "done", "unsaid"]
    assert ProgressReport.objects.count() == 3


def test_a_status_follows_its_action_into_the_next_edition(edition, agent, actions):
    report(said(edition, agent), picked(actions[0]))
    draft = open_draft(edition.roadmap)
    Action.objects.filter(edition=draft, uid=actions[1].uid).delete()
    publish(draft, by=None)
    assert statuses(draft) == ["ongoing", "unsaid"]
    report(said(draft, agent, status="done"), picked(actions[0]))
    assert statuses(draft) == ["done", "unsaid"]
    with pytest.raises(NotFollowedError):
        report(said(draft, agent), picked(actions[1]))


@pytest.mark.parametrize("where", ["draft", "another roadmap", "nowhere"])
def test_only_actions_in_force_are_reported_on(edition, agent, actions, where):
    draft = open_draft(edition.roadmap)
    stray = {
        "draft": ActionFactory(objective=draft.objective_set.first()),
        "another roadmap": ActionFactory(objective__edition=EditionFactory(published=True)),
        "nowhere": Action(uid="zzzzzzzz"),
    }[where]
    for gesture in (
        lambda: report(said(edition, agent), picked(actions[0], stray)),
        lambda: still_exact(edition.roadmap, picked(actions[0], stray), agent),
    ):
        with pytest.raises(NotFollowedError):
            gesture()
    assert not ProgressReport.objects.exists()


def test_nothing_is_said_over_what_was_not_read(edition, agent, actions):
    before = picked(actions[0])
    report(said(edition, agent, status="paused"), before)
    for gesture in (
        lambda: report(said(edition, agent), before),
        lambda: still_exact(edition.roadmap, before, agent),
    ):
        with pytest.raises(StaleVersionError):
            gesture()
    assert statuses(edition) == ["paused", "unsaid", "unsaid"]


def test_a_report_is_of_a_day_that_has_come_and_not_before_the_last_one(edition, agent, actions, time_machine):
    time_machine.move_to("2026-03-03T10:00:00+01:00")
    with pytest.raises(ValidationError) as refusal:
        report(said(edition, agent, said_on=dt.date(2026, 3, 4)), picked(actions[0]))
    assert refusal.value.message_dict == {"said_on": [NOT_YET]}
    report(said(edition, agent), picked(actions[0]))
    with pytest.raises(EarlierError, match=r"^Le dernier point d’étape est du 3\xa0mars 2026"):
        report(said(edition, agent, said_on=dt.date(2026, 3, 2)), picked(*actions))
    report(said(edition, agent, status="done"), picked(actions[0]))
    assert statuses(edition) == ["done", "unsaid", "unsaid"]


def test_still_exact_renews_the_date_of_many_actions_and_changes_nothing_else(edition, agent, actions):
    report(said(edition, agent, text="Le lieu est trouvé.", weather="clear"), picked(actions[0]))
    report(said(edition, agent, status="planned"), picked(*actions[1:]))
    renewed = still_exact(edition.roadmap, picked(*actions), agent)
    rows = [(one.status, one.text, one.weather, one.said_on, one.is_renewal) for one in renewed]
    today = timezone.localdate()
    assert rows == [
        ("ongoing", "Le lieu est trouvé.", "clear", today, True),
        ("planned", "", "", today, True),
        ("planned", "", "", today, True),
    ]
    assert len({one.batch for one in renewed}) == 1


def test_nothing_is_said_again_where_nothing_was_said(edition, agent, actions):
    report(said(edition, agent), picked(actions[0]))
    with pytest.raises(NothingSaidError, match=r"^Rien n’a encore été dit de cette action") as refusal:
        still_exact(edition.roadmap, picked(*actions), agent)
    assert refusal.value.uids == {action.uid for action in actions[1:]}
    assert statuses(edition) == ["ongoing", "unsaid", "unsaid"]


def test_a_report_is_taken_back_for_a_day(edition, agent, actions, time_machine):
    time_machine.move_to("2026-03-03T10:00:00+01:00", tick=False)
    (first,) = report(said(edition, agent), picked(actions[0]))
    (second,) = report(said(edition, agent), picked(actions[1]))
    time_machine.move_to("2026-03-04T10:00:00+01:00", tick=False)
    assert withdraw(edition.roadmap, first.batch, agent) == 1
    time_machine.move_to("2026-03-04T10:00:01+01:00", tick=False)
    with pytest.raises(SettledError, match=r"^Ce point d’étape est public depuis plus d’un jour"):
        withdraw(edition.roadmap, second.batch, agent)
    assert statuses(edition) == ["unsaid", "ongoing", "unsaid"]


def test_a_gesture_is_taken_back_as_one_or_for_one_action(edition, agent, actions):
    report(said(edition, agent), picked(*actions))
    done = report(said(edition, agent, status="done"), picked(*actions))
    assert withdraw(edition.roadmap, done[0].batch, agent, actions[1].uid) == 1
    assert statuses(edition) == ["done", "ongoing", "done"]
    assert withdraw(edition.roadmap, done[0].batch, agent) == 2
    assert statuses(edition) == ["ongoing", "ongoing", "ongoing"]
    with pytest.raises(NotLastError):
        withdraw(edition.roadmap, done[0].batch, agent)


def test_only_one_s_own_last_report_is_taken_back_all_or_nothing(edition, agent, actions):
    (first, *_) = report(said(edition, agent), picked(*actions))
    with pytest.raises(NotLastError):
        withdraw(edition.roadmap, first.batch, UserFactory())
    with pytest.raises(NotLastError):
        withdraw(EditionFactory().roadmap, first.batch, agent)
    report(said(edition, agent, status="done"), picked(actions[2]))
    with pytest.raises(NotLastError):
        withdraw(edition.roadmap, first.batch, agent)
    assert ProgressReport.objects.count() == 4


@pytest.mark.parametrize("count", [1, 3, 40])
def test_a_gesture_costs_the_same_for_forty_actions(agent, django_assert_num_queries, count):
    other = whole(count)
    rows = list(other.action_set.all())
    with django_assert_num_queries(9):
        report(said(other, agent), picked_at_first(rows))
    seen = picked(*rows)
    with django_assert_num_queries(8):
        still_exact(other.roadmap, seen, agent)


def whole(count):
    objective = ActionFactory(objective__edition__published=True).objective
    ActionFactory.create_batch(count - 1, objective=objective)
    return Edition.objects.get(pk=objective.edition_id)


def picked_at_first(actions):
    return [Picked(action.uid, 0) for action in actions]
