import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from people.models import Role
from roadmaps import editions
from roadmaps.editions import ONE_DRAFT
from roadmaps.forms.edition import PublicationForm
from roadmaps.forms.sheet import CHOOSE_AGAIN
from roadmaps.models import Edition, Objective, Section
from roadmaps.writing import Outcome, save_and_publish
from tests.people.factories import member, team_member
from tests.roadmaps.factories import ActionFactory, EditionFactory, ObjectiveFactory, SectionFactory
from tests.roadmaps.writing.hands import complaints, typed, write
from tests.territories.factories import CollectiviteFactory


@pytest.fixture
def world(edition):
    section = SectionFactory(edition=edition)
    slug, base = edition.roadmap.slug, reverse("edition-edit", args=[edition.roadmap.slug, 1])
    writing = [
        reverse("roadmap-edit", args=[slug]),
        reverse("roadmap-identity", args=[slug]),
        reverse("roadmap-actors", args=[slug]),
        reverse("milestone-list", args=[slug]),
        reverse("milestone-create", args=[slug]),
        base,
        f"{base}sections/",
        f"{base}sections/ajouter/",
        f"{base}sections/{section.uid}/",
        f"{base}sections/{section.uid}/supprimer/",
        f"{base}indicateurs/ajouter/",
    ]
    return writing, [f"{base}publier/", f"{base}abandonner/"]


def statuses(client, addresses):
    return {client.get(address).status_code for address in addresses}


def test_each_role_meets_the_law(world, edition, client, client_for):
    writing, deciding = world
    home = edition.roadmap.collectivite
    for user, may_write, may_decide in (
        (team_member(Role.MANAGER), 200, 200),
        (team_member(Role.EDITOR), 200, 403),
        (team_member(Role.READER), 403, 403),
        (member(home, Role.CONTRIBUTOR), 403, 403),
        (member(home, Role.READER), 403, 403),
        (member(CollectiviteFactory(), Role.CONTRIBUTOR), 404, 404),
    ):
        browser = client_for(user)
        assert (statuses(browser, writing), statuses(browser, deciding)) == ({may_write}, {may_decide}), user
    for address in [*writing, *deciding, reverse("workspace-roadmap-list"), reverse("roadmap-create")]:
        assert client.get(address)["Location"].startswith(reverse(settings.LOGIN_URL))


def test_nobody_else_writes_by_post(world, edition, client_for):
    writing, deciding = world
    for user, said in ((member(edition.roadmap.collectivite), 403), (member(CollectiviteFactory()), 404)):
        browser = client_for(user)
        gestures = [*writing[1:3], *writing[4:6], *writing[7:], *deciding]
        assert {browser.post(address, {"title": "Volé"}).status_code for address in gestures} == {said}
    assert Section.objects.exclude(title="Volé").count() == 1


def test_a_member_lists_his_own_roadmaps_to_read(edition, client_for):
    other = EditionFactory(published=True)
    browser = client_for(member(edition.roadmap.collectivite))
    page = browser.get(reverse("workspace-roadmap-list"))
    assert [roadmap.slug for roadmap in page.context["page"]] == [edition.roadmap.slug]
    html = page.content.decode()
    assert reverse("edition-detail", args=[edition.roadmap.slug, 1]) in html
    assert reverse("roadmap-edit", args=[edition.roadmap.slug]) not in html
    assert other.roadmap.title not in html
    assert browser.get(reverse("roadmap-create")).status_code == 403


def test_the_list_finds_a_word_of_the_title_or_the_carrier(editor, edition):
    EditionFactory(roadmap__title="Stratégie des coopératives", roadmap__collectivite__name="Pays d’Ancenis")
    for query in ("cooperatives", "ANCENIS strat", "pays d'ancenis"):
        found = editor.get(reverse("workspace-roadmap-list"), {"q": query}).context["page"]
        assert [roadmap.title for roadmap in found] == ["Stratégie des coopératives"]
    assert len(editor.get(reverse("workspace-roadmap-list"), {"q": "zz"}).context["page"]) == 0


def test_an_editor_sees_no_button_to_publish(edition, editor, manager):
    desk, publish = (reverse(name, args=args) for name, args in (
        ("roadmap-edit", [edition.roadmap.slug]), ("roadmap-publish", [edition.roadmap.slug, 1]),
    ))  # fmt: skip
    assert [publish in browser.get(desk).content.decode() for browser in (editor, manager)] == [False, True]


def test_an_empty_edition_is_not_published(edition, manager):
    address = reverse("roadmap-publish", args=[edition.roadmap.slug, 1])
    page = manager.get(address)
    assert [line.words for line in page.context["checklist"].blocking] == [
        "Écrivez au moins une section ou un objectif."
    ]
    sent = {"version": "1", "adopted_by": "Conseil", "deliberation": SimpleUploadedFile("a.pdf", b"%PDF-1.7")}
    refused = manager.post(address, sent)
    assert (refused.status_code, complaints(refused)) == (
        422,
        ["Écrivez au moins une section ou un objectif.", f"Délibération : {CHOOSE_AGAIN}"],
    )
    assert typed(refused)["adopted_by"] == ["Conseil"]
    assert Edition.objects.values_list("published_at", "version", "deliberation").get() == (None, 1, "")


def test_an_edition_emptied_while_it_is_published_is_not_published(edition):
    section = SectionFactory(edition=edition)
    form = PublicationForm({"version": "1"}, instance=edition)
    section.delete()
    assert save_and_publish(form, edition, team_member(Role.MANAGER)) is Outcome.INVALID
    assert not Edition.objects.get().is_published


def test_the_checklist_counts_what_a_reader_would_miss(edition, manager):
    ActionFactory.create_batch(2, objective=ObjectiveFactory(edition=edition))
    ObjectiveFactory(edition=edition)
    checklist = manager.get(reverse("roadmap-publish", args=[edition.roadmap.slug, 1])).context["checklist"]
    assert [line.words for line in [*checklist.document, *checklist.tallies]] == [
        "Pas d’édito",
        "Aucune section : ni contexte ni gouvernance",
        "Aucun chiffre clé",
        "L’adoption n’est pas dite",
        "2\xa0actions sans résumé ni description",
        "2\xa0actions sans besoin désigné",
        "2\xa0actions sans pilote ni porteur",
        "2\xa0actions sans horizon ni date",
        "2\xa0actions sans moyens",
        "2\xa0actions sans indicateur",
        "1\xa0objectif sans rien dessous",
    ]


def test_publishing_waits_for_whoever_published_before(edition, manager):
    SectionFactory(edition=edition)
    address = reverse("roadmap-publish", args=[edition.roadmap.slug, 1])
    Edition.objects.update(version=2)
    refused = manager.post(address, {"version": "1", "adopted_by": "Conseil"})
    assert refused.status_code == 409
    assert not Edition.objects.get().is_published


def test_a_second_draft_is_refused_and_the_next_edition_opens_after_publication(edition, editor, manager):
    SectionFactory(edition=edition)
    slug = edition.roadmap.slug
    refused = editor.post(reverse("edition-open", args=[slug]), follow=True)
    assert [str(message) for message in refused.context["messages"]] == [ONE_DRAFT]
    write(manager, reverse("roadmap-publish", args=[slug, 1]))
    editor.post(reverse("edition-open", args=[slug]), follow=True)
    known = Edition.objects.order_by("number")
    assert [(one.number, one.is_published) for one in known] == [(1, True), (2, False)]
    assert "change_note" in manager.get(reverse("roadmap-publish", args=[slug, 2])).content.decode()


def test_discarding_a_draft_leaves_the_published_editions(edition, manager):
    ObjectiveFactory(edition=edition)
    address = reverse("edition-discard", args=[edition.roadmap.slug, 1])
    assert "Objectifs : 1, actions : 0" in manager.get(address).context["losses"]
    write(manager, address)
    assert (Edition.objects.count(), Objective.objects.count()) == (0, 0)
    published = EditionFactory(published=True)
    manager.post(reverse("edition-discard", args=[published.roadmap.slug, 1]))
    assert Edition.objects.get() == published
    assert complaints(manager.get(reverse("roadmap-edit", args=[edition.roadmap.slug]))) == []


def test_what_describes_a_published_roadmap_is_for_a_manager(edition, editor, manager):
    slug = edition.roadmap.slug
    desk, address = reverse("roadmap-edit", args=[slug]), reverse("roadmap-identity", args=[slug])

    def allowed(browser):
        return browser.get(address).status_code, address in browser.get(desk).content.decode()

    assert (allowed(editor), allowed(manager)) == ((200, True), (200, True))
    editions.publish(edition, None)
    assert (allowed(editor), allowed(manager)) == ((403, False), (200, True))
    assert editor.post(address, {"version": "1", "title": "Autre"}).status_code == 403
    living = [reverse(name, args=[slug]) for name in ("roadmap-actors", "milestone-create")]
    assert statuses(editor, living) == {200}
