from finding.excerpts import excerpt, marked

LONG = "Un début sans rapport. " * 20 + "La monnaie locale soutient l’emploi. " + "Une fin sans rapport. " * 20


def test_the_words_looked_for_are_marked_in_any_form_without_their_elision():
    assert marked("L’emploi et les EMPLOIS", {"emploi"}) == "L’<mark>emploi</mark> et les <mark>EMPLOIS</mark>"


def test_what_is_not_ours_is_escaped():
    assert marked("<b>emploi</b> & co", {"emploi"}) == "&lt;b&gt;<mark>emploi</mark>&lt;/b&gt; &amp; co"


def test_an_excerpt_is_where_most_of_the_words_are():
    shown = excerpt(f"L’emploi. {LONG}", {"emploi", "monnai", "local"})
    assert "La <mark>monnaie</mark> <mark>locale</mark> soutient l’<mark>emploi</mark>." in shown
    assert (shown[:2], shown[-2:]) == ("… ", " …")
    assert len(shown) < 340


def test_an_excerpt_of_what_says_none_of_the_words_is_its_beginning():
    assert excerpt(LONG, {"licorn"}).startswith("Un début sans rapport. Un début")
    assert excerpt("", {"licorn"}) == ""
    assert excerpt("Court.", {"licorn"}) == "Court."


def test_a_very_long_word_is_cut_anywhere():
    assert len(excerpt("x" * 5_000, {"licorn"})) == 242
