"""What a version shows is known without laying it out: what is named the same in the stock shows the same."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from django.test import override_settings
from zeal import zeal_ignore

from instances.models import Instance
from people.models import Person
from roadmaps.models import Action, Edition
from roadmaps.print_choice import PrintChoice
from roadmaps.print_facts import facts_shown, makers
from tests.instances.factories import InstanceFactory, SubjectFactory
from tests.people.factories import PersonFactory
from tests.roadmaps.factories import ProgressReportFactory
from tests.roadmaps.test_freezing import CHANGES, published

pytestmark = pytest.mark.django_db

MORE: dict[str, Callable[[Edition], object]] = {
    "a subject": lambda edition: SubjectFactory(roadmap=edition.roadmap, uid=Action.objects.all()[0].uid),
    "the name of a body": lambda _: Instance.objects.update(name="Autre instance"),
    "the name of an élu·e": lambda _: Person.objects.update(first_name="Autre"),
    "a report": lambda edition: ProgressReportFactory(action=edition.action_set.first()),
}


FOLLOWED = PrintChoice("conseil", has_follow_up=True)


def facts(choice: PrintChoice = FOLLOWED) -> str:
    return facts_shown(Edition.objects.with_carriers().get(), choice)


@pytest.fixture
@zeal_ignore()
def edition() -> Edition:
    made = published()
    InstanceFactory().roadmaps.add(made.roadmap)
    Action.objects.update(elected_referent=PersonFactory())
    return made


@zeal_ignore()
@pytest.mark.parametrize("change", [*CHANGES, *MORE])
def test_whatever_changes_what_is_shown_gives_another_name(edition: Edition, change: str) -> None:
    before = facts()
    assert facts() == before
    (CHANGES[change](edition.roadmap) if change in CHANGES else MORE[change](edition))
    assert facts() != before


@zeal_ignore()
def test_a_report_changes_only_what_tells_of_it(edition: Edition) -> None:
    before = facts(PrintChoice("conseil"))
    MORE["a report"](edition)
    assert facts(PrintChoice("conseil")) == before


@zeal_ignore()
def test_another_day_another_choice_another_portal_are_other_versions(edition: Edition, tmp_path: Path) -> None:
    names = [facts(), facts(PrintChoice("conseil", is_large=True))]
    with time_machine.travel(datetime(2031, 1, 1, tzinfo=UTC)):
        names.append(facts())
    with override_settings(PORTAL_NAME="Un autre portail"):
        names.append(facts())
    makers.cache_clear()
    with override_settings(BASE_DIR=tmp_path):  # of another version
        names.append(facts())
    makers.cache_clear()
    assert len(set(names)) == 5
