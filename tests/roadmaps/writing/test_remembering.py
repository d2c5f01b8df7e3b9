"""The history, the bin and « Annuler », as a writer uses them."""

import pytest
from django.urls import reverse

from roadmaps.models import Action, Objective, Revision
from roadmaps.writing import delete_row
from tests.people.factories import team_member
from tests.roadmaps.factories import ObjectiveFactory, RevisionFactory, SectionFactory
from tests.roadmaps.whole import whole_edition
from tests.roadmaps.writing.hands import write


@pytest.fixture
def objective(edition):
    return ObjectiveFactory(edition=edition, title="Coopérer")


def messages(response):
    return [str(message) for message in response.context["messages"]]


def text_of(response):
    return " ".join(response.content.decode().split())


def test_the_history_says_who_changed_what(editor, base, edition, objective):
    write(editor, f"{base}objectifs/{objective.uid}/", title="Coopérer mieux", code="1")
    page = editor.get(reverse("roadmap-history", args=[edition.roadmap.slug]))
    (entry,) = page.context["entries"]
    assert entry.what == "a modifié l’objectif « 1 Coopérer mieux »"
    assert entry.fields == ["code affiché", "intitulé"]

    shown = editor.get(reverse("revision-detail", args=[edition.roadmap.slug, entry.revision.pk]))
    marks = {change.label: str(change.marks) for change in shown.context["detail"].changes}
    hidden = '<span class="visually-hidden">ajouté\u00a0: </span>'
    assert marks == {"Code affiché": f"<ins>{hidden}1</ins>", "Intitulé": f"Coopérer <ins>{hidden}mieux</ins>"}


def test_each_sheet_leads_to_its_own_history(editor, base, edition, objective):
    section = SectionFactory(edition=edition, title="Contexte")
    sheets = {f"{base}objectifs/{objective.uid}/": "Coopérer", f"{base}sections/{section.uid}/": "Contexte", base: ""}
    for address, title in sheets.items():
        write(editor, address, **({"title": f"{title} mieux"} if title else {"foreword_author": "La présidente"}))
    for address, title in sheets.items():
        (history,) = [one for one in editor.get(address).context["page"].gestures if one["label"] == "Historique"]
        entries = editor.get(history["url"]).context["entries"]
        assert [entry.revision.title for entry in entries] == [f"{title} mieux" if title else str(edition)]


def test_a_field_then_the_whole_sheet_come_back(editor, base, edition, objective):
    write(editor, f"{base}objectifs/{objective.uid}/", title="Autre", code="9")
    address = reverse("revision-restore", args=[edition.roadmap.slug, Revision.objects.get().pk])
    editor.post(address, {"champ": "title"})
    assert Objective.objects.values_list("title", "code").get() == ("Coopérer", "9")
    editor.post(address, {"version": "avant"})
    assert Objective.objects.values_list("title", "code").get() == ("Coopérer", "")
    editor.post(address, {"version": "apres"})
    assert Objective.objects.values_list("title", "code").get() == ("Autre", "9")


def test_a_deletion_is_undone_from_its_message(editor, base, edition, objective):
    answer = editor.post(f"{base}objectifs/{objective.uid}/supprimer/", {"version": objective.version}, follow=True)
    undo = reverse("gesture-undo", args=[edition.roadmap.slug, Revision.objects.get().batch])
    assert f'action="{undo}"' in text_of(answer)
    back = editor.post(undo, {"retour": reverse("roadmap-history", args=[edition.roadmap.slug])}, follow=True)
    assert (back.redirect_chain[0][0], messages(back)) == (
        reverse("roadmap-history", args=[edition.roadmap.slug]),
        ["C’est annulé : « Coopérer »."],
    )
    assert Objective.objects.get().title == "Coopérer"


def test_undoing_twice_says_why_not(editor, edition, objective):
    deletion = delete_row(objective, objective.version, by=team_member())
    undo = reverse("gesture-undo", args=[edition.roadmap.slug, deletion.batch])
    editor.post(undo)
    again = editor.post(undo, {"retour": "https://ailleurs.test/"}, follow=True)
    assert again.redirect_chain[0][0] == reverse("roadmap-edit", args=[edition.roadmap.slug])
    assert messages(again)[-1].startswith("Cette page a changé depuis")
    assert Objective.objects.count() == 1


def test_the_bin_names_what_went_with_it_and_gives_it_back(manager, client_for):
    editor = client_for(team_member())
    edition = whole_edition(actions=2)
    top = Objective.objects.get(edition=edition, depth=1)
    delete_row(top, top.version, by=None)
    slug = edition.roadmap.slug
    page = editor.get(reverse("roadmap-bin", args=[slug]))
    assert [row["losses"] for row in page.context["rows"]] == [["2\xa0objectifs", "2\xa0actions", "3\xa0indicateurs"]]

    answer = editor.post(reverse("revision-restore", args=[slug, Revision.objects.get().pk]), follow=True)
    assert messages(answer) == [f"« {top} » est de retour."]
    assert Action.objects.filter(edition=edition).count() == 2
    assert editor.get(reverse("roadmap-bin", args=[slug])).context["rows"] == []


def test_a_version_is_named_and_found_by_its_name(editor, edition):
    revision = RevisionFactory(edition=edition)
    RevisionFactory(edition=edition)
    slug = edition.roadmap.slug
    editor.post(reverse("revision-name", args=[slug, revision.pk]), {"name": "  Version du  conseil "})
    page = editor.get(reverse("roadmap-history", args=[slug]), {"versions": "nommees"})
    assert [entry.revision.name for entry in page.context["entries"]] == ["Version du conseil"]
    refused = editor.post(reverse("revision-name", args=[slug, revision.pk]), {"name": "x" * 101}, follow=True)
    assert messages(refused) == ["Ce nom est trop long : 100 caractères au plus."]


@pytest.mark.parametrize("count", [1, 3, 40])
def test_the_history_costs_the_same_whatever_its_length(count, editor, edition, django_assert_num_queries):
    RevisionFactory.create_batch(count, edition=edition, by=team_member())
    with django_assert_num_queries(7):
        editor.get(reverse("roadmap-history", args=[edition.roadmap.slug]))
    with django_assert_num_queries(7):
        editor.get(reverse("roadmap-bin", args=[edition.roadmap.slug]))


def test_every_field_of_a_whole_action_is_told(editor):
    edition = whole_edition(actions=2)
    action = Action.objects.filter(edition=edition).select_related("edition__roadmap").first()
    deletion = delete_row(action, action.version)
    page = editor.get(reverse("revision-detail", args=[edition.roadmap.slug, deletion.pk]))
    told = {change.label: str(change.marks) for change in page.context["detail"].changes}
    assert {"Objectif", "Intitulé", "Horizon", "Leviers", "Organismes", "Financements", "Étapes", "Indicateurs"} <= set(
        told
    )
    assert all("None" not in words for words in told.values())


@pytest.mark.parametrize("back", ["foo", "desk", "//ailleurs.example/", "https://ailleurs.example/"])
def test_a_gesture_leads_back_to_a_page_of_the_portal_only(editor, edition, base, back):
    section = SectionFactory(edition=edition)
    SectionFactory(edition=edition, position=1)
    moved = editor.post(f"{base}sections/{section.uid}/deplacer/", {"sens": "bas", "retour": back})
    assert moved["Location"].startswith(f"{base}sections/")
    batch = Revision.objects.latest("pk").batch
    undone = editor.post(reverse("gesture-undo", args=[edition.roadmap.slug, batch]), {"retour": back})
    assert undone["Location"] == reverse("roadmap-edit", args=[edition.roadmap.slug])


def test_the_name_of_a_version_holds_no_null_character(editor, edition, base):
    write(editor, f"{base}sections/{SectionFactory(edition=edition).uid}/", title="Autre")
    revision = Revision.objects.get()
    editor.post(reverse("revision-name", args=[edition.roadmap.slug, revision.pk]), {"name": "a\0b"})
    revision.refresh_from_db()
    assert revision.name == "ab"
