"""The index says what is public, no more and no less, and follows each verb in its transaction."""

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from zeal import zeal_ignore

from editorial.online import publish as publish_page
from editorial.online import withdraw
from editorial.writing import delete_page
from finding.index import Offer, rebuild, replace
from finding.models import Entry, KnownWord
from instances.bodies import register
from instances.models import Instance
from people.models import Role
from people.organisations import merge
from roadmaps.editions import create_roadmap, discard, open_draft, publish
from roadmaps.findable import refresh_roadmap
from roadmaps.models import Action, Objective, Roadmap
from territories.admin import CollectiviteAdmin
from territories.models import Collectivite
from tests.editorial.factories import PageFactory
from tests.finding.corpus import CORPUS, Thing
from tests.instances.factories import InstanceFactory
from tests.people.factories import OrganisationFactory, team_member
from tests.roadmaps.factories import (
    ActionActorFactory,
    ActionFactory,
    EditionFactory,
    ObjectiveFactory,
    RoadmapFactory,
    SectionFactory,
)
from tests.roadmaps.writing.hands import write
from tests.territories.factories import CollectiviteFactory

pytestmark = pytest.mark.django_db


def titles() -> list[str]:
    return sorted(Entry.objects.values_list("title", flat=True))


def known(*words: str) -> list[str]:
    return sorted(KnownWord.objects.filter(word__in=words).values_list("word", flat=True))


@pytest.fixture(autouse=True)
def in_line(request):
    """After each story, a rebuilding changes nothing: its verbs have said all to the index."""
    yield
    if "things" not in request.fixturenames:
        assert not rebuild()


@pytest.fixture
def draft():
    """An edition in preparation that says a little of everything."""
    edition = create_roadmap(Roadmap(collectivite=CollectiviteFactory(name="Sèvre-Ville"), title="Cap solidaire"))
    objective = ObjectiveFactory(edition=edition, title="Nourrir")
    ActionFactory(objective=objective, title="Ouvrir une halle")
    SectionFactory(edition=edition, title="Enjeux")
    return edition


PUBLISHED = ["Cap solidaire", "Enjeux", "Nourrir", "Ouvrir une halle", "Sèvre-Ville"]


def test_a_roadmap_is_found_with_its_parts_once_it_is_published(draft):
    assert (titles(), known("halle")) == ([], [])
    publish(draft, team_member(Role.MANAGER))
    assert (titles(), known("halle")) == (PUBLISHED, ["halle"])
    entry = Entry.objects.get(kind="action")
    action = Action.objects.get()
    assert (entry.url, entry.context) == (
        f"/feuilles-de-route/{draft.roadmap.slug}/actions/{action.uid}/",
        "Sèvre-Ville, Cap solidaire",
    )


def test_a_draft_is_found_nowhere_and_a_removed_action_no_more(draft):
    publish(draft, team_member(Role.MANAGER))
    following = open_draft(draft.roadmap)
    Action.objects.filter(edition=following).delete()
    ActionFactory(objective=Objective.objects.get(edition=following), title="Semer du safran")
    assert (titles(), known("safran")) == (PUBLISHED, [])
    with zeal_ignore():  # a second publication, after the first
        publish(following, team_member(Role.MANAGER))
    assert titles() == ["Cap solidaire", "Enjeux", "Nourrir", "Semer du safran", "Sèvre-Ville"]
    assert known("halle", "safran") == ["safran"]


def test_a_discarded_draft_changes_nothing(draft):
    publish(draft, team_member(Role.MANAGER))
    following = open_draft(draft.roadmap)
    ActionFactory(objective=Objective.objects.get(edition=following), title="Semer du safran")
    following.refresh_from_db()
    discard(following)
    assert (titles(), known("safran")) == (PUBLISHED, [])


@pytest.mark.parametrize("count", [1, 3, 40])
def test_indexing_a_roadmap_costs_the_same_whatever_it_holds(count):
    edition = EditionFactory(published=True)
    objective = ObjectiveFactory(edition=edition)
    for action in ActionFactory.create_batch(count, objective=objective):
        ActionActorFactory(action=action)
    with CaptureQueriesContext(connection) as queries:
        refresh_roadmap(edition.roadmap)
    assert len(queries) == (27 if connection.vendor == "postgresql" else 25)


def test_a_new_title_and_another_carrier_are_found_at_once(draft, client_for):
    publish(draft, team_member(Role.MANAGER))
    other = CollectiviteFactory(name="Loire-Bocage")
    address = reverse("roadmap-identity", args=[draft.roadmap.slug])
    answer = write(
        client_for(team_member(Role.MANAGER)), address, title="Cap commun", co_carriers=f"Loire-Bocage ({other.code})"
    )
    assert answer.status_code == 302
    assert titles() == ["Cap commun", "Enjeux", "Loire-Bocage", "Nourrir", "Ouvrir une halle", "Sèvre-Ville"]
    write(client_for(team_member(Role.MANAGER)), address, co_carriers="")
    assert "Loire-Bocage" not in titles()


def test_an_organisation_is_found_by_its_new_name(draft):
    network = OrganisationFactory(name="Les Écossolies")
    ActionActorFactory(action=Action.objects.get(), organisation=network)
    publish(draft, team_member(Role.MANAGER))
    assert known("écossolies", "solilab") == ["écossolies"]
    merge(OrganisationFactory(name="Le Solilab"), [network])
    assert known("écossolies", "solilab") == ["solilab"]


def test_a_collectivite_is_found_by_its_new_name_when_the_admin_changes_it(draft, rf):
    publish(draft, team_member(Role.MANAGER))
    desk, place = CollectiviteAdmin(Collectivite, admin.site), draft.roadmap.collectivite
    request = rf.get("/")
    form_class = desk.get_form(request, place)
    sent = {name: value for name, value in form_class(instance=place).initial.items() if value}
    form = form_class(sent | {"display_name": "Estuaire"}, instance=place)
    desk.save_model(request, form.save(commit=False), form, change=True)
    assert (Entry.objects.get(kind="action").context, known("sèvre")) == ("Estuaire, Cap solidaire", [])


def test_a_page_is_found_as_it_is_online(editor_of_pages):
    page = PageFactory(title="Engager", body="<p>Le <strong>safran</strong></p><p>bio</p>")
    assert titles() == []
    publish_page(page, page.version, editor_of_pages)
    assert Entry.objects.get().text == "Le safran bio"
    page.refresh_from_db()
    page.title = "Brouillon"
    page.save()
    assert titles() == ["Engager"]
    withdraw(page, page.version, editor_of_pages)
    assert (titles(), known("safran")) == ([], [])


@pytest.fixture
def editor_of_pages():
    return team_member(Role.MANAGER)


def test_a_page_that_moves_is_found_where_it_is_with_those_below(editor_of_pages, client_for):
    top = PageFactory(slug="engager")
    below = PageFactory(slug="pourquoi", parent=top)
    for page in (top, below):
        publish_page(page, page.version, editor_of_pages)
    write(client_for(editor_of_pages), reverse("page-edit", args=[top.pk]), slug="agir")
    assert sorted(Entry.objects.values_list("url", flat=True)) == [
        "/politiques-ess/agir/",
        "/politiques-ess/agir/pourquoi/",
    ]
    top.refresh_from_db()
    delete_page(top, top.version, editor_of_pages)
    assert titles() == []


def test_a_body_is_found_while_it_is_public(client_for):
    body = register(Instance(name="Comité du safran", acronym="CDS", level="regional", kind="steering"))
    assert titles() == ["Comité du safran (CDS)"]
    InstanceFactory(is_public=False)
    editor = client_for(team_member(Role.EDITOR))
    form = {"name": "Comité du curcuma", "level": "regional", "kind": "steering", "warning": "6", "version": "1"}
    editor.post(reverse("instance-edit", args=[body.slug]), form | {"is_public": "on"})
    assert titles() == ["Comité du curcuma"]
    editor.post(reverse("instance-edit", args=[body.slug]), form | {"version": "2"})
    assert (titles(), known("curcuma")) == ([], [])


def test_words_are_counted_by_entry_and_forgotten_with_the_last(things):
    assert KnownWord.objects.get(word="coopératives").count == 3
    replace("thing:2", [])
    assert KnownWord.objects.get(word="coopératives").count == 2
    replace("thing:1", [])
    assert not KnownWord.objects.exists()


def test_what_says_the_same_is_left_alone(things):
    before = list(Entry.objects.order_by("pk").values_list("pk"))
    for thing in CORPUS:
        assert not replace(things.owner(thing.pk), things.entries(thing))
    assert list(Entry.objects.order_by("pk").values_list("pk")) == before


def test_a_rebuilding_says_what_was_otherwise(things, capsys):
    replace("thing:99", things.entries(Thing(99, [Offer("page", "/parti/", "Parti")])))
    Entry.objects.filter(url="/coop/").delete()
    Entry.objects.filter(url="/scic/").update(title="Autre chose")
    KnownWord.objects.filter(word="emploi").update(count=7)
    call_command("reindexer_recherche")
    first = capsys.readouterr().out
    assert first.startswith("Index reconstruit : 1\xa0entrée ajoutée, 1\xa0entrée retirée, 1\xa0entrée corrigée, ")
    call_command("reindexer_recherche")
    assert capsys.readouterr().out == "L’index était à jour : rien n’a changé.\n"


def test_a_roadmap_without_a_published_edition_is_no_owner():
    EditionFactory(roadmap=RoadmapFactory())
    assert not rebuild()
    assert titles() == []
