"""Differences are marked word by word, seen and heard, whatever the texts."""

import re

import html5lib
import pytest
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from ui.differences import marked, marked_rich, replaced, sides, sides_rich
from ui.rich_text import sanitise

ADDED = '<ins><span class="visually-hidden">ajouté\u00a0: </span>{}</ins>'
REMOVED = '<del><span class="visually-hidden">supprimé\u00a0: </span>{}</del>'


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("Ouvrir un lieu", "Ouvrir un lieu", "Ouvrir un lieu"),
        ("Ouvrir un lieu", "Ouvrir deux lieux", f"Ouvrir {REMOVED.format('un lieu')}{ADDED.format('deux lieux')}"),
        ("", "Neuf", ADDED.format("Neuf")),
        ("L’ESS d’ici", "L’ESS", f"L’ESS{REMOVED.format(' d’ici')}"),
        ("<b> & co", "<i> & co", f"&lt;{REMOVED.format('b')}{ADDED.format('i')}&gt; &amp; co"),
    ],
)
def test_a_plain_text_shows_its_words_removed_then_added(before, after, shown):
    assert marked(before, after) == shown


def test_a_value_is_shown_before_and_after():
    assert replaced("12", "15") == f"{REMOVED.format('12')} → {ADDED.format('15')}"
    assert replaced("", "15") == ADDED.format("15")


def test_two_plain_texts_stand_side_by_side():
    assert sides("Ouvrir un lieu", "Ouvrir deux lieux") == (
        f"Ouvrir {REMOVED.format('un lieu')}",
        f"Ouvrir {ADDED.format('deux lieux')}",
    )


def test_a_rich_text_keeps_its_blocks():
    shown = marked_rich("<p>Ouvrir une recyclerie</p>", "<p>Ouvrir une ressourcerie</p><ul><li>vite</li></ul>")
    assert shown.startswith(f"<p>Ouvrir une {ADDED.format('ressourcerie')}")
    assert f"<li>{ADDED.format('vite')}</li>" in shown
    assert REMOVED.format("recyclerie") in shown


def test_two_rich_texts_stand_side_by_side():
    left, right = sides_rich("<p>Un lieu</p>", "<p>Un tiers-lieu</p>")
    assert ("<ins>" in left, "<del>" in right) == (False, False)


def test_nothing_dangerous_comes_out():
    assert "script" not in marked_rich("<script>alert(1)</script>", '<p onclick="x">a<img src=x></p><script>b</script>')


def unmarked(html):
    return re.sub(r'<(ins|del)><span class="visually-hidden">[^<]*</span>|</(ins|del)>', "", html)


@given(st.text(), st.text())
def test_any_plain_texts_can_be_compared_and_nothing_of_them_is_lost(before, after):
    assert tuple(map(unmarked, sides(before, after))) == (escape(before), escape(after))


@given(st.text(alphabet="ab <p>/ulié", max_size=60), st.text(alphabet="ab <p>/ulié", max_size=60))
def test_any_rich_texts_can_be_compared(before, after):
    html5lib.HTMLParser(strict=True).parseFragment(marked_rich(sanitise(before), sanitise(after)))
