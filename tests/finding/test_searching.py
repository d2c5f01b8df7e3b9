"""The suite runs on both databases: what is pinned here is what both find, in the order in which both give it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from finding import searching
from finding.batches import batch_tokens, latest
from finding.index import Offer, replace
from finding.models import Entry
from finding.searching import Commonness, Query, search, search_kind
from finding.suggesting import distance, nearest, suggestion
from tests.finding.corpus import Thing

pytestmark = pytest.mark.django_db


def found(typed: str) -> list[str]:
    rows = search(Query.read(typed)).rows
    names = dict(Entry.objects.values_list("pk", "url"))
    return [names[key].strip("/") for key, _ in rows]


@pytest.mark.parametrize(
    ("typed", "results"),
    [
        ("coopérative", ["scic", "coop", "pourquoi", "tiers-lieu"]),  # in titles, the latest first, then in texts
        ("COOPERATIVES", ["scic", "coop", "pourquoi", "tiers-lieu"]),
        ("l’économie", ["nantes", "pourquoi", "methode"]),  # in summaries, then in texts
        ("économie sociale", ["nantes", "methode"]),
        ("« économie sociale »", ["nantes"]),
        ('"économie sociale et solidaire"', ["nantes"]),
        ("“solidaire et sociale”", ["methode"]),
        ('"sociale solidaire économie"', []),
        ('"solidaire sociale économie"', ["methode"]),  # common words between do not count
        ("ess", ["nantes", "pourquoi"]),
        ("feuille-de-route", ["nantes"]),
        ("emploi", ["tiers-lieu", "pourquoi"]),
        ("soutenir coopératives", ["coop"]),
        ("coopérative inconnue", []),
        ("économie économie ÉCONOMIES", ["nantes", "pourquoi", "methode"]),
    ],
)
def test_both_databases_find_the_same_in_the_same_order(things, typed, results):
    assert found(typed) == results


@pytest.mark.parametrize(
    "typed",
    ["", "   ", "de la et l’", "%", "*", "' OR 1=1 --", '"', "()[]{}.*+?^$|\\", "@page", "&|!:*", "NEAR(", "🙂"],
)
def test_what_has_no_word_finds_nothing_and_harms_nothing(things, typed):
    with CaptureQueriesContext(connection) as queries:
        assert search(Query.read(typed)).rows == []
    assert len(queries) <= 1


@pytest.mark.parametrize(
    "typed", ["coop'érative\" OR *", "coopérative NOT AND -", "coopérative:* & |", "^coopérative$"]
)
def test_signs_of_a_query_language_are_only_signs(things, typed):
    query = Query.read(typed)
    assert all(stem.isalnum() for stem in query.stems)
    search(query)


def test_a_long_question_is_cut_and_says_so():
    query = Query.read("emploi " * 2_000)
    assert (len(query.text), query.stems, query.is_cut) == (195, ["emploi"], True)
    many = Query.read(" ".join(f"mot{rank}" for rank in range(30)))
    assert (len(many.stems), many.is_cut) == (12, True)
    assert not Query.read("emploi local").is_cut


def test_results_are_counted_by_kind(things):
    assert dict(search(Query.read("coopérative")).counts) == {"action": 3, "page": 1}


def test_words_that_nothing_says_are_told(things):
    assert [word.shown for word in search(Query.read("Coopérative licornes")).unknown] == ["licornes"]


def test_nothing_is_ranked_beyond_the_cap(things, monkeypatch):
    monkeypatch.setattr(searching, "CAP", 2)
    result = search(Query.read("coopérative"))
    assert (len(result.rows), result.is_capped) == (2, True)


def test_a_word_that_is_everywhere_is_looked_for_in_the_latest_batches_and_in_what_is_no_bulk(things, monkeypatch):
    monkeypatch.setattr(searching, "MANY", 1)
    monkeypatch.setattr(searching, "ENOUGH", 1)
    late = Thing(320, [Offer("action", "/tard/", "Une coopérative de plus")])
    replace(things.owner(320), things.entries(late))
    assert found("coopérative") == ["tard", "pourquoi"]
    assert search(Query.read("coopérative")).is_capped
    assert [kind for _, kind in search_kind(Query.read("coopérative"), "page").rows] == ["page"]


def test_the_number_of_results_is_guessed_from_how_common_the_words_are():
    commonness = Commonness({"a": 50, "b": 10}, most=100, last_batch=2)
    assert (commonness.estimate(["a"]), commonness.estimate(["a", "b"])) == (50, 5)


@pytest.mark.parametrize(
    ("last", "share", "tokens"),
    [
        (80, 0.01, ["@0", "@0_80", "@0_79", "@0_78"]),
        (80, 0.04, ["@0", "@1_40", "@1_39", "@1_38"]),
        (80, 0.5, ["@0", "@5_2", "@5_1", "@5_0"]),
        (1, 3.0, ["@0", "@0_1", "@0_0"]),
    ],
)
def test_the_latest_batches_are_few_tokens(last, share, tokens):
    assert latest(last, share) == tokens


def test_a_batch_is_in_batches_of_batches():
    assert batch_tokens(5)[:4] == ["@0_5", "@1_2", "@2_1", "@3_0"]


@pytest.mark.parametrize("count", [1, 3, 40])
def test_a_search_costs_four_queries_whatever_there_is(things, count):
    many = Thing(9, [Offer("action", f"/{rank}/", f"Licorne {rank}") for rank in range(count)])
    replace(things.owner(9), things.entries(many))
    with CaptureQueriesContext(connection) as queries:
        assert len(search(Query.read("licorne")).rows) == count
    assert len(queries) == 4


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("cooprative", "coopérative"),
        ("coopertaive", "coopérative"),
        ("emplio", "emploi"),
        ("métode", "méthode"),
        ("lieux-tier économi", ""),
        ("xylophone", ""),
        ("ouvrri tires-lieu", "ouvrir tiers-lieu"),
    ],
)
def test_a_misspelt_word_is_understood(things, typed, meant):
    query = Query.read(typed)
    assert suggestion(query, search(query).unknown) == meant


def test_the_commonest_of_equals_is_meant(things):
    replace(
        "thing:7",
        things.entries(
            Thing(
                7,
                [
                    Offer("page", "/1/", "Raton raton"),
                    Offer("page", "/2/", "Baton"),
                ],
            )
        ),
    )
    replace("thing:8", things.entries(Thing(8, [Offer("page", "/3/", "Ragon"), Offer("page", "/4/", "Ragon")])))
    assert nearest("ravon") == "ragon"


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [("abc", "abc", 0), ("abc", "acb", 1), ("abc", "ab", 1), ("abc", "xbcd", 2), ("abcd", "wxyz", 3)],
)
def test_slips_are_counted_up_to_a_limit(one, other, slips):
    assert distance(one, other, 2) == slips
