import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.rich_text import render, sanitise


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("<p>Bonjour</p><script>alert(1)</script>", "<p>Bonjour</p>"),
        ('<p onclick="x()" style="color:red">Bonjour</p>', "<p>Bonjour</p>"),
        ('<p><a href="javascript:x()">lien</a></p>', "<p><a>lien</a></p>"),
        ('<p><a href="https://exemple.test/">lien</a></p>', '<p><a href="https://exemple.test/">lien</a></p>'),
        ("<p><img src=x onerror=alert(1)>Image</p>", "<p>Image</p>"),
        ("Une ligne\n\nune autre", "<p>Une ligne</p>\n\n<p>une autre</p>"),
        ("2 > 1 & 1 < 2", "<p>2 &gt; 1 &amp; 1 &lt; 2</p>"),
        ("<p></p>", ""),
        ("", ""),
    ],
)
def test_only_what_the_list_names_is_kept(typed: str, kept: str) -> None:
    assert sanitise(typed) == kept


@given(st.text())
def test_sanitising_again_changes_nothing(text: str) -> None:
    assert sanitise(sanitise(text)) == sanitise(text)


@given(st.lists(st.sampled_from(["<p>a</p>", "<script>", "<h3>t</h3>", "<ul><li>x", "</p>", "<b onclick=a>", "&lt;"])))
def test_sanitising_markup_again_changes_nothing(parts: list[str]) -> None:
    once = sanitise("".join(parts))
    assert sanitise(once) == once


def test_headings_go_on_from_the_one_they_stand_under() -> None:
    assert render("<h4>a</h4><p>b</p>", under=2) == "<h3>a</h3><p>b</p>"
    assert render("<h3>a</h3><h4>b</h4>", under=4) == "<h5>a</h5><h6>b</h6>"


def test_the_heads_of_a_table_say_what_they_head() -> None:
    assert '<th scope="col">Année</th>' in render("<table><tr><th>Année</th></tr></table>")


def test_a_table_is_named_after_the_heading_that_it_follows() -> None:
    table = "<table><tr><td>3</td></tr></table>"
    shown = render(f"{table}<h3>Les <strong>moyens</strong></h3>{table}")
    assert re.findall("<caption.*?>(.*?)</caption>", shown) == ["Tableau", "Les moyens"]
