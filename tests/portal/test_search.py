"""The page of the search: what it shows, and how it answers whatever is asked of it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cress_portal.views import finding
from finding import searching
from finding.index import rebuild
from tests.editorial.factories import PageFactory
from tests.instances.factories import InstanceFactory
from tests.roadmaps.factories import ActionFactory, EditionFactory, ObjectiveFactory

pytestmark = pytest.mark.django_db


def words_of(answer) -> str:
    return " ".join(answer.content.decode().replace("&nbsp;", " ").replace("\u00a0", " ").split())


@pytest.fixture
def portal():
    """Publish a little of everything about safran, and keep a little for oneself."""
    edition = EditionFactory(published=True, roadmap__title="Cap solidaire")
    ActionFactory(objective__edition=edition, title="Semer du safran", summary="Le safran, c’est l’emploi.")
    ActionFactory(objective__edition=EditionFactory(), title="Le safran secret")
    PageFactory(title="Cultiver", body="<p>Du <em>safran</em> &amp; du colza.</p>", published=True)
    PageFactory(title="Brouillon de safran")
    InstanceFactory(name="Comité du safran")
    InstanceFactory(name="Comité secret du safran", is_public=False)
    rebuild()


def test_results_are_the_best_first_with_their_words_marked(portal, client):
    answer = client.get("/recherche/", {"q": "SAFRANS"})
    assert [(card.label, card.title, card.excerpt) for card in answer.context["cards"]] == [
        ("Instance", "Comité du <mark>safran</mark>", ""),
        ("Action", "Semer du <mark>safran</mark>", "Le <mark>safran</mark>, c’est l’emploi."),
        ("Page", "Cultiver", "Ce que dit la page. Du <mark>safran</mark> &amp; du colza."),
    ]
    assert "3 résultats pour « SAFRANS »" in words_of(answer)


def test_nothing_that_is_kept_private_is_counted_nor_suggested(portal, client):
    assert [facet.count for facet in client.get("/recherche/?q=safran").context["results"].facets] == [1, 1, 1]
    for typed in ("secret", "secrt", "brouillon", "brouillion"):
        answer = client.get("/recherche/", {"q": typed})
        assert answer.context["results"].suggestion is None
        assert answer.context["cards"] == []


def test_a_kind_keeps_its_results_and_is_taken_away_by_a_link(portal, client):
    answer = client.get("/recherche/?q=safran&type=action")
    assert [card.label for card in answer.context["cards"]] == ["Action"]
    facets = answer.context["results"].facets
    assert [(facet.label, facet.count, facet.url, facet.is_chosen) for facet in facets] == [
        ("Actions", 1, "?q=safran&type=action", True),
        ("Instances", 1, "?q=safran&type=instance", False),
        ("Pages", 1, "?q=safran&type=page", False),
    ]
    assert answer.context["results"].all_url == "?q=safran"
    assert "Nature : Actions" in words_of(answer)


def test_a_kind_is_whole_even_where_there_is_too_much_of_all(portal, client, monkeypatch):
    monkeypatch.setattr(searching, "CAP", 1)
    answer = client.get("/recherche/?q=safran&type=page")
    assert [card.title for card in answer.context["cards"]] == ["Cultiver"]
    assert "Plus de 1 résultat pour « safran »" in words_of(answer)


def test_a_slip_is_told_and_shorter_questions_are_offered(portal, client):
    answer = client.get("/recherche/", {"q": "safrann colza"})
    assert 'Vouliez-vous dire <a href="?q=safran+colza">safran colza</a> ?' in words_of(answer)
    assert answer.context["results"].shorter == [{"label": "colza", "url": "?q=colza"}]
    together = client.get("/recherche/", {"q": "colza emploi"})
    assert [one["label"] for one in together.context["results"].shorter] == ["colza", "emploi"]
    assert "Rien ne répond à ces mots" in words_of(together)


def test_without_a_question_the_page_says_what_can_be_asked(client):
    answer = client.get("/recherche/")
    assert "Ce que l’on peut chercher" in words_of(answer)
    assert '<meta name="robots" content="noindex">' in answer.content.decode()
    only_common = client.get("/recherche/", {"q": "de la"})
    assert "« de la » ne contient que des mots trop courants" in words_of(only_common)


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "safran " * 1_500},
        {"q": "x" * 10_240},
        {"q": "de la et les"},
        {"q": "'; DROP TABLE finding_entry; -- safran"},
        {"q": '"safran" OR ("'},
        {"q": "safran* NEAR/2 ^colza:A & | ! <->"},
        {"q": "(.*)+$ [a-z] \\"},
        {"q": "<script>safran</script>"},
        {"q": "safran", "page": "0"},
        {"q": "safran", "page": "999999"},
        {"q": "safran", "page": "-1"},
        {"q": "safran", "page": "deux"},
        {"q": "safran", "type": "inconnu"},
        {"q": "safran", "type": "@0"},
        {"q": "safran", "type": ["action"] * 50},
        {"q": "safran", **{f"facette{rank}": "1" for rank in range(50)}},
        {"q": "\ud83d\ude42 é\u0301 \u202e safran"[2:]},
    ],
)
def test_whatever_is_asked_is_answered_with_a_page_in_a_few_queries(portal, client, asked):
    with CaptureQueriesContext(connection) as queries:
        answer = client.get("/recherche/", asked)
    assert answer.status_code == 200
    assert len(queries) <= 5
    assert "<script>safran" not in answer.content.decode()


@pytest.mark.parametrize("page", ["0", "999999", "-1", "deux"])
def test_a_page_that_is_not_there_is_the_nearest(portal, client, page, monkeypatch):
    monkeypatch.setattr(finding, "PAGE_SIZE", 1)
    answer = client.get("/recherche/", {"q": "safran", "page": page})
    assert answer.context["page"].number == (1 if page == "deux" else 3)


def test_a_null_character_is_refused_in_french(client):
    answer = client.get("/recherche/?q=%00")
    assert (answer.status_code, "Cette adresse ne se lit pas" in words_of(answer)) == (400, True)


def test_a_long_question_is_answered_by_its_first_words(portal, client):
    answer = client.get("/recherche/", {"q": "safran " * 1_500})
    assert len(answer.context["cards"]) == 3
    assert "seuls ses premiers mots ont été cherchés" in words_of(answer)


@pytest.mark.parametrize("count", [1, 3, 40])
def test_a_search_costs_five_queries_whatever_it_finds(client, count):
    objective = ObjectiveFactory(edition=EditionFactory(published=True))
    ActionFactory.create_batch(count, objective=objective, title="Semer du safran")
    rebuild()
    with CaptureQueriesContext(connection) as queries:
        answer = client.get("/recherche/", {"q": "safran"})
    assert answer.context["page"].paginator.count == count
    assert len(queries) == 5


def test_every_page_has_the_field_of_the_search(client):
    assert 'action="/recherche/"' in client.get("/").content.decode()


def test_a_page_that_is_known_already_is_not_sent_again(portal, client):
    answer = client.get("/recherche/?q=safran")
    again = client.get("/recherche/?q=safran", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
