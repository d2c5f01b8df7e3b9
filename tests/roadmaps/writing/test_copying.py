"""Copies of an action, a branch, a whole roadmap: what they take, what they leave, how they are undone."""

import pytest
from django.urls import reverse

from roadmaps.copies import COPY
from roadmaps.editions import TAKEN
from roadmaps.models import (
    CONTENT_MODELS,
    Action,
    ActionActor,
    Edition,
    Funding,
    Horizon,
    Indicator,
    Measure,
    Objective,
    Roadmap,
    Step,
)
from roadmaps.restoration import undo
from roadmaps.snapshots import sheet
from roadmaps.snapshots import whole as taken
from tests.people.factories import team_member
from tests.roadmaps.whole import whole_edition
from tests.roadmaps.writing.hands import complaints
from tests.territories.factories import CollectiviteFactory
from ui.partial_date import PartialDate


@pytest.fixture
def edition(db):
    return whole_edition(actions=2)


def whole(edition):
    return {name: sorted(rows, key=lambda row: row.get("uid", "")) for name, rows in taken(edition).items()}


def copied(editor, base, part, row):
    answer = editor.post(f"{base}{part}/{row.uid}/dupliquer/", follow=True)
    (message,) = answer.context["messages"]
    return message


def counts(edition):
    return {model.__name__: model.objects.filter(edition=edition).count() for model in CONTENT_MODELS}


def test_an_action_is_copied_right_after_itself_without_what_was_done(editor, base, edition):
    Step.objects.update(done_on=PartialDate(2026))
    Funding.objects.update(status=Funding.Status.SPENT)
    first = Action.objects.get(code="A0")
    before = whole(edition)
    message = copied(editor, base, "actions", first)
    assert str(message) == f"L’action « {first.title}{COPY} » est créée."
    rows = Action.objects.order_by("position").values_list("title", "code", "position")
    assert list(rows) == [
        (first.title, "A0", 0),
        (f"{first.title}{COPY}", "", 1),
        (Action.objects.get(code="A1").title, "A1", 2),
    ]
    copy = Action.objects.get(position=1)
    said = sheet(copy)
    assert said.keys() == sheet(first).keys() - {"measure"}
    assert [row["done_on"] for row in said["step"]] == [None]
    assert [row["status"] for row in said["funding"]] == ["planned"]
    assert [one.code for one in copy.linked_actions.all()] == ["A1"]
    undo(message.extra_tags, edition.roadmap, team_member())
    assert whole(edition) == before


def test_an_objective_is_copied_with_its_branch(editor, base, edition):
    top = Objective.objects.get(depth=1)
    before, size = whole(edition), counts(edition)
    message = copied(editor, base, "objectifs", top)
    twice = {"Objective": 6, "Action": 4, "ActionActor": 4, "Funding": 4, "Step": 4, "Indicator": 6}
    assert counts(edition) == size | twice
    copy = Objective.objects.get(title__endswith=COPY)
    assert [one.depth for one in Objective.objects.filter(parent__parent=copy)] == [3]
    inside = Action.objects.filter(objective__parent__parent=copy)
    assert [one.linked_actions.get().objective.parent.parent for one in inside.order_by("position")[:1]] == [copy]
    undo(message.extra_tags, edition.roadmap, team_member())
    assert whole(edition) == before


def test_a_title_that_is_full_makes_room_for_the_word(editor, base, edition):
    Action.objects.filter(code="A0").update(title="é" * 300)
    copied(editor, base, "actions", Action.objects.get(code="A0"))
    title = Action.objects.get(position=1).title
    assert (len(title), title[-len(COPY) :]) == (300, COPY)


def modelled(editor, edition, **answers):
    collectivite = CollectiviteFactory()
    address = f"{reverse('roadmap-duplicate', args=[edition.roadmap.slug])}?collectivite={collectivite.slug}"
    assert editor.get(address).status_code == 200
    return editor.post(address, {"title": "Plan ESS"} | answers), collectivite


def test_a_roadmap_is_the_model_of_another(editor, edition):
    Action.objects.update(internal_note="Entre nous", starts_on=PartialDate(2026), source="p. 12")
    Step.objects.update(done_on=PartialDate(2026))
    Indicator.objects.update(baseline=3, target=9)
    before = whole(edition)
    answer, collectivite = modelled(editor, edition)
    new = Roadmap.objects.get(collectivite=collectivite)
    assert answer["Location"] == reverse("roadmap-edit", args=[new.slug])
    draft = Edition.objects.get(roadmap=new)
    left = {"KeyFigure": 0, "Annex": 0, "ActionActor": 0, "Funding": 0, "Measure": 0}
    assert counts(draft) == counts(edition) | left
    assert draft.level_names == edition.level_names
    assert (draft.period, new.ambition, draft.is_published) == ("", "", False)
    values = Action.objects.filter(edition=draft).values_list("internal_note", "starts_on", "source")
    assert set(values) == {("", None, "")}
    assert set(Step.objects.filter(edition=draft).values_list("due_on", "done_on")) == {(None, None)}
    assert set(Indicator.objects.filter(edition=draft).values_list("baseline", "target")) == {(None, None)}
    assert whole(edition) == before


def test_partners_come_along_when_asked(editor, edition):
    Funding.objects.update(status=Funding.Status.SPENT)
    _, collectivite = modelled(editor, edition, with_partners="on")
    draft = Edition.objects.get(roadmap__collectivite=collectivite)
    assert ActionActor.objects.filter(edition=draft).count() == 2
    assert set(Funding.objects.filter(edition=draft).values_list("status", "year")) == {("planned", None)}
    assert not Measure.objects.filter(edition=draft).exists()


def test_a_model_needs_a_title_and_an_address(editor, edition, monkeypatch):
    refused, _ = modelled(editor, edition, title="")
    assert (refused.status_code, Roadmap.objects.count()) == (422, 1)
    monkeypatch.setattr("roadmaps.editions.free_slug", lambda _: edition.roadmap.slug)
    taken_meanwhile, _ = modelled(editor, edition)
    assert complaints(taken_meanwhile) == [TAKEN]
    assert Horizon.objects.count() == 1


def test_the_collectivite_is_looked_for_first(editor, edition):
    CollectiviteFactory(name="Pornic")
    page = editor.get(reverse("roadmap-duplicate", args=[edition.roadmap.slug]), {"q": "pornic"})
    assert [str(one) for one in page.context["found"]] == ["Pornic"]
    assert f"{reverse('roadmap-duplicate', args=[edition.roadmap.slug])}?collectivite=" in page.text


@pytest.mark.parametrize("count", [1, 3, 20])
def test_a_model_costs_as_much_for_twenty_actions_as_for_one(editor, count, django_assert_max_num_queries):
    edition = whole_edition(actions=count)
    with django_assert_max_num_queries(75):
        modelled(editor, edition)
