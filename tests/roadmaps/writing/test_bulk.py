"""Many actions at once: the effect is read before it is done, nothing is half done, one gesture takes it back."""

import pytest
from django.urls import reverse

from people.models import Organisation
from roadmaps.forms.bulk import NONE_CHOSEN
from roadmaps.models import Action, ActionActor, Horizon, Lever, Objective, Revision, Theme
from roadmaps.restoration import undo
from roadmaps.snapshots import whole as taken
from roadmaps.views.bulk import NONE_PICKED
from tests.people.factories import team_member
from tests.roadmaps.factories import ActionFactory, EditionFactory, HorizonFactory, IndicatorFactory, ObjectiveFactory
from tests.roadmaps.whole import whole_edition
from tests.roadmaps.writing.hands import complaints


@pytest.fixture
def edition(db):
    """Three complete actions, and a fourth under another objective, with hardly anything."""
    edition = whole_edition(actions=3)
    HorizonFactory(edition=edition, label="Moyen terme", position=1)
    other = ObjectiveFactory(edition=edition, title="Partager", position=1)
    ActionFactory(objective=other, title="Autre", code="B")
    return edition


@pytest.fixture
def address(edition):
    return reverse("bulk-edit", args=[edition.roadmap.slug, edition.number])


def actions():
    return list(Action.objects.order_by("objective", "position"))


def whole(edition):
    return {name: sorted(rows, key=lambda row: row.get("uid", "")) for name, rows in taken(edition).items()}


def effects(page):
    return {effect.label: list(effect.parts) for effect in page.context["effects"]}


def previewed(editor, address, picked, **changes):
    return editor.post(address, {"action": [one.uid for one in picked], **changes})


def confirm(editor, address, page, **changes):
    fiches = [str(one) for one in page.context["picked"]]
    return editor.post(address, {"fiche": fiches, "etape": "appliquer", **changes}, follow=True)


def test_the_effect_is_said_before_anything_is_written(editor, edition, address):
    before = whole(edition)
    middle = Horizon.objects.get(label="Moyen terme")
    Action.objects.filter(title="Autre").update(horizon=middle)
    page = previewed(editor, address, actions(), horizon=middle.uid, priority="high")
    assert effects(page) == {
        "Horizon": ["Court terme → Moyen terme (3)", "déjà « Moyen terme » (1)"],
        "Priorité": ["sans priorité → Haute (4)"],
    }
    Action.objects.filter(title="Autre").update(horizon=None)
    assert whole(edition) == before


CHANGES = {
    "horizon": lambda: {"horizon": Horizon.objects.get(label="Moyen terme").uid},
    "no horizon": lambda: {"horizon": "aucun"},
    "priority": lambda: {"priority": "low"},
    "recurring": lambda: {"is_recurring": "oui"},
    "lead": lambda: {"lead": "Nouvelle agence"},
    "one more lead": lambda: {"lead": "Nouvelle agence", "lead_mode": "ajoute"},
    "lever added": lambda: {"levers_add": Lever.objects.last().code},
    "lever removed": lambda: {"levers_remove": Lever.objects.first().code},
    "theme": lambda: {"themes_add": Theme.objects.last().code, "themes_remove": Theme.objects.first().code},
    "objective": lambda: {"objective": Objective.objects.get(title="Partager").pk},
    "all": lambda: CHANGES["horizon"]() | CHANGES["lead"]() | CHANGES["theme"]() | CHANGES["objective"](),
    "deletion": lambda: {"supprimer": "1"},
}


@pytest.mark.parametrize("change", CHANGES)
def test_one_gesture_takes_back_all_that_one_gesture_did(editor, edition, address, change):
    before = whole(edition)
    changes = CHANGES[change]()
    answer = confirm(editor, address, previewed(editor, address, actions(), **changes), **changes)
    (message,) = answer.context["messages"]
    done = whole(edition)
    assert done != before
    for group in (Action.objects.filter(objective=one) for one in Objective.objects.filter(edition=edition)):
        assert [one.position for one in group] == list(range(len(group)))
    undo(message.extra_tags, edition.roadmap, team_member())
    after = whole(edition)
    assert after == before


def test_a_pilot_replaces_or_joins(editor, edition, address):
    former = Organisation.objects.get().name
    page = previewed(editor, address, actions(), lead="Agence", lead_mode="ajoute")
    assert effects(page) == {"Pilote": [f"{former} → {former}, Agence (3)", "sans pilote → Agence (1)"]}
    confirm(editor, address, page, lead="Agence", lead_mode="ajoute")
    assert ActionActor.objects.filter(role="lead", organisation__name="Agence").count() == 4
    confirm(editor, address, previewed(editor, address, actions(), lead="Agence"), lead="Agence")
    leads = ActionActor.objects.filter(role="lead").values_list("organisation__name", "position")
    assert sorted(leads) == [("Agence", 0)] * 4


def test_actions_keep_their_order_under_their_new_objective(editor, edition, address):
    target = Objective.objects.get(title="Partager")
    moved = list(Action.objects.exclude(title="Autre").order_by("position"))
    picked = [moved[2], moved[0]]
    confirm(editor, address, previewed(editor, address, picked, objective=target.pk), objective=target.pk)
    codes = Action.objects.order_by("objective__title", "position").values_list("code", "position")
    assert list(codes) == [("A1", 0), ("B", 0), ("A0", 1), ("A2", 2)]


def test_an_objective_stands_for_all_that_hangs_on_it(editor, edition, address):
    top = Objective.objects.get(title="Entreprendre autrement")
    page = editor.post(address, {"objectif": [top.uid], "priority": "low"})
    assert [action.code for action in page.context["actions"]] == ["A0", "A1", "A2"]


@pytest.mark.parametrize("meanwhile", ["changed", "deleted", "objective deleted"])
def test_nothing_is_half_done_when_something_changed_meanwhile(editor, edition, address, meanwhile):
    target = ObjectiveFactory(edition=edition, position=2)
    key = target.pk
    page = previewed(editor, address, actions(), priority="low", objective=key)
    if meanwhile == "changed":
        Action.objects.filter(title="Autre").update(version=9)
    elif meanwhile == "deleted":
        Action.objects.filter(title="Autre").delete()
    else:
        target.delete()
    again = confirm(editor, address, page, priority="low", objective=key)
    assert again.status_code == (422 if meanwhile == "objective deleted" else 409)
    assert not Action.objects.exclude(priority="").exists()
    assert not Revision.objects.exists()
    if meanwhile != "objective deleted":
        confirm(editor, address, again, priority="low", objective=key)
        assert set(Action.objects.values_list("priority", "objective")) == {("low", key)}


def test_whoever_has_a_changed_action_open_is_told(editor, edition, address):
    Action.objects.filter(title="Autre").update(priority="low")
    versions = dict(Action.objects.values_list("code", "version"))
    answer = confirm(editor, address, previewed(editor, address, actions(), priority="low"), priority="low")
    assert [str(message) for message in answer.context["messages"]] == ["3\xa0actions sont modifiées."]
    raised = {code: version - versions[code] for code, version in Action.objects.values_list("code", "version")}
    assert raised == {"A0": 1, "A1": 1, "A2": 1, "B": 0}


def test_picking_nothing_or_changing_nothing_is_said(editor, edition, address):
    assert complaints(editor.post(address, {"priority": "low"})) == [NONE_PICKED]
    assert complaints(previewed(editor, address, actions())) == [NONE_CHOSEN]
    foreign = ActionFactory(objective__edition=EditionFactory())
    assert complaints(previewed(editor, address, [foreign], priority="low")) == [NONE_PICKED]


def test_one_comes_back_to_the_choice_with_all_that_was_chosen(editor, edition, address):
    page = previewed(editor, address, actions()[:2], priority="low", lead="Agence")
    fiches = [str(one) for one in page.context["picked"]]
    back = editor.post(address, {"fiche": fiches, "etape": "revenir", "priority": "low", "lead": "Agence"})
    assert back.context["picked"] == {one.uid for one in actions()[:2]}
    assert (back.context["form"]["priority"].value(), back.context["form"]["lead"].value()) == ("low", "Agence")


def test_what_would_change_nothing_is_not_applied(editor, edition, address):
    page = previewed(editor, address, actions(), is_recurring="non")
    assert (effects(page), page.context["is_useful"]) == ({"Récurrente": ["déjà « non » (4)"]}, False)
    answer = confirm(editor, address, page, is_recurring="non")
    assert [message.extra_tags for message in answer.context["messages"]] == [""]


def test_a_deletion_says_what_goes_with_it(editor, edition, address):
    IndicatorFactory(action=Action.objects.get(title="Autre"))
    page = previewed(editor, address, actions(), supprimer="1")
    assert effects(page) == {"Suppression": ["supprimée (4)", "avec 4\xa0indicateurs"]}


@pytest.mark.parametrize("count", [1, 3, 40])
def test_it_costs_as_much_for_forty_actions_as_for_one(editor, count, django_assert_max_num_queries):
    edition = whole_edition(actions=count)
    address = reverse("bulk-edit", args=[edition.roadmap.slug, edition.number])
    changes = {
        "priority": "low",
        "lead": "Agence",
        "levers_add": Lever.objects.last().code,
        "themes_remove": Theme.objects.first().code,
    }
    with django_assert_max_num_queries(22):
        page = previewed(editor, address, actions(), **changes)
    with django_assert_max_num_queries(72):
        editor.post(address, {"fiche": [str(one) for one in page.context["picked"]], "etape": "appliquer", **changes})
    page = previewed(editor, address, actions(), supprimer="1")
    with django_assert_max_num_queries(72):
        editor.post(
            address, {"fiche": [str(one) for one in page.context["picked"]], "etape": "appliquer", "supprimer": "1"}
        )
    assert not Action.objects.exists()


def test_only_the_actions_asked_for_are_offered(editor, edition, address):
    shown = {
        query: [action.code for group in editor.get(address + query).context["groups"] for action in group.actions]
        for query in ("", "?voir=sans-horizon", "?q=soutenir", "?q=introuvable")
    }
    assert shown == {
        "": ["A0", "A1", "A2", "B"],
        "?voir=sans-horizon": ["B"],
        "?q=soutenir": ["A0", "A1", "A2"],
        "?q=introuvable": [],
    }
