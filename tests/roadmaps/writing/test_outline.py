import pytest
from django.urls import reverse

from roadmaps.models import Action, Horizon, Objective, Section
from tests.roadmaps.factories import (
    ActionFactory,
    EditionFactory,
    HorizonFactory,
    IndicatorFactory,
    ObjectiveFactory,
    SectionFactory,
)
from tests.roadmaps.writing.hands import complaints, typed, write

NOT_THERE = (
    "Rattaché à : Un objectif se rattache à un objectif de la même édition, ni lui-même ni un des siens, "
    "et ce qui lui est rattaché doit tenir dans les niveaux que l’édition nomme : Axe, Objectif."
)


def order(model):
    return list(model.objects.values_list("title", "position"))


def test_rows_move_up_and_down_and_stay_dense(editor, edition, base):
    for title, position in (("A", 0), ("B", 4), ("C", 9)):
        SectionFactory(edition=edition, title=title, position=position)
    last = Section.objects.get(title="C")
    address = f"{base}sections/{last.uid}/deplacer/"

    moved = editor.post(address, {"sens": "haut"}, follow=True)
    assert moved.redirect_chain == [(f"{base}sections/#haut-{last.uid}", 302)]
    assert [str(message) for message in moved.context["messages"]] == ["«\xa0C\xa0» est en position 2 sur 3."]
    assert order(Section) == [("A", 0), ("C", 1), ("B", 2)]

    editor.post(address, {"sens": "haut"}, follow=True)
    at_the_top = editor.post(address, {"sens": "haut"}, follow=True)
    assert [str(message) for message in at_the_top.context["messages"]] == ["«\xa0C\xa0» est déjà en haut."]
    assert order(Section) == [("C", 0), ("A", 1), ("B", 2)]
    assert editor.post(address, {"sens": "ailleurs"}).status_code == 404


def test_deleting_a_row_closes_the_gap_and_says_what_goes_with_it(editor, edition, base):
    axis = ObjectiveFactory(edition=edition, title="Axe", position=0)
    ObjectiveFactory(edition=edition, title="Suivant", position=1)
    objective = ObjectiveFactory(parent=axis)
    IndicatorFactory(action=ActionFactory(objective=objective))
    IndicatorFactory(objective=axis)
    address = f"{base}objectifs/{axis.uid}/supprimer/"

    assert editor.get(address).context["losses"] == ["1\xa0objectif", "1\xa0action", "2\xa0indicateurs"]
    write(editor, address)
    assert order(Objective) == [("Suivant", 0)]
    assert not Action.objects.exists()


def test_a_horizon_says_how_many_actions_lose_it(editor, edition, base):
    horizon = HorizonFactory(edition=edition)
    ActionFactory(objective=ObjectiveFactory(edition=edition), horizon=horizon)
    page = editor.get(f"{base}horizons/{horizon.uid}/supprimer/")
    assert page.context["losses"] == ["1\xa0action perd son horizon"]


def test_an_objective_takes_its_own_with_it_when_it_moves(editor, edition, base):
    edition.level_3_name = "Sous-objectif"
    edition.save()
    first, second = (ObjectiveFactory(edition=edition, position=n) for n in (0, 1))
    child = ObjectiveFactory(parent=second)
    assert write(editor, f"{base}objectifs/{second.uid}/", parent=str(first.pk)).status_code == 302
    assert list(Objective.objects.order_by("depth").values_list("pk", "depth", "parent_depth")) == [
        (first.pk, 1, 0),
        (second.pk, 2, 1),
        (child.pk, 3, 2),
    ]
    assert write(editor, f"{base}objectifs/{second.uid}/", parent="").status_code == 302
    assert list(Objective.objects.order_by("pk").values_list("pk", "depth", "position")) == [
        (first.pk, 1, 0),
        (second.pk, 1, 1),
        (child.pk, 2, 0),
    ]


@pytest.mark.parametrize("where", ["itself", "its own", "too deep", "another edition"])
def test_an_objective_does_not_hang_just_anywhere(editor, edition, base, where):
    axis = ObjectiveFactory(edition=edition)
    child = ObjectiveFactory(parent=axis)
    places = {
        "itself": axis,
        "its own": child,
        "too deep": ObjectiveFactory(edition=edition),  # two levels named, and axis has one under it
        "another edition": ObjectiveFactory(),
    }
    refused = write(editor, f"{base}objectifs/{axis.uid}/", parent=str(places[where].pk))
    assert (refused.status_code, complaints(refused)) == (422, [NOT_THERE])
    assert Objective.objects.filter(pk=axis.pk, parent=None, depth=1).exists()


def test_a_fourth_level_is_not_offered(editor, edition, base):
    edition.level_3_name = "Sous-objectif"
    edition.save()
    deepest = ObjectiveFactory(parent=ObjectiveFactory(parent=ObjectiveFactory(edition=edition)))
    page = editor.get(f"{base}objectifs/ajouter/?objectif={deepest.uid}")
    assert str(deepest.pk) not in [str(key) for key, _ in page.context["form"].fields["parent"].choices]
    refused = editor.post(f"{base}objectifs/ajouter/", typed(page) | {"title": "Trop bas", "parent": str(deepest.pk)})
    assert (refused.status_code, Objective.objects.count()) == (422, 3)


def test_levels_that_objectives_use_keep_their_names(editor, edition, base):
    ObjectiveFactory(parent=ObjectiveFactory(edition=edition))
    refused = write(editor, base, level_2_name="")
    assert complaints(refused) == [
        "Nom du deuxième niveau : Des objectifs de ce niveau existent : gardez-lui un nom, ou déplacez-les."
    ]


def test_rows_of_another_edition_are_refused(editor, edition, base):
    objective = ActionFactory(objective=ObjectiveFactory(edition=edition)).objective
    elsewhere = EditionFactory()
    foreign = HorizonFactory(edition=elsewhere)
    other_objective = ObjectiveFactory(edition=elsewhere)
    other_action = ActionFactory(objective=other_objective)
    wrong = {
        "horizon": str(foreign.pk),
        "objective": str(other_objective.pk),
        "linked_actions": str(other_action.pk),
        "title": "Agir",
    }
    refused = write(editor, f"{base}actions/ajouter/?objectif={objective.uid}", **wrong)
    assert refused.status_code == 422
    assert sorted(refused.context["form"].errors) == ["horizon", "linked_actions", "objective"]
    assert editor.get(f"{base}actions/{other_action.uid}/").status_code == 404
    assert Horizon.objects.get().edition == elsewhere


def test_an_action_that_changes_objective_comes_last_there(editor, edition, base):
    first, second = (ObjectiveFactory(edition=edition, position=n) for n in (0, 1))
    moving = ActionFactory(objective=first, title="M", position=0)
    ActionFactory(objective=first, title="R", position=1)
    ActionFactory(objective=second, title="S", position=0)
    write(editor, f"{base}actions/{moving.uid}/", objective=str(second.pk))
    assert list(Action.objects.order_by("objective", "position").values_list("title", "objective", "position")) == [
        ("R", first.pk, 0),
        ("S", second.pk, 0),
        ("M", second.pk, 1),
    ]


@pytest.mark.parametrize("actions", [1, 3, 40])
def test_the_desk_asks_as_many_queries_for_forty_actions_as_for_one(
    editor, edition, actions, django_assert_num_queries
):
    objective = ObjectiveFactory(edition=edition)
    ActionFactory.create_batch(actions, objective=objective)
    address = reverse("roadmap-edit", args=[edition.roadmap.slug])
    with django_assert_num_queries(12):
        assert editor.get(address).status_code == 200


@pytest.mark.parametrize("rows", [1, 3, 40])
def test_an_action_sheet_asks_as_many_queries_whatever_surrounds_it(
    editor, edition, base, rows, django_assert_num_queries
):
    actions = ActionFactory.create_batch(rows, objective=ObjectiveFactory(edition=edition))
    HorizonFactory.create_batch(rows, edition=edition)
    with django_assert_num_queries(15):
        assert editor.get(f"{base}actions/{actions[0].uid}/").status_code == 200


@pytest.mark.parametrize("rows", [1, 3, 40])
def test_the_list_of_roadmaps_asks_as_many_queries_whatever_its_length(editor, rows, django_assert_num_queries):
    EditionFactory.create_batch(rows)
    with django_assert_num_queries(9):
        assert editor.get(reverse("workspace-roadmap-list")).status_code == 200


@pytest.mark.parametrize("follows", ["action", "objective"])
def test_an_indicator_stays_with_what_it_follows_when_it_is_saved(editor, edition, base, follows):
    ObjectiveFactory(edition=edition)  # the first of the list that the sheet offers
    action = ActionFactory(objective__edition=edition, objective__position=1)
    followed = {"action": action, "objective": action.objective}[follows]
    indicator = IndicatorFactory(**{follows: followed})
    write(editor, f"{base}indicateurs/{indicator.uid}/", label="Repas servis")
    indicator.refresh_from_db()
    assert (indicator.label, getattr(indicator, follows)) == ("Repas servis", followed)
