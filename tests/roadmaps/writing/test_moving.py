"""« Déplacer vers… »: anywhere in the outline, with what is one’s own, and back."""

import pytest
from django.urls import reverse

from roadmaps.editions import publish
from roadmaps.forms.place import GONE
from roadmaps.models import Action, Edition, Objective, Revision
from roadmaps.places import PlaceGoneError, move_to
from roadmaps.restoration import undo
from roadmaps.views import moving
from tests.people.factories import team_member
from tests.roadmaps.factories import ActionFactory, ObjectiveFactory
from tests.roadmaps.writing.hands import complaints


@pytest.fixture
def objectives(edition):
    """Two objectives of the first level: the first holds the actions A, B, C, the second D."""
    first, second = (ObjectiveFactory(edition=edition, title=f"O{n}", position=n) for n in range(2))
    for rank, title in enumerate("ABC"):
        ActionFactory(objective=first, title=title, position=rank)
    ActionFactory(objective=second, title="D")
    return first, second


def action(title):
    return {one.title: one for one in Action.objects.select_related("edition__roadmap", "objective")}[title]


def outline():
    """Give the titles of the actions by objective, in order, and fail where ranks are not 0, 1, 2…"""
    found = {}
    for one in Action.objects.select_related("objective").order_by("objective__position", "position"):
        titles = found.setdefault(one.objective.title, [])
        assert one.position == len(titles)
        titles.append(one.title)
    return found


def address(base, row, part="actions"):
    return f"{base}{part}/{row.uid}/deplacer-vers/"


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("{second}.", {"O0": ["A", "C"], "O1": ["B", "D"]}),
        ("{second}.{d}", {"O0": ["A", "C"], "O1": ["D", "B"]}),
        ("{first}.", {"O0": ["B", "A", "C"], "O1": ["D"]}),
        ("{first}.{c}", {"O0": ["A", "C", "B"], "O1": ["D"]}),
    ],
)
def test_an_action_goes_to_the_place_chosen_and_comes_back(editor, base, edition, objectives, where, expected):
    first, second = objectives
    names = {"first": first.uid, "second": second.uid, "c": action("C").uid, "d": action("D").uid}
    answer = editor.post(address(base, action("B")), {"place": where.format(**names)}, follow=True)
    assert [str(message) for message in answer.context["messages"]] == ["L’action « B » est déplacée."]
    assert outline() == expected
    undo(Revision.objects.get().batch, edition.roadmap, team_member())
    assert outline() == {"O0": ["A", "B", "C"], "O1": ["D"]}


def test_the_page_shows_the_present_place_chosen(editor, base, objectives):
    first, _ = objectives
    page = editor.get(address(base, action("B")))
    assert page.context["form"]["place"].value() == f"{first.uid}.{action('A').uid}"
    answer = editor.post(address(base, action("B")), {"place": f"{first.uid}.{action('A').uid}"}, follow=True)
    assert [str(message) for message in answer.context["messages"]] == ["L’action « B » est déjà à cette place."]
    assert not Revision.objects.exists()


def test_whoever_has_the_action_open_is_told_that_it_moved(editor, base, objectives):
    before = action("B").version
    editor.post(address(base, action("B")), {"place": f"{objectives[1].uid}."})
    assert action("B").version == before + 1


def test_an_objective_goes_with_its_own_and_comes_back(editor, base, edition):
    edition.level_3_name = "Sous-objectif"
    edition.save()
    first, second = (ObjectiveFactory(edition=edition, position=n) for n in (0, 1))
    child = ObjectiveFactory(parent=second)
    ActionFactory(objective=child)
    page = editor.get(address(base, second, "objectifs"))
    assert page.context["followers"] == ["1\xa0objectif", "1\xa0action"]
    editor.post(address(base, second, "objectifs"), {"place": f"{first.uid}."})
    levels = Objective.objects.order_by("pk").values_list("pk", "depth", "parent_depth", "position")
    assert list(levels.all()) == [(first.pk, 1, 0, 0), (second.pk, 2, 1, 0), (child.pk, 3, 2, 0)]
    undo(Revision.objects.get().batch, edition.roadmap, team_member())
    assert list(levels.all()) == [(first.pk, 1, 0, 0), (second.pk, 1, 0, 1), (child.pk, 2, 1, 0)]


def test_only_what_fits_in_the_levels_is_offered(edition, db):
    axis = ObjectiveFactory(edition=edition, position=0)
    ObjectiveFactory(parent=axis)
    other = ObjectiveFactory(edition=edition, position=1)
    with pytest.raises(PlaceGoneError):
        move_to(axis, f"{other.uid}.", by=None)
    assert {one.depth for one in Objective.objects.filter(parent=None)} == {1}


def test_an_objective_deleted_meanwhile_is_said_and_the_choice_is_offered_again(editor, base, objectives):
    _, second = objectives
    uid = second.uid
    second.delete()
    refused = editor.post(address(base, action("B")), {"place": f"{uid}."})
    assert (refused.status_code, complaints(refused)) == (422, [f"Nouvelle place : {GONE}"])
    assert [label for label, _ in refused.context["form"].fields["place"].choices] == ["O0"]
    assert outline() == {"O0": ["A", "B", "C"]}


def test_an_objective_deleted_at_the_same_moment_is_said_too(editor, base, objectives, monkeypatch):
    """The list of places was read; then somebody deletes one, before the move is done."""
    _, second = objectives
    choice = f"{second.uid}."

    def somebody_was_first(*args, **kwargs):
        Objective.objects.filter(pk=second.pk).first().delete()
        return move_to(*args, **kwargs)

    monkeypatch.setattr(moving, "move_to", somebody_was_first)
    refused = editor.post(address(base, action("B")), {"place": choice})
    assert (refused.status_code, complaints(refused)) == (409, [f"Nouvelle place : {GONE}"])


def test_nothing_moves_in_a_published_edition(editor, base, edition, objectives):
    publish(Edition.objects.get(), None)
    answer = editor.post(address(base, action("B")), {"place": f"{objectives[1].uid}."})
    assert answer["Location"] == reverse("roadmap-edit", args=[edition.roadmap.slug])
    assert outline() == {"O0": ["A", "B", "C"], "O1": ["D"]}


def test_a_section_has_no_place_in_the_outline(editor, base):
    assert editor.get(f"{base}sections/abcdefgh/deplacer-vers/").status_code == 404


@pytest.mark.parametrize("actions", [1, 3, 40])
def test_a_move_costs_the_same_whatever_surrounds_it(editor, base, edition, actions, django_assert_num_queries):
    first, second = (ObjectiveFactory(edition=edition, position=n) for n in range(2))
    for rank in range(actions):
        ActionFactory(objective=first, title=f"A{rank}", position=rank)
    with django_assert_num_queries(12):
        editor.get(address(base, action("A0")))
    with django_assert_num_queries(36 if actions > 1 else 35):
        editor.post(address(base, action("A0")), {"place": f"{second.uid}."})
