import pytest

from finding.words import runs, stem, unaccented, words


def stems(text: str) -> list[str]:
    return [word.stem for word in words(text)]


@pytest.mark.parametrize(
    "forms",
    [
        ("économie", "L’ÉCONOMIE", "l'economie", "économies", "économique"),
        ("emploi", "emplois", "L’emploi", "EMPLOIS"),
        ("coopérative", "cooperatives", "d’une coopérative"),
        ("journal", "journaux"),
        ("bureau", "bureaux"),
        ("financée", "financées", "finance", "financement"),
        ("élu·e·s", "élus", "élu(e)s", "élu"),
        ("œuvre", "oeuvres", "ŒUVRE"),
        ("qu’insertion", "insertion", "lorsqu’insertions"),
    ],
)
def test_the_forms_of_a_word_are_one_stem(forms: tuple[str, ...]) -> None:
    assert [stems(form) for form in forms] == [stems(forms[0])] * len(forms)


@pytest.mark.parametrize(
    "typed", ["feuille de route", "feuille-de-route", "Feuilles-de-routes", "« feuille  de route »"]
)
def test_hyphens_part_words(typed: str) -> None:
    assert stems(typed) == ["feuill", "rout"]


def test_words_that_are_everywhere_and_single_letters_are_not_looked_for() -> None:
    assert stems("Le plan de la ville et d’un quartier, à l’est : n° 3, 2027") == [
        "plan",
        "vill",
        "quarti",
        "3",
        "2027",
    ]


def test_a_word_says_where_it_stands_without_its_elision() -> None:
    text = "Pour l’économie"
    (word,) = words(text)
    assert (text[word.start : word.end], word.shown) == ("économie", "économie")


def test_a_very_long_word_is_cut() -> None:
    (word,) = words("a" * 10_000)
    assert len(word.shown) == 40


def test_a_stem_is_never_empty() -> None:
    assert [stem(word) for word in ("ee", "es", "eee", "ts")] == ["ee", "es", "eee", "ts"]


def test_words_that_follow_each_other_are_held_together() -> None:
    assert [*runs(["a", "b", "c", "d"])] == ["a_b", "b_c", "c_d", "a_b_c", "b_c_d"]
    assert [*runs(["a"])] == []


def test_accents_and_ligatures_go() -> None:
    assert unaccented("ÎLE d’Œuvre Ça") == "ile d’oeuvre ca"
