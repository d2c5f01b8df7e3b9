"""Differences are marked word by word, seen and heard, whatever the texts."""

import re

import html5lib
import pytest
from django.utils.html import escape
from hypothesis import assume, given
from hypothesis import strategies as st

from ui.differences import marked, marked_rich, replaced, sides, sides_rich
from ui.rich_text import sanitise

ADDED = '<ins><span class="visually-hidden">ajouté\u00a0: </span>{}</ins>'
REMOVED = '<del><span class="visually-hidden">supprimé\u00a0: </span>{}</del>'


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("Ouvrir un lieu", "Ouvrir un lieu", "Ouvrir un lieu"),
        ("Ouvrir un lieu", "Ouvrir deux lieux", f"Ouvrir {REMOVED.format('un lieu')} {ADDED.format('deux lieux')}"),
        ("", "Neuf", ADDED.format("Neuf")),
        ("L’ESS d’ici", "L’ESS", f"L’ESS {REMOVED.format('d’ici')}"),
        ("L'ESS  d'ici", "L’ESS d’ici", "L’ESS d’ici"),  # neither an apostrophe nor a space is news
        (
            "36\u202f000 € !",
            "36\u202f500 €\u202f!",
            REMOVED.format("36\u202f000") + " " + ADDED.format("36\u202f500") + " €\u202f!",
        ),
        ("un mot vieux.", "un mot.", f"un mot {REMOVED.format('vieux')}."),
        (
            "deux et trois",
            "deux mille et trente",
            f"deux {REMOVED.format('et trois')} {ADDED.format('mille et trente')}",
        ),
        ("un\ndeux\ntrois", "un\ntrois\nquatre", f"un\n{REMOVED.format('deux')}\ntrois\n{ADDED.format('quatre')}"),
        (
            "Ouvrir une recyclerie dans le centre",
            "Créer deux ressourceries dans les bourgs",  # one word that stays is only chance
            REMOVED.format("Ouvrir une recyclerie dans le centre")
            + " "
            + ADDED.format("Créer deux ressourceries dans les bourgs"),
        ),
        ("<b> & co", "<i> & co", f"&lt;{REMOVED.format('b')} {ADDED.format('i')}&gt; &amp; co"),
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


TABLE = ' tabindex="0"><tbody'
ROW = "<tr><td><ins>2025</ins></td><td><ins>5</ins></td></tr>"


def shown(html):
    """Leave out the words for the ear."""
    return re.sub(r'<span class="visually-hidden">[^<]*</span>', "", html)


@pytest.mark.parametrize(
    ("before", "after", "marks"),
    [
        ("", "<p>neuf</p><ul><li>x</li></ul>", "<p><ins>neuf</ins></p><ul><li><ins>x</ins></li></ul>"),
        ("<h3>a</h3><p>b</p>", "", "<h3><del>a</del></h3><p><del>b</del></p>"),
        ("<h3>Le lieu</h3>", "<h3>Les lieux</h3>", "<h3><del>Le lieu</del> <ins>Les lieux</ins></h3>"),
        ("<p>a</p><p>b</p>", "<p>a</p><p>neuf</p><p>b</p>", "<p>a</p><p><ins>neuf</ins></p><p>b</p>"),
        ("<ul><li>a</li><li>b</li></ul>", "<ul><li>b</li></ul>", "<ul><li><del>a</del></li><li>b</li></ul>"),
        (
            "<p>Une <strong>cantine</strong> ici</p>",
            "<p>Une <strong>belle cantine</strong> ici, <em>vite</em></p>",
            "<p>Une <ins><strong>belle</strong></ins> <strong>cantine</strong> ici<ins>, <em>vite</em></ins></p>",
        ),
        (
            '<p>Aller lire <a href="https://a.test/">ici</a></p>',
            '<p>Aller lire <a href="https://b.test/">ici</a></p>',
            '<p>Aller lire <del><a href="https://a.test/">ici</a></del> <ins><a href="https://b.test/">ici</a></ins></p>',
        ),
        (
            "<table><tr><td>2024</td><td>3</td></tr></table>",
            "<table><tr><td>2024</td><td>4</td></tr><tr><td>2025</td><td>5</td></tr></table>",
            f"<table{TABLE}><tr><td>2024</td><td><del>3</del> <ins>4</ins></td></tr>{ROW}</tbody></table>",
        ),
    ],
)
def test_a_rich_text_is_marked_block_by_block(before, after, marks):
    assert shown(marked_rich(before, after)) == marks


def test_two_rich_texts_stand_side_by_side():
    left, right = sides_rich("<p>Un lieu</p><p>a</p>", "<p>Un tiers-lieu</p>")
    assert shown(left) == "<p>Un <del>lieu</del></p><p><del>a</del></p>"
    assert shown(right) == "<p>Un <ins>tiers-lieu</ins></p>"


def test_what_stays_may_be_left_out():
    before, after = "<p>a</p><p>b</p><p>Un lieu</p><p>c</p>", "<p>a</p><p>b</p><p>Un bourg</p><p>c</p>"
    left_out = '<p class="muted">[…]</p>'
    assert shown(marked_rich(before, after, is_whole=False)) == (
        f"{left_out}<p>Un <del>lieu</del> <ins>bourg</ins></p>{left_out}"
    )


def test_the_headings_of_a_rich_text_go_on_from_the_one_they_stand_under():
    assert shown(marked_rich("<h3>a</h3><h4>b</h4>", "<h4>b</h4>", under=3)) == "<h4><del>a</del></h4><h5>b</h5>"


def test_nothing_dangerous_comes_out():
    assert "script" not in marked_rich("<script>alert(1)</script>", '<p onclick="x">a<img src=x></p><script>b</script>')


def unmarked(html):
    return re.sub(r'<(ins|del)><span class="visually-hidden">[^<]*</span>|</(ins|del)>', "", html)


@given(st.text(), st.text())
def test_any_plain_texts_can_be_compared_and_nothing_of_them_is_lost(before, after):
    assert tuple(map(unmarked, sides(before, after))) == (escape(before), escape(after))


PIECES = (
    "<p>", "</p>", "<ul>", "</ul>", "<li>", "<ol>", "<table>", "<tr>", "<td>", "<th>", "</table>", "<h3>", "</h3>",
    "<br>", "<strong>", "</strong>", '<a href="https://a.test/">', "</a>", "<blockquote>", " ", "&lt;", "un", "deux",
    "l’", "\n",
)  # fmt: skip
RICH = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


def is_sound(html):
    """Say whether a text is valid and its items are in lists, as those of the editor are."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parseFragment(html)
    astray = [
        child for parent in tree.iter() if parent.tag not in {"ul", "ol"} for child in parent if child.tag == "li"
    ]
    return not (parser.errors or astray)


@given(RICH, RICH)
def test_any_rich_texts_can_be_compared_in_sound_markup(before, after):
    assume(is_sound(sanitise(before)) and is_sound(sanitise(after)))
    for html in (marked_rich(before, after), *sides_rich(before, after)):
        html5lib.HTMLParser(strict=True).parseFragment(html)


@given(RICH, RICH)
def test_nothing_of_a_rich_text_is_lost(before, after):
    for one, side in zip((before, after), sides_rich(before, after), strict=True):
        assert re.sub(r"\s", "", words_of(shown(side))) == re.sub(r"\s", "", words_of(sanitise(one)))


def words_of(html):
    return re.sub(r"<[^>]*>", "", html)
