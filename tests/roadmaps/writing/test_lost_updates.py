import re

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from roadmaps import editions
from roadmaps.editions import CLOSED
from roadmaps.forms.sheet import GONE
from roadmaps.models import Action, ActionActor, Edition, Milestone, Roadmap, Section
from tests.people.factories import OrganisationFactory
from tests.roadmaps.factories import (
    ActionActorFactory,
    ActionFactory,
    MilestoneFactory,
    ObjectiveFactory,
    SectionFactory,
)
from tests.roadmaps.writing.hands import complaints, typed, write

SOMEBODY_SAVED = re.compile(r"Camille Martin \d+, à \d+ h \d\d, a enregistré cette page pendant que vous écriviez\.")


def conflicts(response):
    """Give, by field, the two texts that a page sets side by side: the writer’s, then the stored one."""
    return {
        one.name: (
            strip_tags(one.mine).replace("ajouté\xa0: ", ""),
            strip_tags(one.theirs).replace("supprimé\xa0: ", ""),
        )
        for one in response.context["form"].conflicts
    }


def said(response):
    """Say whether the page tells who saved meanwhile, and give what else it complains of."""
    first, *others = complaints(response)
    return bool(SOMEBODY_SAVED.match(first)), others


@pytest.mark.parametrize("choice", ["mine", "theirs"])
def test_what_two_people_wrote_stands_side_by_side_and_each_field_is_chosen(choice, editor, edition, base):
    section = SectionFactory(edition=edition, title="Contexte", kind="context", body="<p>Un</p>")
    address = f"{base}sections/{section.uid}/"
    read_by_both = typed(editor.get(address))
    editor.post(address, read_by_both | {"title": "Contexte local", "body": "<p>Deux</p>"})

    refused = editor.post(address, read_by_both | {"title": "Contexte mondial", "kind": "stakes"})

    assert (refused.status_code, said(refused)) == (409, (True, []))
    assert conflicts(refused) == {"title": ("Contexte mondial", "Contexte local")}
    assert re.search(r"Prendre la version enregistrée par Camille Martin \d+, à \d+ h \d\d<", refused.content.decode())
    assert refused.context["form"].taken == ["Texte"]
    assert Section.objects.get().title == "Contexte local"
    kept = typed(refused)
    assert (kept["title"], kept["kind"], kept["body"], kept["version"]) == (
        ["Contexte mondial"],
        ["stakes"],
        ["<p>Deux</p>"],
        ["2"],
    )

    assert editor.post(address, kept | {"choix-title": choice}).status_code == 302
    assert Section.objects.values_list("title", "kind", "body", "version").get() == (
        "Contexte mondial" if choice == "mine" else "Contexte local",
        "stakes",
        "<p>Deux</p>",
        3,
    )


def test_a_page_sent_without_what_it_read_asks_about_every_difference(editor, edition, base):
    section = SectionFactory(edition=edition, title="Contexte", body="")
    address = f"{base}sections/{section.uid}/"
    read = typed(editor.get(address))
    editor.post(address, read | {"title": "Contexte local"})
    for base_sent in ("", "[]", "{", '{"title": 3}'):
        refused = editor.post(address, read | {"base": base_sent, "kind": "stakes"})
        assert set(conflicts(refused)) == {"kind", "title"}


def test_a_sheet_deleted_meanwhile_is_recreated_by_a_second_save(editor, edition, base):
    section = SectionFactory(edition=edition, title="Contexte")
    address = f"{base}sections/{section.uid}/"
    read = typed(editor.get(address))
    write(editor, f"{address}supprimer/")

    refused = editor.post(address, read | {"title": "Contexte local"})
    assert (refused.status_code, complaints(refused)) == (409, [GONE])
    assert not Section.objects.exists()

    assert editor.post(address, typed(refused)).status_code == 302
    assert Section.objects.values_list("title", "uid").get() == ("Contexte local", section.uid)


@pytest.fixture
def address_of_two_actors(edition, base):
    """The sheet of an action in which two organisations act."""
    action = ActionFactory(objective=ObjectiveFactory(edition=edition))
    for position, name in enumerate(["Les Écossolies", "La Ressourcerie"]):
        ActionActorFactory(action=action, position=position, organisation=OrganisationFactory(name=name))
    return f"{base}actions/{action.uid}/"


@pytest.fixture
def refused_rows(editor, address_of_two_actors):
    """What is answered to somebody whose rows were written by another meanwhile."""
    read = typed(editor.get(address_of_two_actors))
    theirs = {"acteurs-0-DELETE": "on", "acteurs-1-role": "funder", "acteurs-2-organisation": "Le Relais"}
    editor.post(address_of_two_actors, read | theirs | {"means": "Un local"})
    assert [actor.role for actor in ActionActor.objects.all()] == ["funder", "partner"]
    mine = {"acteurs-0-role": "co_lead", "acteurs-1-role": "carrier", "title": "Autre titre"}
    return editor.post(address_of_two_actors, read | mine)


def actors():
    """Give who does what, in order."""
    rows = ActionActor.objects.select_related("organisation")
    return [(actor.organisation.name, actor.role, actor.position) for actor in rows]


def test_rows_written_by_two_editors_are_told_one_by_one(refused_rows):
    assert (refused_rows.status_code, *said(refused_rows)) == (
        409,
        True,
        [
            "Ajouté entre-temps, et gardé\xa0: Le Relais (partenaire).",
            "Ligne 1\xa0: Cette ligne a été supprimée entre-temps\xa0: enregistrer de nouveau la recréera.",
        ],
    )
    assert conflicts(refused_rows) == {
        "acteurs": (
            "Les Écossolies · Co-pilote\nLa Ressourcerie · Porteur",
            "La Ressourcerie · Financeur\nLe Relais · Partenaire",
        )
    }
    assert refused_rows.context["form"].taken == ["Moyens"]
    assert actors() == [("La Ressourcerie", "funder", 0), ("Le Relais", "partner", 1)]


def test_rows_kept_by_their_writer_stand_beside_those_that_came_meanwhile(editor, address_of_two_actors, refused_rows):
    kept = typed(refused_rows)
    assert editor.post(address_of_two_actors, kept).status_code == 302
    assert actors() == [
        ("La Ressourcerie", "carrier", 0),
        ("Le Relais", "partner", 1),
        ("Les Écossolies", "co_lead", 2),
    ]
    assert Action.objects.values_list("title", "means").get() == ("Autre titre", "Un local")
    (deleted,) = kept["acteurs-0-row"]
    assert int(deleted) not in ActionActor.objects.values_list("pk", flat=True)


def test_the_stored_rows_may_be_preferred_to_ones_own(editor, edition, base):
    action = ActionFactory(objective=ObjectiveFactory(edition=edition))
    ActionActorFactory(action=action, organisation=OrganisationFactory(name="Les Écossolies"))
    address = f"{base}actions/{action.uid}/"
    read = typed(editor.get(address))
    editor.post(address, read | {"acteurs-0-role": "funder", "acteurs-1-organisation": "Le Relais"})
    refused = editor.post(address, read | {"acteurs-0-role": "carrier", "title": "Autre titre"})
    assert editor.post(address, typed(refused) | {"choix-acteurs": "theirs"}).status_code == 302
    stored = ActionActor.objects.select_related("organisation")
    assert [(one.organisation.name, one.role) for one in stored] == [
        ("Les Écossolies", "funder"),
        ("Le Relais", "partner"),
    ]
    assert Action.objects.get().title == "Autre titre"


def test_two_rows_may_swap_what_only_one_may_hold(editor, edition, base):
    action = ActionFactory(objective=ObjectiveFactory(edition=edition))
    for n, name in enumerate(["Les Écossolies", "La Ressourcerie"]):
        ActionActorFactory(action=action, position=n, organisation=OrganisationFactory(name=name))
    swapped = {"acteurs-0-organisation": "La Ressourcerie", "acteurs-1-organisation": "Les Écossolies"}

    assert write(editor, f"{base}actions/{action.uid}/", **swapped).status_code == 302
    actors = ActionActor.objects.select_related("organisation")
    assert [actor.organisation.name for actor in actors] == ["La Ressourcerie", "Les Écossolies"]


def test_the_same_role_twice_is_refused_in_the_form(editor, edition, base):
    action = ActionFactory(objective=ObjectiveFactory(edition=edition))
    twice = {f"acteurs-{n}-organisation": "Le Relais" for n in (0, 1)}
    refused = write(editor, f"{base}actions/{action.uid}/", **twice)
    assert (refused.status_code, ActionActor.objects.count()) == (422, 0)
    assert complaints(refused) == ["Deux lignes donnent le même rôle au même organisme : gardez-en une."]


def test_an_edition_published_meanwhile_refuses_a_sheet_and_keeps_what_was_typed(editor, edition, base):
    section = SectionFactory(edition=edition, title="Contexte")
    address = f"{base}sections/{section.uid}/"
    read = typed(editor.get(address))
    editions.publish(edition, None)

    refused = editor.post(address, read | {"title": "Contexte local"})

    assert (refused.status_code, complaints(refused)) == (409, [CLOSED])
    assert typed(refused)["title"] == ["Contexte local"]
    assert Section.objects.values_list("title", "version").get() == ("Contexte", 1)


def test_a_published_edition_leads_back_to_the_desk(editor, edition, base):
    section = SectionFactory(edition=edition)
    editions.publish(edition, None)
    desk = reverse("roadmap-edit", args=[edition.roadmap.slug])
    for address in (base, f"{base}sections/", f"{base}sections/ajouter/", f"{base}sections/{section.uid}/"):
        answer = editor.get(address)
        assert (answer.status_code, answer["Location"]) == (302, desk)
    for gesture in ("supprimer", "deplacer"):
        assert editor.post(f"{base}sections/{section.uid}/{gesture}/", {"sens": "haut"})["Location"] == desk
    assert Section.objects.count() == 1


def test_an_invalid_sheet_takes_no_version(editor, edition, base):
    section = SectionFactory(edition=edition)
    refused = write(editor, f"{base}sections/{section.uid}/", title="")
    assert (refused.status_code, complaints(refused)) == (422, ["Titre : Ce champ est obligatoire."])
    assert Section.objects.get().version == 1


def test_what_is_beside_the_editions_is_protected_too(editor, edition):
    roadmap, milestone = edition.roadmap, MilestoneFactory(roadmap=edition.roadmap)
    for name, args, row, field in (
        ("roadmap-identity", [roadmap.slug], Roadmap, "title"),
        ("milestone-edit", [roadmap.slug, milestone.pk], Milestone, "title"),
    ):
        address = reverse(name, args=args)
        read = typed(editor.get(address))
        assert editor.post(address, read | {field: "Premier"}).status_code == 302
        refused = editor.post(address, read | {field: "Second"})
        assert (refused.status_code, typed(refused)[field]) == (409, ["Second"])
        assert row.objects.get().title == "Premier"


def test_an_action_linked_or_unlinked_from_another_page_is_not_saved_over(editor, edition, base):
    one, other = ActionFactory.create_batch(2, objective=ObjectiveFactory(edition=edition))
    addresses = [f"{base}actions/{action.uid}/" for action in (one, other)]
    for chosen, now in (([str(other.pk)], [str(one.pk)]), ([], [])):
        read = typed(editor.get(addresses[1]))
        assert write(editor, addresses[0], linked_actions=chosen).status_code == 302

        refused = editor.post(addresses[1], read)

        assert (refused.status_code, other.linked_actions.count()) == (409, len(chosen))
        assert refused.context["form"].taken == ["Actions liées"]
        assert typed(refused).get("linked_actions", []) == now


def test_an_action_whose_links_stay_keeps_its_version(editor, edition, base):
    one, other = ActionFactory.create_batch(2, objective=ObjectiveFactory(edition=edition))
    one.linked_actions.add(other)
    assert write(editor, f"{base}actions/{one.uid}/", title="Autre titre").status_code == 302
    assert Action.objects.values_list("version", flat=True).get(pk=other.pk) == 1


def test_what_somebody_wrote_in_meanwhile_is_not_deleted(editor, edition, base):
    section = SectionFactory(edition=edition, title="Contexte")
    milestone = MilestoneFactory(roadmap=edition.roadmap)
    for address, model in (
        (f"{base}sections/{section.uid}/", Section),
        (reverse("milestone-edit", args=[edition.roadmap.slug, milestone.pk]), Milestone),
    ):
        read = typed(editor.get(f"{address}supprimer/"))
        assert write(editor, address, title="Relu").status_code == 302

        for sent in (read, {}, {"version": "9" * 5000}):
            refused = editor.post(f"{address}supprimer/", sent)
            assert (refused.status_code, model.objects.count()) == (409, 1)
            assert "Quelqu’un d’autre a modifié cette page entre-temps." in refused.content.decode()

        assert editor.post(f"{address}supprimer/", typed(refused)).status_code == 302
        assert not model.objects.exists()


def test_a_draft_in_which_somebody_wrote_meanwhile_is_not_discarded(editor, manager, edition, base):
    address = reverse("edition-discard", args=[edition.roadmap.slug, edition.number])
    read = typed(manager.get(address))
    assert write(editor, f"{base}sections/ajouter/", kind="context", title="Contexte").status_code == 302

    refused = manager.post(address, read)

    assert (refused.status_code, Section.objects.count()) == (409, 1)
    assert "Quelqu’un d’autre a modifié ou commenté cette édition entre-temps." in refused.content.decode()
    assert manager.post(address, typed(refused)).status_code == 302
    assert not Edition.objects.exists()


def test_a_row_that_cannot_be_is_refused(editor, edition, base):
    action = ActionFactory(objective=ObjectiveFactory(edition=edition))
    sent = {"acteurs-0-row": "9" * 5000, "acteurs-0-organisation": "Le Relais"}
    for version in ("1", "7"):
        answer = write(editor, f"{base}actions/{action.uid}/", version=version, **sent)
        assert (answer.status_code, ActionActor.objects.count()) == (422 if version == "1" else 409, 0)


def test_only_what_was_there_is_recreated(editor, edition, base):
    steps = reverse("milestone-list", args=[edition.roadmap.slug])
    never = [f"{base}sections/{uid}/" for uid in ("a" * 30, "a" * 8, "contexte")] + [f"{steps}999999/"]
    sent = {"kind": "context", "title": "Contexte", "version": ""}
    assert {editor.post(address, sent).status_code for address in never} == {404}
    assert (Section.objects.count(), Milestone.objects.count()) == (0, 0)
