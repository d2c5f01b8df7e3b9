"""Codes stay until somebody asks; then old → new is read before it is written, and one gesture takes it back."""

import pytest
from django.urls import reverse

from roadmaps.codes import usual_prefix
from roadmaps.models import Action, Objective, Revision
from roadmaps.restoration import undo
from roadmaps.snapshots import whole as taken
from tests.people.factories import team_member
from tests.roadmaps.factories import ActionFactory, ObjectiveFactory
from tests.roadmaps.whole import whole_edition


@pytest.fixture
def outline(edition):
    """Axis 1 holds an action and two objectives; the first of these holds two actions; axis 2 holds nothing."""
    first = ObjectiveFactory(edition=edition, title="Axe A", code="A", position=0)
    ObjectiveFactory(edition=edition, title="Axe B", position=1)
    ActionFactory(objective=first, title="Directe", code="Action 9")
    child = ObjectiveFactory(parent=first, title="Objectif A", position=0)
    ObjectiveFactory(parent=first, title="Objectif B", position=1)
    for rank, title in enumerate(("Une", "Deux")):
        ActionFactory(objective=child, title=title, position=rank, code=f"Action {rank + 1}")
    return edition


@pytest.fixture
def address(edition):
    return reverse("codes-renumber", args=[edition.roadmap.slug, edition.number])


def shown(page):
    return {one.row.title: (one.old, one.new) for one in page.context["rows"]}


def codes():
    return {title: code for model in (Objective, Action) for title, code in model.objects.values_list("title", "code")}


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ({"objectives": "rangs", "actions": "rangs"}, ["1", "1.1", "1.2", "1.2.1", "1.2.2", "1.3", "2"]),
        ({"objectives": "rangs", "actions": "suite", "prefix": "Fiche"},
         ["1", "Fiche 1", "1.1", "Fiche 2", "Fiche 3", "1.2", "2"]),
        ({"objectives": "gardes", "actions": "suite", "prefix": "A"}, ["A", "A1", "", "A2", "A3", "", ""]),
        ({"objectives": "aucun", "actions": "aucun"}, ["", "", "", "", "", "", ""]),
    ],
)  # fmt: skip
def test_each_pattern_is_shown_then_written_then_undone(editor, edition, outline, address, choice, expected):
    before = codes()
    page = editor.get(address, {"prefix": ""} | choice)
    rows = ["Axe A", "Directe", "Objectif A", "Une", "Deux", "Objectif B", "Axe B"]
    if choice["actions"] == "suite":
        assert list(shown(page)) == rows
    assert codes() == before
    sent = {"prefix": ""} | choice | {"lu": page.context["read"]}
    answer = editor.post(address, sent, follow=True)
    assert codes() == {title: new for title, (_, new) in shown(page).items()} == dict(zip(rows, expected, strict=True))
    (message,) = answer.context["messages"]
    undo(message.extra_tags, edition.roadmap, team_member())
    assert codes() == before


def test_an_outline_that_changed_meanwhile_is_shown_again(editor, edition, outline, address):
    choice = {"objectives": "rangs", "actions": "rangs", "prefix": ""}
    page = editor.get(address, choice)
    Action.objects.filter(title="Une").delete()
    before = codes()
    again = editor.post(address, choice | {"lu": page.context["read"]})
    assert (again.status_code, codes()) == (409, before)
    assert editor.post(address, choice | {"lu": again.context["read"]}).status_code == 302
    assert codes()["Deux"] == "1.2.1"


def test_whoever_has_a_renumbered_sheet_open_is_told(editor, outline, address):
    Objective.objects.filter(title="Axe A").update(code="1")
    choice = {"objectives": "rangs", "actions": "gardes", "prefix": ""}
    editor.post(address, choice | {"lu": editor.get(address, choice).context["read"]})
    assert dict(Objective.objects.values_list("title", "version")) == {
        "Axe A": 1, "Axe B": 2, "Objectif A": 2, "Objectif B": 2,
    }  # fmt: skip


def test_the_prefix_in_use_is_offered(editor, edition, outline, address):
    assert usual_prefix(edition) == "Action "
    Action.objects.update(code="A7")
    assert editor.get(address).context["form"]["prefix"].value() == "A"
    Action.objects.update(code="3.1")
    assert usual_prefix(edition) == "Action "


@pytest.mark.parametrize("wrong", [{"objectives": "x"}, {"prefix": "x" * 11}, {}])
def test_what_no_page_offers_is_refused(editor, outline, address, wrong):
    sent = {"objectives": "rangs", "actions": "rangs", "prefix": ""} | wrong if wrong else {}
    assert editor.post(address, sent).status_code == 422
    assert not Revision.objects.exists()


@pytest.mark.parametrize("count", [1, 3, 40])
def test_it_costs_as_much_for_forty_actions_as_for_one(editor, count, django_assert_max_num_queries):
    edition = whole_edition(actions=count)
    before = taken(edition)
    address = reverse("codes-renumber", args=[edition.roadmap.slug, edition.number])
    choice = {"objectives": "rangs", "actions": "suite", "prefix": "Action"}
    with django_assert_max_num_queries(9):
        read = editor.get(address, choice).context["read"]
    with django_assert_max_num_queries(52):
        editor.post(address, choice | {"lu": read})
    assert taken(edition) != before
