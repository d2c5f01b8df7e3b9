import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from people.models import Organisation, Role, User
from tests.people.factories import OrganisationFactory, PersonFactory, add_second_factor, member, team_member
from tests.territories.factories import CollectiviteFactory

pytestmark = pytest.mark.django_db

ANSWERS = {"name": "Les Écossolies", "acronym": "", "kind": "association", "website": "", "collectivite": ""}


@pytest.fixture
def editor(client_for):
    """The browser of someone who writes in the CRESS team."""
    return client_for(team_member(Role.EDITOR))


@pytest.mark.parametrize("query", ["cooperative", "COOPÉRATIVE", "ebene", "scop", "coop ébè", "  scop  coopérative "])
def test_an_organisation_is_found_whatever_the_accents(query):
    wanted = OrganisationFactory(name="Coopérative d’Ébène", acronym="SCOP")
    OrganisationFactory(name="Mutuelle de l’Ouest")

    assert list(Organisation.objects.matching(query)) == [wanted]


@pytest.mark.parametrize("query", ["100%", "pérative", "\x00", "_"])
def test_a_search_means_what_it_says(query):
    OrganisationFactory(name="Coopérative d’Ébène")

    assert set(Organisation.objects.matching(query)) <= set(Organisation.objects.all())
    assert not Organisation.objects.matching("pérative").exists()


def test_two_organisations_may_not_share_a_name_in_other_letters():
    OrganisationFactory(name="Les Écossolies")

    with pytest.raises(IntegrityError), transaction.atomic():
        OrganisationFactory(name="les ecossolies")


def test_organisations_are_sorted_as_in_a_dictionary():
    for name in ("Zèbre", "écluse", "Abeille"):
        OrganisationFactory(name=name)

    assert [str(one) for one in Organisation.objects.all()] == ["Abeille", "écluse", "Zèbre"]


@pytest.mark.parametrize("name", ["organisation-list", "organisation-create"])
def test_none_but_those_who_write_keep_the_register(client, client_for, name):
    assert client.get(reverse(name)).status_code == 302
    assert client_for(member(CollectiviteFactory(), Role.CONTRIBUTOR)).get(reverse(name)).status_code == 403
    assert client_for(team_member(Role.CONTRIBUTOR)).get(reverse(name)).status_code == 403
    assert client_for(team_member(Role.EDITOR)).get(reverse(name)).status_code == 200


def test_an_organisation_is_added_then_changed(editor):
    collectivite = CollectiviteFactory(name="Nantes Métropole")

    editor.post(reverse("organisation-create"), ANSWERS | {"website": "ecossolies.fr"})
    organisation = Organisation.objects.get()
    assert (organisation.name, organisation.website) == ("Les Écossolies", "https://ecossolies.fr")

    url = reverse("organisation-edit", args=[organisation.pk])
    editor.post(url, ANSWERS | {"kind": "collectivite", "collectivite": "nantes metropole"})
    organisation.refresh_from_db()
    assert organisation.collectivite == collectivite

    shown = editor.get(url).context["form"]["collectivite"].value()
    assert shown == f"Nantes Métropole ({collectivite.code})"
    editor.post(url, ANSWERS | {"collectivite": shown})
    organisation.refresh_from_db()
    assert organisation.collectivite == collectivite


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ({"name": "les ecossolies"}, "Un organisme porte déjà ce nom"),
        ({"name": ""}, "obligatoire"),
        ({"name": "a" * 500}, "200"),
        ({"name": "a\x00b"}, "caractère"),
        ({"website": "javascript:alert(1)"}, "URL"),
        ({"kind": "fanfare"}, "choix"),
        ({"collectivite": "Atlantide"}, "Aucune collectivité ne porte ce nom"),
    ],
)
def test_the_editor_is_told_what_is_wrong(editor, answers, error):
    OrganisationFactory(name="Les Écossolies")

    response = editor.post(reverse("organisation-create"), ANSWERS | {"name": "Autre"} | answers)

    assert response.status_code == 200
    assert error in response.text
    assert Organisation.objects.count() == 1


@pytest.mark.parametrize("name", ["🌍", "مرحبا", "<script>alert(1)</script>", "ß" * 200, "ﬃ" * 200])
def test_any_name_is_written_as_it_was_typed(editor, name):
    page = editor.post(reverse("organisation-create"), ANSWERS | {"name": name}, follow=True).text

    assert Organisation.objects.get().name == name
    assert "<script>alert" not in page


@pytest.mark.parametrize("size", [1, 3, 40])
def test_the_list_asks_as_much_of_the_database_whatever_its_length(editor, django_assert_num_queries, size):
    for collectivite in CollectiviteFactory.create_batch(size):
        OrganisationFactory(collectivite=collectivite)

    with django_assert_num_queries(6):
        response = editor.get(reverse("organisation-list"))

    assert response.text.count('<th scope="row">') == size


def test_the_list_is_searched(editor):
    OrganisationFactory(name="Coopérative d’Ébène")
    OrganisationFactory(name="Mutuelle de l’Ouest")

    assert "Mutuelle" not in editor.get(reverse("organisation-list"), {"q": "ebene"}).text
    assert "Aucun organisme ne répond" in editor.get(reverse("organisation-list"), {"q": "xyz"}).text


def test_the_admin_keeps_reference_data_and_only_shows_accounts(client_for):
    admin = User.objects.create_superuser("admin@exemple.test", "secret")
    add_second_factor(admin)
    client = client_for(admin)
    organisation, person = OrganisationFactory(), PersonFactory()

    statuses = {
        path: client.get(f"/admin/people/{path}").status_code
        for path in (
            f"organisation/{organisation.pk}/change/",
            f"person/{person.pk}/change/",
            f"user/{admin.pk}/change/",
            "user/add/",
            f"user/{admin.pk}/delete/",
        )
    }

    assert list(statuses.values()) == [200, 200, 200, 403, 403]
