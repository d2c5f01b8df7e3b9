import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.composition import composed, composed_html, composed_title


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("Pourquoi ? Voici : oui ; non !", "Pourquoi\xa0? Voici\xa0: oui\xa0; non\xa0!"),
        ("dit « bonjour »", "dit «\xa0bonjour\xa0»"),
        ("16 % de 1 234 567 €", "16\xa0% de 1\u202f234\u202f567\xa0€"),
        ("44 000 habitants", "44\u202f000 habitants"),
        ("en 2021 500 personnes", "en 2021 500 personnes"),
        ("02 40 12 34 56", "02 40 12 34 56"),
        ("", ""),
    ],
)
def test_a_text_breaks_nowhere_wrong(typed: str, set_: str) -> None:
    assert composed(typed) == set_


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("Faire vivre les bourgs", "Faire vivre les\xa0bourgs"),
        ("Se nourrir", "Se nourrir"),
        ("Financer", "Financer"),
        ("Vers une intercommunalité démocratiquement", "Vers une intercommunalité démocratiquement"),
    ],
)
def test_no_word_stands_alone_on_the_last_line_of_a_title(typed: str, set_: str) -> None:
    assert composed_title(typed) == set_


def test_a_rich_text_keeps_its_tags() -> None:
    html = '<p>Voir <a href="https://exemple.fr/a ; b">ici : tout</a> ?</p>'
    assert composed_html(html) == '<p>Voir <a href="https://exemple.fr/a ; b">ici\xa0: tout</a>\xa0?</p>'


@given(st.text())
def test_composing_changes_spaces_alone_and_once(text: str) -> None:
    set_ = composed(text)
    assert re.sub(r"\s", " ", set_) == re.sub(r"\s", " ", text)
    assert composed(set_) == set_
