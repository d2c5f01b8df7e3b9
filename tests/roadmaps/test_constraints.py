"""What the database itself refuses, and what the form says of it."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from roadmaps.models import Action, Edition, Indicator, Objective
from tests.roadmaps.factories import (
    ActionFactory,
    EditionFactory,
    HorizonFactory,
    IndicatorFactory,
    ObjectiveFactory,
    RoadmapFactory,
)
from ui.partial_date import PartialDate

pytestmark = pytest.mark.django_db


def refuse(write: Callable[[], object]) -> None:
    """Check that the database refuses a write, at once or when the transaction would end."""
    with pytest.raises(IntegrityError), transaction.atomic():
        write()
        connection.check_constraints()


def test_the_horizon_of_an_action_is_of_its_edition() -> None:
    action, stranger = ActionFactory(), HorizonFactory()
    refuse(lambda: Action.objects.update(horizon=stranger))
    action.horizon = stranger
    with pytest.raises(ValidationError) as refusal:
        action.full_clean()
    assert refusal.value.message_dict == {"horizon": ["L’horizon choisi appartient à une autre édition."]}


def test_the_objective_of_an_action_is_of_its_edition() -> None:
    action, stranger = ActionFactory(), ObjectiveFactory()
    refuse(lambda: Action.objects.filter(pk=action.pk).update(objective=stranger))
    action.objective = stranger
    with pytest.raises(ValidationError) as refusal:
        action.full_clean()
    assert refusal.value.message_dict == {"objective": ["L’objectif choisi appartient à une autre édition."]}


def test_an_objective_cannot_hang_from_itself() -> None:
    objective = ObjectiveFactory()
    refuse(lambda: Objective.objects.update(parent=objective))
    refuse(lambda: Objective.objects.update(parent=objective, depth=2, parent_depth=1))


def test_an_objective_cannot_hang_from_one_that_hangs_from_it() -> None:
    top = ObjectiveFactory()
    child = ObjectiveFactory(parent=top)
    refuse(lambda: Objective.objects.filter(pk=top.pk).update(parent=child, depth=3, parent_depth=2))


def test_there_is_no_fourth_level() -> None:
    deep = ObjectiveFactory(parent=ObjectiveFactory(parent=ObjectiveFactory()))
    refuse(lambda: ObjectiveFactory(parent=deep))
    fourth = Objective(edition=deep.edition, title="Trop profond")
    fourth.place_under(deep)
    with pytest.raises(ValidationError) as refusal:
        fourth.full_clean()
    assert refusal.value.messages == ["Une édition a trois niveaux d’objectifs au plus."]


def test_there_is_no_second_draft() -> None:
    first = EditionFactory()
    refuse(lambda: EditionFactory(roadmap=first.roadmap, number=2))
    with pytest.raises(ValidationError) as refusal:
        Edition(roadmap=first.roadmap, number=2).full_clean()
    assert refusal.value.messages == ["Une édition de cette feuille de route est déjà en préparation."]


def test_a_period_does_not_end_before_it_starts() -> None:
    edition = EditionFactory()
    refuse(lambda: Edition.objects.update(period_start=2030, period_end=2026))
    edition.period_start, edition.period_end = 2030, 2026
    with pytest.raises(ValidationError, match="se termine avant de commencer"):
        edition.full_clean()


@pytest.mark.parametrize(
    ("start", "end", "is_fine"),
    [
        (PartialDate(2026, 5), PartialDate(2026), True),
        (PartialDate(2026), PartialDate(2026, 1), True),
        (PartialDate(2026, 5, 13), PartialDate(2026, 5), True),
        (PartialDate(2026, 5), PartialDate(2026, 4, 30), False),
        (PartialDate(2026), PartialDate(2025, 12), False),
    ],
)
def test_an_action_ends_after_it_starts_at_the_precision_of_each_date(
    start: PartialDate, end: PartialDate, is_fine: bool
) -> None:
    action = ActionFactory()

    def write() -> None:
        Action.objects.filter(pk=action.pk).update(starts_on=start, ends_on=end)

    if is_fine:
        write()
        action.refresh_from_db()
        assert (action.starts_on, action.ends_on) == (start, end)
    else:
        refuse(write)


def test_an_indicator_follows_either_an_objective_or_an_action() -> None:
    indicator = IndicatorFactory()
    refuse(lambda: Indicator.objects.update(action=None))
    refuse(lambda: Indicator.objects.update(objective=indicator.action.objective))


def test_a_uid_is_there_once_in_an_edition() -> None:
    action = ActionFactory()
    refuse(lambda: ActionFactory(objective=action.objective, uid=action.uid))
    assert ActionFactory(uid=action.uid).uid == action.uid


def test_a_roadmap_does_not_follow_itself() -> None:
    roadmap = RoadmapFactory()
    roadmap.predecessor = roadmap
    refuse(roadmap.save)
