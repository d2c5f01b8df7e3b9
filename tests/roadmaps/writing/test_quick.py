"""Creating by titles alone: on a small page, in the outline, from a pasted list."""

import pytest
from django.urls import reverse

from roadmaps.editions import CLOSED, EditionClosedError
from roadmaps.models import Action, Edition, Objective, Revision
from roadmaps.quick import add_many, titles_of
from tests.roadmaps.factories import ActionFactory, EditionFactory, ObjectiveFactory
from tests.roadmaps.writing.hands import complaints

GONE = "L’objectif choisi a été supprimé entre-temps\xa0: choisissez-en un autre."


@pytest.fixture
def axis(edition):
    return ObjectiveFactory(edition=edition, title="Coopérer")


def said(response):
    return [str(message) for message in response.context["messages"]]


def places(model=Action):
    return list(model.objects.order_by("position").values_list("title", "position"))


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("• Créer un lieu", "Créer un lieu"),
        ("  –\tCréer un lieu", "Créer un lieu"),
        ("12. Créer un lieu", "Créer un lieu"),
        ("1.2.3 Créer un lieu", "Créer un lieu"),
        ("1.2.\tCréer un lieu", "Créer un lieu"),
        ("7\tCréer\tun lieu", "Créer un lieu"),
        ("3) Créer un lieu", "Créer un lieu"),
        ("(4) Créer un lieu", "Créer un lieu"),
        ("b) Créer un lieu", "Créer un lieu"),
        ("2026, année du lieu", "2026, année du lieu"),
        ("100 lieux en 2026", "100 lieux en 2026"),
        ("3.5 % de lieux", "3.5 % de lieux"),
        ("A. Créer", "Créer"),
        ("À créer", "À créer"),
        ("l’avenir", "l’avenir"),
    ],
)
def test_a_copied_line_loses_its_mark_and_keeps_its_words(line, title):
    assert titles_of(f"\n{line}\r\n \t\n") == [title]


def test_an_action_starts_with_a_title_then_its_sheet_opens(editor, base, axis):
    ActionFactory(objective=axis, title="Ouvrir", position=0)
    page = editor.get(f"{base}ajout/?quoi=actions&objectif={axis.uid}")
    assert page.context["form"]["objectif"].value() == axis.uid
    added = editor.post(
        f"{base}ajout/?quoi=actions", {"title": "  Former  les élus ", "objectif": axis.uid}, follow=True
    )
    action = Action.objects.get(position=1)
    assert added.redirect_chain == [(f"{base}actions/{action.uid}/", 302)]
    assert said(added) == ["L’action «\xa0Former les élus\xa0» est ajoutée\xa0: complétez sa fiche."]
    (revision,) = Revision.objects.filter(uid=action.uid)
    assert (revision.gesture, revision.after["action"][0]["title"]) == ("created", "Former les élus")


def test_objectives_are_added_level_by_level(editor, edition, base, axis):
    editor.post(f"{base}ajout/?quoi=objectifs", {"title": "Financer", "objectif": ""})
    editor.post(f"{base}ajout/?quoi=objectifs", {"title": "Amorcer", "objectif": axis.uid})
    assert list(Objective.objects.order_by("pk").values_list("title", "depth", "parent", "position")) == [
        ("Coopérer", 1, None, 0),
        ("Financer", 1, None, 1),
        ("Amorcer", 2, axis.pk, 0),
    ]
    deepest = Objective.objects.get(title="Amorcer")
    refused = editor.post(f"{base}ajout/?quoi=objectifs", {"title": "Trop bas", "objectif": deepest.uid})
    assert (refused.status_code, Objective.objects.count()) == (422, 3)


def test_a_title_that_is_missing_or_too_long_is_asked_again(editor, base, axis):
    for title in ("", "x" * 301):
        refused = editor.post(f"{base}ajout/?quoi=actions", {"title": title, "objectif": axis.uid})
        assert (refused.status_code, refused.context["form"]["title"].value()) == (422, title)
    assert editor.get(f"{base}ajout/?quoi=horizons").status_code == 404


def test_an_objective_deleted_meanwhile_is_said_and_the_title_kept(editor, base, axis):
    uid = axis.uid
    axis.delete()
    refused = editor.post(f"{base}ajout/?quoi=actions", {"title": "Former", "objectif": uid})
    assert complaints(refused) == [
        "Objectif\xa0: Cet objectif n’est plus là, ou rien de tel ne s’y rattache\xa0: choisissez-en un autre."
    ]
    assert 'value="Former"' in refused.content.decode()


def test_lines_typed_in_the_outline_are_added_where_they_were_typed(editor, base, axis):
    other = ObjectiveFactory(edition=axis.edition, position=1)
    typed = {f"actions-{axis.uid}": "Former", f"actions-{other.uid}": "Louer", "objectifs-": "", "retour": base}
    added = editor.post(f"{base}ajout/lignes/", typed, follow=True)
    assert added.redirect_chain == [(f"{base}#ajout-actions-{other.uid}", 302)]
    assert list(Action.objects.order_by("pk").values_list("title", "objective")) == [
        ("Former", axis.pk),
        ("Louer", other.pk),
    ]
    assert Revision.objects.values("batch").distinct().count() == 1
    editor.post(f"{base}ajout/lignes/", {"objectifs-": "Financer"})
    assert Objective.objects.filter(title="Financer", depth=1, position=2).exists()


def test_a_line_adds_without_leaving_the_page_for_a_script(editor, base, axis):
    typed = {f"actions-{axis.uid}": "Former", "retour": base, "ouvert": "document"}
    answer = editor.post(f"{base}ajout/lignes/", typed, headers={"X-Plan": "1"}).json()
    assert (answer["said"], answer["focus"]) == ("L’action «\xa0Former\xa0» est ajoutée.", f"ajout-actions-{axis.uid}")
    assert "Former" in answer["html"]
    uid = axis.uid
    axis.delete()
    refused = editor.post(f"{base}ajout/lignes/", {f"actions-{uid}": "Louer"}, headers={"X-Plan": "1"})
    assert (refused.status_code, Action.objects.count()) == (409, 0)


def test_a_line_that_is_refused_is_shown_again(editor, base, axis):
    refused = editor.post(f"{base}ajout/lignes/", {f"actions-{axis.uid}": "x" * 301})
    assert (refused.status_code, refused.context["form"]["title"].value()) == (422, "x" * 301)
    nothing = editor.post(f"{base}ajout/lignes/", {f"actions-{axis.uid}": "  ", "retour": base}, follow=True)
    assert said(nothing) == ["Tapez un intitulé, puis Entrée."]


def test_a_list_is_seen_corrected_then_created_and_taken_back(editor, edition, base, axis):
    address = f"{base}coller/?quoi=actions&objectif={axis.uid}"
    assert editor.get(address).context["form"]["objectif"].value() == axis.uid
    seen = editor.post(address, {"objectif": axis.uid, "texte": "1. Former\n\n• Louer\nAcheter"})
    assert [title for title, _ in seen.context["titles"]] == ["Former", "Louer", "Acheter"]
    assert not Action.objects.exists()

    back = editor.post(address, {"objectif": axis.uid, "titre": ["Former", "Louer"], "revenir": "1"})
    assert back.context["form"]["texte"].value() == "Former\nLouer"

    created = editor.post(address, {"objectif": axis.uid, "titre": ["Former mieux", "", "Acheter"]}, follow=True)
    desk = reverse("roadmap-edit", args=[edition.roadmap.slug])
    assert created.redirect_chain == [(f"{desk}#ligne-{axis.uid}", 302)]
    assert said(created) == ["2\xa0actions sont ajoutées."]
    assert places() == [("Former mieux", 0), ("Acheter", 1)]
    (batch,) = set(Revision.objects.values_list("batch", flat=True))
    editor.post(reverse("gesture-undo", args=[edition.roadmap.slug, batch]))
    assert places() == []


def test_a_list_of_objectives_is_created_too(editor, base, axis):
    editor.post(f"{base}coller/?quoi=objectifs", {"objectif": axis.uid, "titre": ["Amorcer"]})
    assert Objective.objects.filter(parent=axis, depth=2, title="Amorcer").exists()


def test_a_list_that_is_too_long_is_refused_and_kept(editor, base, axis):
    address, text = f"{base}coller/?quoi=actions", "\n".join(["Former"] * 201)
    refused = editor.post(address, {"objectif": axis.uid, "texte": text})
    assert complaints(refused) == ["Votre liste\xa0: 201 lignes\xa0: 200 au plus à la fois. Collez la suite ensuite."]
    assert refused.context["form"]["texte"].value() == text
    empty = editor.post(address, {"objectif": axis.uid, "texte": " - \n"})
    assert complaints(empty) == ["Votre liste\xa0: Aucun intitulé dans ce texte\xa0: écrivez-en un par ligne."]

    long = editor.post(address, {"objectif": axis.uid, "texte": f"Former\n{'x' * 301}"})
    fault = "Un intitulé ne dépasse pas 300 caractères\xa0; raccourcissez la ligne 2."
    assert (long.status_code, complaints(long)) == (422, [fault])
    still = editor.post(address, {"objectif": axis.uid, "titre": ["Former", "x" * 301]})
    assert (complaints(still), still.context["titles"][1]) == ([fault], ("x" * 301, True))
    nothing = editor.post(address, {"objectif": axis.uid, "titre": ["", " "]})
    assert complaints(nothing) == ["Il ne reste aucun intitulé\xa0: écrivez-en un."]
    gone = editor.post(address, {"objectif": "aaaaaaaa", "titre": ["Former"]})
    assert (complaints(gone), [title for title, _ in gone.context["titles"]]) == ([GONE], ["Former"])
    assert not Action.objects.exists()


def test_nothing_is_added_to_a_published_edition(editor, edition, base, axis):
    Edition.objects.update(published_at="2026-01-15T09:00Z")
    for path in ("ajout/", "coller/"):
        assert editor.get(f"{base}{path}").status_code == 302
    refused = editor.post(f"{base}ajout/", {"title": "Former", "objectif": axis.uid})
    assert (refused.status_code, complaints(refused)) == (409, [CLOSED])
    kept = editor.post(f"{base}coller/", {"objectif": axis.uid, "titre": ["Former"]})
    assert (complaints(kept), [title for title, _ in kept.context["titles"]]) == ([CLOSED], ["Former"])
    assert editor.post(f"{base}ajout/lignes/", {f"actions-{axis.uid}": "Former"}).status_code == 302
    with pytest.raises(EditionClosedError):
        add_many(Action, edition, axis.uid, ["Former"], by=None)
    assert not Action.objects.exists()


def test_an_objective_of_another_edition_is_not_there(editor, base, axis):
    foreign = ObjectiveFactory(edition=EditionFactory())
    refused = editor.post(f"{base}coller/", {"objectif": foreign.uid, "titre": ["Former"]})
    assert complaints(refused) == [GONE]


@pytest.mark.parametrize("count", [1, 3, 40])
def test_a_list_costs_as_many_queries_whatever_its_length(edition, axis, count, django_assert_num_queries):
    with django_assert_num_queries(9):
        add_many(Action, edition, axis.uid, [f"Former {n}" for n in range(count)], by=None)


def test_numbers_of_two_figures_are_ranks_where_several_lines_have_one():
    assert titles_of("1.1 Créer\n1.2 Former") == ["Créer", "Former"]
    assert titles_of("1.5 million d’euros\nFormer") == ["1.5 million d’euros", "Former"]


def test_lines_that_are_refused_are_all_said_and_the_others_added(editor, edition, base):
    axis = ObjectiveFactory(edition=edition)
    typed = {f"actions-{axis.uid}": "Former", "actions-zzzzzzzz": "Louer", "objectifs-zzzzzzzz": "Coopérer"}
    refused = editor.post(f"{base}ajout/lignes/", typed)
    assert refused.status_code == 422
    assert refused.context["form"]["title"].value() == "Louer"
    assert refused.context["form"].non_field_errors() == ["À reprendre aussi\u00a0: L’objectif «\u00a0Coopérer\u00a0»."]
    assert list(Action.objects.values_list("title", flat=True)) == ["Former"]


def test_no_more_titles_than_a_list_may_hold_are_created(editor, edition, base):
    axis = ObjectiveFactory(edition=edition)
    sent = {"titre": [f"Action {n}" for n in range(201)], "objectif": axis.uid}
    refused = editor.post(f"{base}coller/?quoi=actions", sent)
    assert refused.status_code == 422
    assert refused.context["fault"] == "201 lignes\u00a0: 200 au plus à la fois. Collez la suite ensuite."
    assert Action.objects.count() == 0


@pytest.mark.parametrize("address", ["coller/?quoi=actions", "lot/", "ajout/lignes/"])
def test_a_null_character_is_no_reason_to_fail(editor, edition, base, address):
    action = ActionFactory(objective__edition=edition)
    sent = {
        "titre": "a\0b", "objectif": "\0", "action": ["x\0", action.uid], "fiche": "x\0.1", "actions-\0": "Louer\0",
    }  # fmt: skip
    for step in ({}, {"etape": "apercu"}, {"etape": "appliquer"}):
        assert editor.post(f"{base}{address}", sent | step).status_code in {200, 302, 409, 422}
