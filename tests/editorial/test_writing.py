"""Staff write the pages: nobody’s words are lost, every gesture leaves a trace, every address leads on."""

import pytest
from django.urls import reverse

from editorial.forms.page import NO_SLUG, TAKEN
from editorial.models import MAX_LEVELS, FormerAddress, OnlineText, Page, PageRevision
from editorial.online import publish
from people.models import Role
from tests.editorial.factories import PageFactory
from tests.people.factories import team_member
from tests.roadmaps.writing.hands import complaints, typed, write

pytestmark = pytest.mark.django_db


def edit(page: Page) -> str:
    return reverse("page-edit", args=[page.pk])


def order(parent: Page | None = None) -> list[tuple[str, int]]:
    return list(Page.objects.filter(parent=parent).values_list("title", "position"))


def gestures(page: Page) -> list[str]:
    return list(PageRevision.objects.about(page).order_by("pk").values_list("gesture", flat=True))


def test_a_new_page_is_a_draft_with_an_address_drawn_from_its_title(editor) -> None:
    PageFactory(title="Avant")
    answer = write(editor, "/espace/pages/ajouter/", title="L’ESS, ici", body="<p>Un <script>x</script>texte.</p>")
    page = Page.objects.get(title="L’ESS, ici")
    assert answer["Location"] == edit(page)
    assert (page.path, page.position, page.is_published, page.body) == ("less-ici", 1, False, "<p>Un texte.</p>")
    assert gestures(page) == ["created"]


def test_a_sub_page_is_added_under_the_page_one_comes_from(editor) -> None:
    top = PageFactory(slug="engager")
    write(editor, f"/espace/pages/ajouter/?sous={top.pk}", title="Pourquoi")
    assert Page.objects.get(title="Pourquoi").path == "engager/pourquoi"


def test_what_is_written_stays_a_draft_until_it_is_published(editor, client) -> None:
    page = PageFactory(title="Ancien titre", published=True)
    write(editor, edit(page), title="Nouveau titre")
    page.refresh_from_db()
    assert (page.title, page.online.title, page.version) == (
        "Nouveau titre",
        "Page 0" if False else page.online.title,
        2,
    )
    assert client.get(page.get_absolute_url()).context["reading"].title == "Ancien titre"


def test_the_list_says_which_pages_are_ahead_of_what_is_online(editor) -> None:
    PageFactory(title="Telle quelle", published=True)
    page = PageFactory(title="Reprise", published=True)
    PageFactory(title="Brouillon")
    write(editor, edit(page), body="<p>Un autre texte.</p>")
    rows = editor.get("/espace/pages/").context["rows"]
    assert [(str(row["page"]), row["page"].is_published and row["page"].is_ahead) for row in rows] == [
        ("Telle quelle", False),
        ("Reprise", True),
        ("Brouillon", False),
    ]


def test_two_people_on_one_page_are_shown_both_texts(editor, manager) -> None:
    page = PageFactory(title="Un titre", summary="Un résumé")
    read = typed(editor.get(edit(page)))
    write(manager, edit(page), title="Le titre du second", summary="Le résumé du second")
    answer = editor.post(edit(page), read | {"title": ["Le titre du premier"]})
    assert answer.status_code == 409
    (conflict,) = answer.context["form"].conflicts
    assert conflict.label == "Titre"
    assert ("premier</ins>" in conflict.mine, "second</del>" in conflict.theirs) == (True, True)
    assert answer.context["form"].taken == ["Résumé"]
    page.refresh_from_db()
    assert page.title == "Le titre du second"
    editor.post(edit(page), typed(answer) | {"choix-title": ["mine"]})
    page.refresh_from_db()
    assert (page.title, page.summary) == ("Le titre du premier", "Le résumé du second")


def test_what_is_typed_in_a_page_deleted_meanwhile_can_be_written_again(editor) -> None:
    page = PageFactory(title="Un titre", slug="un-titre")
    read = typed(editor.get(edit(page)))
    address = edit(page)
    page.delete()
    answer = editor.post(address, read | {"title": ["Un autre titre"]})
    assert answer.status_code == 409
    editor.post(address, typed(answer))
    assert Page.objects.get().title == "Un autre titre"


def test_an_address_is_taken_by_one_page_only(editor) -> None:
    PageFactory(slug="contact")
    answer = write(editor, "/espace/pages/ajouter/", title="Contact")
    assert answer.status_code == 422
    assert complaints(answer) == [f"Fin de l’adresse\xa0: {TAKEN}"]
    answer = write(editor, "/espace/pages/ajouter/", title="!!!")
    assert complaints(answer) == [f"Fin de l’adresse\xa0: {NO_SLUG}"]


def test_a_changed_slug_or_parent_leads_the_whole_branch_to_its_new_addresses(manager, client) -> None:
    top, other = PageFactory(slug="engager", published=True), PageFactory(slug="autre", published=True)
    child = PageFactory(slug="pourquoi", parent=top, published=True)
    leaf = PageFactory(slug="loi", parent=child, published=True)
    write(manager, edit(top), slug="S’engager")
    assert Page.objects.get(pk=leaf.pk).path == "sengager/pourquoi/loi"
    write(manager, edit(child), parent=other.pk)
    assert Page.objects.get(pk=leaf.pk).path == "autre/pourquoi/loi"
    moved = {former.path: former.page.path for former in FormerAddress.objects.select_related("page")}
    assert moved == {
        "engager": "sengager",
        "engager/pourquoi": "autre/pourquoi",
        "engager/pourquoi/loi": "autre/pourquoi/loi",
        "sengager/pourquoi": "autre/pourquoi",
        "sengager/pourquoi/loi": "autre/pourquoi/loi",
    }
    answer = client.get("/politiques-ess/engager/pourquoi/loi/")
    assert (answer.status_code, answer["Location"]) == (301, "/politiques-ess/autre/pourquoi/loi/")
    write(manager, edit(child), parent=top.pk)
    assert client.get("/politiques-ess/sengager/pourquoi/loi/").status_code == 200
    assert not FormerAddress.objects.filter(path__in=Page.objects.values("path")).exists()


def test_a_draft_takes_nobody_s_address_before_it_is_online(manager, editor, client) -> None:
    page = PageFactory(slug="ancien", published=True)
    write(manager, edit(page), slug="nouveau")
    assert write(editor, "/espace/pages/ajouter/", title="Autre page", slug="ancien").status_code == 302
    draft = Page.objects.get(path="ancien")
    answer = client.get("/politiques-ess/ancien/")
    assert (answer.status_code, answer["Location"]) == (301, "/politiques-ess/nouveau/")
    write(editor, edit(draft), slug="ailleurs")
    assert client.get("/politiques-ess/ancien/")["Location"] == "/politiques-ess/nouveau/"
    write(editor, edit(draft), slug="ancien")
    draft.refresh_from_db()
    publish(draft, draft.version, team_member(Role.MANAGER))
    assert client.get("/politiques-ess/ancien/").status_code == 200


def test_ranks_stay_dense_when_a_page_leaves_its_siblings(editor) -> None:
    one, two, three = PageFactory(title="1"), PageFactory(title="2"), PageFactory(title="3")
    PageFactory(title="1.1", parent=one)
    write(editor, edit(two), parent=one.pk)
    assert (order(), order(one)) == ([("1", 0), ("3", 1)], [("1.1", 0), ("2", 1)])
    editor.post(reverse("page-move", args=[three.pk]), {"sens": "haut"})
    assert order() == [("3", 0), ("1", 1)]
    answer = editor.post(reverse("page-move", args=[three.pk]), {"sens": "haut"}, follow=True)
    assert [str(message) for message in answer.context["messages"]][-1] == "« 3 » est déjà en haut."
    assert gestures(three) == ["moved"]


def test_a_page_stands_neither_below_itself_nor_too_deep_nor_online_under_a_draft(manager) -> None:
    top = PageFactory(title="Haut", published=True)
    child = PageFactory(title="Milieu", parent=top, published=True)
    leaf = PageFactory(title="Bas", parent=child, published=True)
    draft = PageFactory(title="Brouillon")
    alone = PageFactory(title="Seule", published=True)
    offered = {
        page.title: [
            label.strip("–\xa0") for _, label in manager.get(edit(page)).context["form"]["parent"].field.choices
        ]
        for page in (top, child, leaf, draft, alone)
    }
    first = "Au premier niveau"
    assert leaf.level == MAX_LEVELS
    assert offered == {
        "Haut": [first],
        "Milieu": [first, "Haut", "Seule"],
        "Bas": [first, "Haut", "Milieu", "Seule"],
        "Brouillon": [first, "Haut", "Milieu", "Seule"],
        "Seule": [first, "Haut", "Milieu"],
    }
    answer = write(manager, edit(top), parent=leaf.pk)
    assert (answer.status_code, len(complaints(answer))) == (422, 1)


def test_publishing_puts_online_what_was_read(manager, client) -> None:
    page = PageFactory(title="Un titre")
    address = reverse("page-publish", args=[page.pk])
    asked = manager.get(address)
    assert [change.label for change in asked.context["changes"]] == ["Titre", "Résumé", "Texte"]
    write(manager, edit(page), title="Un autre titre")
    refused = manager.post(address, {"version": page.version})
    assert (refused.status_code, OnlineText.objects.count()) == (409, 0)
    manager.post(address, {"version": page.version + 1})
    assert client.get(page.get_absolute_url()).context["reading"].title == "Un autre titre"
    assert manager.get(address).context["changes"] == []
    assert gestures(page) == ["written", "published"]


def test_a_page_goes_online_after_the_one_above_and_offline_with_those_below(manager, client) -> None:
    top = PageFactory(title="Haut")
    child = PageFactory(title="Bas", parent=top)
    refused = manager.post(reverse("page-publish", args=[child.pk]), {"version": 1})
    assert refused.context["refusal"] == "Publiez d’abord la page au-dessus : « Haut »."
    for page in (top, child):
        manager.post(reverse("page-publish", args=[page.pk]), {"version": 1})
    asked = manager.get(reverse("page-withdraw", args=[top.pk]))
    assert [str(one) for one in asked.context["with_it"]] == ["Bas"]
    manager.post(reverse("page-withdraw", args=[top.pk]), {"version": 1})
    assert [client.get(page.get_absolute_url()).status_code for page in (top, child)] == [404, 404]
    assert gestures(child) == ["published", "withdrawn"]


def test_deleting_names_what_goes_with_it_and_the_history_brings_each_page_back(manager) -> None:
    top, after = PageFactory(title="Haut", slug="haut", published=True), PageFactory(title="Après")
    child = PageFactory(title="Bas", slug="bas", parent=top)
    address = reverse("page-delete", args=[top.pk])
    assert [str(one) for one in manager.get(address).context["with_it"]] == ["Bas"]
    assert manager.post(address, {"version": 9}).status_code == 409
    manager.post(address, {"version": top.version})
    assert order() == [("Après", 0)]
    deleted = PageRevision.objects.filter(gesture="deleted").order_by("pk")
    assert [revision.title for revision in deleted] == ["Haut", "Bas"]
    manager.post(reverse("page-restore", args=[deleted[0].pk]), {"version": "apres"})
    assert order() == [("Après", 0), ("Haut", 1)]
    assert Page.objects.get(title="Haut").is_published is False
    manager.post(reverse("page-restore", args=[deleted[1].pk]), {"version": "apres"})
    assert Page.objects.get(title="Bas").path == "haut/bas"
    assert gestures(child) == ["deleted", "restored"]
    assert after.version == 1


def test_the_addresses_of_a_deleted_page_lead_to_it_again_once_it_is_back_online(manager, client) -> None:
    top = PageFactory(slug="haut", published=True)
    child = PageFactory(slug="bas", parent=top, published=True)
    write(manager, edit(child), slug="plus-bas")
    manager.post(reverse("page-delete", args=[top.pk]), {"version": top.version})
    addresses = ("/politiques-ess/haut/bas/", "/politiques-ess/haut/plus-bas/")
    assert [client.get(address).status_code for address in addresses] == [404, 404]
    deleted = PageRevision.objects.about(child).get(gesture="deleted")
    manager.post(reverse("page-restore", args=[deleted.pk]), {"version": "apres"})
    back = Page.objects.get(uid=child.uid)
    assert back.path == "plus-bas"
    assert [client.get(address).status_code for address in addresses] == [404, 404]
    manager.post(reverse("page-publish", args=[back.pk]), {"version": back.version})
    answers = [client.get(address) for address in addresses]
    assert [(one.status_code, one.get("Location")) for one in answers] == [(301, "/politiques-ess/plus-bas/")] * 2


def test_a_former_address_that_another_page_left_meanwhile_leads_to_that_one(manager, client) -> None:
    page = PageFactory(slug="revue-a", published=True)
    write(manager, edit(page), slug="revue-b")
    page.refresh_from_db()
    manager.post(reverse("page-delete", args=[page.pk]), {"version": page.version})
    other = PageFactory(slug="revue-a", published=True)
    write(manager, edit(other), slug="revue-c")
    deleted = PageRevision.objects.about(page).get(gesture="deleted")
    manager.post(reverse("page-restore", args=[deleted.pk]), {"version": "apres"})
    assert client.get("/politiques-ess/revue-a/")["Location"] == "/politiques-ess/revue-c/"


def test_any_text_of_a_deleted_page_brings_it_back_once(manager) -> None:
    page = PageFactory(title="Un titre", slug="un-titre")
    manager.post(reverse("page-publish", args=[page.pk]), {"version": 1})
    manager.post(reverse("page-delete", args=[page.pk]), {"version": 1})
    PageFactory(title="Une autre", slug="un-titre")
    published = PageRevision.objects.get(gesture="published")
    for _ in range(2):
        manager.post(reverse("page-restore", args=[published.pk]), {"version": "apres"})
    assert [(one.title, one.path, one.position) for one in Page.objects.all()] == [
        ("Une autre", "un-titre", 0),
        ("Un titre", "un-titre-2", 1),
    ]


def test_the_history_shows_what_changed_and_brings_a_text_back(editor) -> None:
    page = PageFactory(title="Un titre", body="<p>Le premier texte.</p>")
    write(editor, edit(page), body="<p>Le second texte.</p>")
    (revision,) = PageRevision.objects.about(page)
    entry = editor.get(reverse("page-revision", args=[revision.pk])).context["entry"]
    assert [
        (change.label, "second</ins>" in change.marks, "premier</del>" in change.marks) for change in entry.changes
    ] == [("Texte", True, True)]
    listed = editor.get(reverse("page-history") + f"?fiche={page.pk}").context["entries"]
    assert [(one.what, one.fields) for one in listed] == [("a modifié « Un titre »", ["texte"])]
    editor.post(reverse("page-restore", args=[revision.pk]), {"version": "avant"})
    page.refresh_from_db()
    assert (page.body, page.version) == ("<p>Le premier texte.</p>", 3)
    assert gestures(page) == ["written", "restored"]


def test_the_preview_shows_what_is_being_written(editor) -> None:
    page = PageFactory(published=True)
    write(editor, edit(page), title="Le brouillon")
    answer = editor.get(reverse("page-preview", args=[page.pk]))
    assert answer.context["reading"].title == "Le brouillon"
    assert "Le public ne voit que le texte publié." in answer.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/espace/pages/ajouter/?sous=abc",
        f"/espace/pages/ajouter/?sous={'9' * 40}",
        "/espace/pages/historique/?fiche=-1",
    ],
)
def test_an_address_that_makes_no_sense_is_as_if_it_said_nothing(editor, address: str) -> None:
    PageFactory()
    assert editor.get(address).status_code == 200
