"""A page saves by itself what is typed: what it is told, and what it leaves in the history."""

from urllib.parse import quote

import pytest
from django.urls import reverse

from people.models import Organisation, Person
from roadmaps import editions
from roadmaps.forms.action import OBJECTIVE_GONE
from roadmaps.forms.sheet import GONE
from roadmaps.models import Action, ActionActor, Funding, Objective, Revision, Section, Step
from tests.people.factories import OrganisationFactory
from tests.roadmaps.factories import (
    ActionActorFactory,
    ActionFactory,
    FundingFactory,
    ObjectiveFactory,
    SectionFactory,
)
from tests.roadmaps.writing.hands import complaints, typed

AUTOSAVE = {"X-Autosave": "1"}


@pytest.fixture
def action(edition):
    return ActionFactory(objective=ObjectiveFactory(edition=edition))


@pytest.fixture
def address(base, action):
    return f"{base}actions/{action.uid}/"


def test_what_is_typed_is_saved_and_the_page_learns_its_new_version(editor, edition, base):
    section = SectionFactory(edition=edition, title="Contexte")
    address = f"{base}sections/{section.uid}/"
    read = typed(editor.get(address))
    for title in ("Contexte l", "Contexte local"):
        answer = editor.post(address, read | {"title": title}, headers=AUTOSAVE)
        told = answer.json()
        assert (answer.status_code, told["said"][:13]) == (200, "Enregistré à ")
        read |= {"version": told["version"], "base": told["base"]}
    assert Section.objects.values_list("title", "version").get() == ("Contexte local", 3)
    assert Revision.objects.count() == 1

    assert editor.post(address, read | {"title": "Contexte local."}).status_code == 302
    assert Revision.objects.values_list("is_open", flat=True).get() is False


def test_a_new_row_is_created_once_however_often_the_page_saves(editor, address):
    sent = typed(editor.get(address)) | {"acteurs-0-organisation": "Le Relais", "acteurs-0-role": "lead"}
    for role in ("lead", "partner", "partner"):
        told = editor.post(address, sent | {"acteurs-0-role": role}, headers=AUTOSAVE).json()
        sent |= {"version": told["version"], "base": told["base"]} | told["rows"]
    assert ActionActor.objects.values_list("organisation__name", "role").get() == ("Le Relais", "partner")
    assert told["rows"] == {"acteurs-0-row": ActionActor.objects.get().pk}


def test_a_row_added_while_typing_then_emptied_is_gone(editor, address):
    sent = typed(editor.get(address)) | {"etapes-0-title": "Trouver un local", "acteurs-0-organisation": "Le Relais"}
    for emptied in ({}, {"etapes-0-title": "", "acteurs-0-organisation": ""}, {"title": "Autre titre"}):
        sent |= emptied
        told = editor.post(address, sent, headers=AUTOSAVE).json()
        sent |= {"version": told["version"], "base": told["base"]} | told["rows"]
    assert (told["rows"], ActionActor.objects.count(), Step.objects.count()) == ({}, 0, 0)
    assert Action.objects.get().title == "Autre titre"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": ""}, "Intitulé – Ce champ est obligatoire."),
        ({"starts_on": "31/02/2026"}, "Début – Cette date ne se lit pas. "),
        ({"starts_on": "printemps 2026"}, "Début – Cette date ne se lit pas. "),
        (
            {"financements-0-amount": "12k"},
            "Financement 1, Montant – Écrivez un nombre en chiffres, par exemple 44 500 ou 12,5.",
        ),
        (
            {"financements-0-amount": "1e9"},
            "Financement 1, Montant – Écrivez un nombre en chiffres, par exemple 44 500 ou 12,5.",
        ),
        ({"financements-0-amount": "-3"}, "Financement 1, Montant – "),
    ],
)
def test_what_cannot_be_saved_is_said_and_nothing_is_written(changes, said, editor, address, action):
    sent = typed(editor.get(address)) | {"title": "Autre titre"} | changes
    told = editor.post(address, sent, headers=AUTOSAVE)
    assert told.status_code == 422
    assert told.json()["said"].replace("\u202f", " ").startswith(f"Non enregistré\xa0: {said}".replace("\u202f", " "))
    assert (Action.objects.get().title, Funding.objects.count(), Revision.objects.count()) == (action.title, 0, 0)
    refused = editor.post(address, sent)
    assert (refused.status_code, typed(refused)[next(iter(changes))]) == (422, [next(iter(changes.values()))])


@pytest.mark.parametrize("amount", ["12 000,50 €", "12\u202f000,50", "12000.5"])
def test_an_amount_is_read_as_it_is_written_in_french(amount, editor, address):
    sent = typed(editor.get(address)) | {"financements-0-amount": amount}
    assert editor.post(address, sent, headers=AUTOSAVE).status_code == 200
    assert str(Funding.objects.get().amount) == "12000.50"


def test_a_page_that_somebody_saved_meanwhile_says_who_and_writes_nothing(editor, address):
    read = typed(editor.get(address))
    editor.post(address, read | {"title": "Premier"})
    told = editor.post(address, read | {"title": "Second"}, headers=AUTOSAVE)
    assert (told.status_code, told.json()["is_stale"]) == (409, True)
    assert "a enregistré cette page pendant que vous écriviez" in told.json()["said"]
    assert Action.objects.get().title == "Premier"


def test_a_sheet_deleted_meanwhile_says_so(editor, edition, address, action):
    read = typed(editor.get(address))
    action.objective.delete()
    told = editor.post(address, read | {"title": "Autre"}, headers=AUTOSAVE)
    assert (told.status_code, told.json()) == (
        409,
        {"said": f"Non enregistré\xa0: {GONE}", "field": "", "is_stale": True},
    )

    other = ObjectiveFactory(edition=edition)
    refused = editor.post(address, read | {"title": "Autre"})
    assert (refused.status_code, complaints(refused), typed(refused)["title"]) == (
        409,
        [GONE, f"Objectif auquel elle répond\xa0: {OBJECTIVE_GONE}"],
        ["Autre"],
    )
    assert editor.post(address, typed(refused) | {"objective": other.pk}).status_code == 302
    assert Action.objects.values_list("title", "uid", "objective").get() == ("Autre", action.uid, other.pk)


def test_an_action_sent_to_an_objective_deleted_meanwhile_says_so_and_stays(editor, edition, address, action):
    other = ObjectiveFactory(edition=edition)
    sent = typed(editor.get(address)) | {"objective": str(other.pk), "title": "Autre"}
    Objective.objects.filter(pk=other.pk).delete()
    told = editor.post(address, sent, headers=AUTOSAVE)
    assert (told.status_code, told.json()["said"]) == (
        422,
        f"Non enregistré\xa0: Objectif auquel elle répond – {OBJECTIVE_GONE}",
    )
    refused = editor.post(address, sent)
    assert (refused.status_code, typed(refused)["title"]) == (422, ["Autre"])
    assert Action.objects.values_list("title", "objective").get() == (action.title, action.objective_id)


def test_an_edition_published_meanwhile_says_so(editor, edition, address, action):
    read = typed(editor.get(address))
    editions.publish(edition, None)
    told = editor.post(address, read | {"title": "Autre"}, headers=AUTOSAVE)
    assert (told.status_code, told.json()) == (
        409,
        {"said": f"Non enregistré\xa0: {editions.CLOSED}", "field": "", "is_stale": False},
    )
    assert Action.objects.get().title == action.title


def test_only_a_stored_sheet_of_a_draft_saves_by_itself(editor, edition, base, address):
    saves = {
        where: b"data-autosave" in editor.get(where).content
        for where in (address, base, f"{base}actions/ajouter/", reverse("roadmap-actors", args=[edition.roadmap.slug]))
    }
    assert list(saves.values()) == [True, True, False, False]


def test_a_saved_page_tells_the_browser_to_forget_what_it_kept(editor, address, action):
    page = editor.get(address)
    answer = editor.post(address, typed(page))
    assert page.context["draft_key"].endswith(f":{address}:{action.pk}")
    assert answer.cookies["saisie"].value == quote(page.context["draft_key"], safe="")


def test_a_refusal_names_the_row_and_the_field(editor, address):
    sent = typed(editor.get(address)) | {"financements-1-amount": "12k"}
    told = editor.post(address, sent, headers=AUTOSAVE).json()
    assert (told["field"], told["said"].replace("\u202f", " ")) == (
        "id_financements-1-amount",
        "Non enregistré\xa0: Financement 2, Montant – Écrivez un nombre en chiffres, par exemple 44 500 ou 12,5.",
    )


def test_a_name_that_is_corrected_while_typing_leaves_no_trace_in_the_register(editor, address):
    used = OrganisationFactory(name="Le Relais")
    others = {"acteurs-1-organisation": "Le Relais", "acteurs-1-role": "funder"}
    sent = typed(editor.get(address)) | {"elected_referent": "Ana Duran"} | others
    for name, person in (("Zorglub", "Ana Duran"), ("Zorglub associatif", "Anna Durand"), ("Le Relais", "")):
        sent |= {"acteurs-0-organisation": name, "elected_referent": person, "acteurs-0-role": "partner"}
        told = editor.post(address, sent, headers=AUTOSAVE).json()
        sent |= {"version": told["version"], "base": told["base"]} | told["rows"]
    assert list(Organisation.objects.values_list("name", flat=True)) == [used.name]
    assert not Person.objects.filter(last_name__startswith="Dur").exists()


def test_two_rows_that_say_the_same_are_refused_even_when_both_were_added_while_typing(editor, address):
    sent = typed(editor.get(address)) | {"acteurs-0-organisation": "Le Relais", "acteurs-1-organisation": "Le Mat"}
    told = editor.post(address, sent, headers=AUTOSAVE).json()
    sent |= {"version": told["version"], "base": told["base"]} | told["rows"]
    told = editor.post(address, sent | {"acteurs-1-organisation": "Le Relais"}, headers=AUTOSAVE)
    assert told.status_code == 422
    assert "Deux lignes donnent le même rôle au même organisme" in told.json()["said"]


@pytest.mark.parametrize("reason", ["said before", "described", "used elsewhere"])
def test_an_organisation_that_is_more_than_a_slip_stays(editor, address, action, edition, reason):
    sent = typed(editor.get(address))
    if reason == "said before":
        ActionActorFactory(action=action, organisation__name="Zorglub", organisation__kind=Organisation.Kind.OTHER)
        sent = typed(editor.get(address))
    for name in ("Zorglub", "Le Relais"):
        sent |= {"acteurs-0-organisation": name, "acteurs-0-role": "lead"}
        told = editor.post(address, sent, headers=AUTOSAVE).json()
        sent |= {"version": told["version"], "base": told["base"]} | told["rows"]
        if reason == "described":
            Organisation.objects.filter(name="Zorglub").update(website="https://zorglub.example")
        if reason == "used elsewhere" and name == "Zorglub":
            FundingFactory(action__objective__edition=edition, funder=Organisation.objects.get())
    assert Organisation.objects.filter(name="Zorglub").exists()


def test_an_objective_that_is_gone_is_replaced_by_none(editor, address, edition, action):
    sent = typed(editor.get(address))
    ObjectiveFactory(edition=edition, title="Premier axe")
    Action.objects.update(objective=ObjectiveFactory(edition=edition, position=1))
    Objective.objects.filter(pk=sent["objective"][0]).delete()
    refused = editor.post(address, sent)
    assert refused.status_code == 422
    assert typed(refused)["objective"] == [""]
    assert editor.post(address, typed(refused)).status_code == 422
