"""The library keeps what travels, is searched by words, and gives it to any objective."""

import pytest
from django.urls import reverse

from roadmaps.library import TRAVELLING
from roadmaps.models import Action, ActionActor, Funding, Indicator, ModelAction, Objective, Step
from roadmaps.restoration import undo
from roadmaps.snapshots import sheet
from roadmaps.snapshots import whole as taken
from tests.people.factories import team_member
from tests.roadmaps.factories import ModelActionFactory, ObjectiveFactory
from tests.roadmaps.whole import whole_edition


@pytest.fixture
def edition(db):
    return whole_edition()


def kept(editor, base):
    Action.objects.update(title="Créer une ressourcerie", summary="Réemployer", internal_note="Entre nous")
    return editor.post(f"{base}actions/{Action.objects.get().uid}/garder/", follow=True)


def messages(answer):
    return [str(message) for message in answer.context["messages"]]


def test_an_action_is_kept_without_what_is_of_its_territory(editor, base, edition):
    answer = kept(editor, base)
    model = ModelAction.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("library-entry", args=[model.pk])
    assert (model.title, model.note) == ("Créer une ressourcerie", f"D’après « {edition.roadmap} », édition 1.")
    assert {kind: {frozenset(row) for row in rows} for kind, rows in model.content.items()} == {
        kind._meta.model_name: {frozenset(("uid", *fields))} for kind, fields in TRAVELLING.items()
    }
    labels = {one.label for one in answer.context["told"]}
    assert labels == {
        "Intitulé", "Résumé", "Leviers",
        "Thématiques", "Familles de l’ESS concernées", "Objectifs de développement durable", "Étapes", "Indicateurs",
    }  # fmt: skip


def test_a_model_goes_into_an_objective_and_out_again(editor, base, edition):
    kept(editor, base)
    before = taken(edition)
    target = Objective.objects.get(depth=3)
    address = f"{base}objectifs/{target.uid}/bibliotheque/"
    page = editor.get(address, {"q": "ressour réemp"})
    (card,) = page.context["cards"]
    answer = editor.post(address, {"modele": card.model.pk}, follow=True)
    assert messages(answer) == ["L’action « Créer une ressourcerie » est insérée : adaptez-la."]
    first, second = Action.objects.order_by("position")
    assert (second.objective, second.position, second.horizon, second.internal_note) == (target, 1, None, "")
    rows = [sheet(one)["action"][0] for one in (first, second)]
    travelling = [[row[name] for name in TRAVELLING[Action]] for row in rows]
    assert travelling[0] == travelling[1]
    counts = [model.objects.filter(action=second).count() for model in (Step, Indicator, ActionActor, Funding)]
    assert counts == [1, 1, 0, 0]
    (message,) = answer.context["messages"]
    undo(message.extra_tags, edition.roadmap, team_member())
    assert taken(edition) == before


def test_what_a_vocabulary_no_longer_has_is_left_out(editor, base, edition):
    target = Objective.objects.get(depth=3)
    model = ModelActionFactory(
        title="Agir", content={"action": [{"uid": "abcdefgh", "title": "x", "levers": ["perdu"]}]}
    )
    editor.post(f"{base}objectifs/{target.uid}/bibliotheque/", {"modele": model.pk})
    assert list(Action.objects.get(title="Agir").levers.all()) == []


@pytest.mark.parametrize("key", ["", "999999", "x", "9" * 40])
def test_a_model_taken_out_meanwhile_inserts_nothing(editor, base, edition, key):
    target = Objective.objects.get(depth=3)
    answer = editor.post(f"{base}objectifs/{target.uid}/bibliotheque/", {"modele": key}, follow=True)
    assert messages(answer) == ["Ce modèle n’est plus dans la bibliothèque : rien n’est inséré."]
    assert Action.objects.count() == 1


def test_a_model_is_renamed_explained_and_taken_out(editor):
    model = ModelActionFactory()
    address = reverse("library-entry", args=[model.pk])
    assert editor.post(address, {"title": "", "note": ""}).status_code == 422
    editor.post(address, {"title": "Ouvrir un café", "note": "À la campagne."})
    assert ModelAction.objects.values_list("title", "note").get() == ("Ouvrir un café", "À la campagne.")
    editor.post(address, {"supprimer": "1"})
    assert not ModelAction.objects.exists()


def test_every_word_looked_for_starts_a_word_of_the_model(editor):
    for title in ("Créer une ressourcerie", "Ouvrir un café associatif"):
        ModelActionFactory(title=title)
    for query, titles in {"cafe asso": ["Ouvrir un café associatif"], "sourcerie": [], "u": None}.items():
        page = editor.get(reverse("library-list"), {"q": query})
        found = [card.model.title for card in page.context["cards"]]
        assert found == (["Créer une ressourcerie", "Ouvrir un café associatif"] if titles is None else titles)


def test_only_actions_are_kept_and_only_objectives_receive(editor, base, edition):
    objective, action = Objective.objects.get(depth=3), Action.objects.get()
    assert editor.post(f"{base}objectifs/{objective.uid}/garder/").status_code == 404
    assert editor.get(f"{base}actions/{action.uid}/bibliotheque/").status_code == 404


@pytest.mark.parametrize("count", [1, 3, 40])
def test_the_library_costs_the_same_whatever_its_size(editor, base, edition, count, django_assert_num_queries):
    ModelActionFactory.create_batch(count, kept_by=team_member())
    with django_assert_num_queries(5):
        editor.get(reverse("library-list"))
    target = ObjectiveFactory(edition=edition, position=1)
    with django_assert_num_queries(7):
        editor.get(f"{base}objectifs/{target.uid}/bibliotheque/")
