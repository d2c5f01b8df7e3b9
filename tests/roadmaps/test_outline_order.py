"""Whatever is done to an outline, in whatever order: ranks are 0, 1, 2… among siblings, and levels follow parents."""

import contextlib
from collections import defaultdict

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from zeal import zeal_ignore

from roadmaps.copies import duplicate
from roadmaps.models import Action, Edition, Objective, Revision
from roadmaps.places import move_to, offers
from roadmaps.restoration import CannotComeBackError, restore
from roadmaps.writing import delete_row, move_row
from tests.people.factories import team_member
from tests.roadmaps.factories import ActionFactory, EditionFactory, ObjectiveFactory

MOST = 40  # rows of each kind: a branch that is copied again and again would fill the machine
STEPS = ("up", "down", "move to", "delete", "restore", "duplicate")


def small_outline() -> Edition:
    edition = EditionFactory(level_3_name="Sous-objectif")
    for axis in (ObjectiveFactory(edition=edition, position=rank) for rank in range(2)):
        for rank in range(2):
            child = ObjectiveFactory(parent=axis, position=rank)
            for place in range(2):
                ActionFactory(objective=child, position=place)
    return edition


def rows_of(edition, model):
    return list(model.objects.filter(edition=edition).select_related("edition__roadmap").order_by("pk"))


def bring_back(edition, by, number):
    """Restore something from the bin, unless it waits for what it hung on."""
    deleted = list(Revision.objects.in_bin().filter(edition=edition).order_by("pk"))
    if deleted:
        with contextlib.suppress(CannotComeBackError):
            restore(deleted[number % len(deleted)], by)


def act(edition, by, step, model, number):
    """Do one thing to one row, or nothing where there is nothing to do it to."""
    rows = rows_of(edition, model)
    if not rows:
        return
    row = rows[number % len(rows)]
    if step in {"up", "down"}:
        move_row(row, -1 if step == "up" else 1, by=by)
    elif step == "move to":
        places = [place for offer in offers(row, edition) for place, _ in offer.places]
        move_to(row, places[number % len(places)], by=by)
    elif step == "delete":
        delete_row(row, row.version, by=by)
    elif len(rows_of(edition, Objective)) < MOST and len(rows_of(edition, Action)) < MOST:
        duplicate(row, by=by)


def check(edition):
    together = defaultdict(list)
    for one in rows_of(edition, Objective):
        together["objective", one.parent_id].append(one.position)
        assert one.depth == one.parent_depth + 1
        assert one.parent_depth == (one.parent.depth if one.parent else 0)
    for one in rows_of(edition, Action):
        together["action", one.objective_id].append(one.position)
    for ranks in together.values():
        assert sorted(ranks) == list(range(len(ranks)))


@pytest.mark.django_db
@zeal_ignore()
@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(
    steps=[
        ("delete", Objective, 196),
        ("move to", Objective, 924),
        ("move to", Objective, 93),
        ("restore", Objective, 0),
    ]
)
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(STEPS), st.sampled_from([Objective, Action]), st.integers(0, 10_000)),
        min_size=3,
        max_size=14,
    )
)
def test_order_is_dense_and_unique_after_any_sequence(steps):
    edition, by = small_outline(), team_member()
    for step, model, number in steps:
        if step == "restore":
            bring_back(edition, by, number)
        else:
            act(edition, by, step, model, number)
        check(edition)
