import re

import pytest
from django.utils.safestring import SafeString

from roadmaps.sigles import SIGLES, FirstUses, sigles_used
from tests.html_client import ReadingClient
from tests.roadmaps.factories import ActionFactory, EditionFactory, ObjectiveFactory, SectionFactory

ESS = '<abbr title="économie sociale et solidaire">ESS</abbr>'


def test_only_the_sigles_that_the_text_uses_are_told_in_the_order_of_the_alphabet() -> None:
    text = "Une SCIC de l’ESS, deux SCIC ; l’ESSENTIEL, la scop et l’ABC n’en sont pas."
    assert sigles_used(text) == [
        ("ESS", "économie sociale et solidaire"),
        ("SCIC", "société coopérative d’intérêt collectif"),
    ]


def test_a_sigle_is_found_beside_any_sign() -> None:
    assert [sigle for sigle, _ in sigles_used("(EPCI), QPV/PCAET, l’IAE.")] == ["EPCI", "IAE", "PCAET", "QPV"]


def test_the_list_stands_in_the_order_of_the_alphabet() -> None:
    assert list(SIGLES) == sorted(SIGLES)
    assert sigles_used(" ".join(SIGLES)) == list(SIGLES.items())


@pytest.mark.parametrize(
    ("text", "explained"),
    [
        ("<p>L’ESS, puis l’ESS.</p>", f"<p>L’{ESS}, puis l’ESS.</p>"),
        ("<h3>L’ESS</h3><p>L’ESS</p>", f"<h3>L’ESS</h3><p>L’{ESS}</p>"),
        ('<p><a href="/ESS/">L’<em>ESS</em></a> et l’ESS</p>', f'<p><a href="/ESS/">L’<em>ESS</em></a> et l’{ESS}</p>'),
        (f"<p>{ESS}, puis l’ESS.</p>", f"<p>{ESS}, puis l’ESS.</p>"),
        ("<p>L’ABC</p>", "<p>L’ABC</p>"),
        ("", ""),
    ],
)
def test_a_sigle_is_explained_where_it_is_first_said_and_once(text: str, explained: str) -> None:
    once = FirstUses().explained(SafeString(text))
    assert once == explained
    assert FirstUses().explained(once) == once


def test_plain_words_are_escaped() -> None:
    assert FirstUses().explained("L’ESS <b>") == f"L’{ESS} &lt;b&gt;"


@pytest.mark.django_db
def test_a_roadmap_explains_each_sigle_once_in_the_order_in_which_it_is_read(client: ReadingClient) -> None:
    edition = EditionFactory(published=True)
    SectionFactory(edition=edition, body="<p>Les SCIC de l’ESS.</p>")
    action = ActionFactory(
        objective=ObjectiveFactory(edition=edition, text="<p>L’ESS et l’IAE.</p>"),
        summary="Une CAE de l’IAE.",
        description="<p>La CAE et les AMAP.</p>",
    )
    pages = [edition.roadmap.get_absolute_url(), f"{edition.roadmap.get_absolute_url()}actions/{action.uid}/"]
    found = [sigles(client.get(page).content.decode()) for page in pages]
    assert found == [["SCIC", "ESS", "IAE", "CAE", "AMAP"], ["CAE", "AMAP"]]


def sigles(page: str) -> list[str]:
    return re.findall(r'<abbr title="[^"]+">(\w+)</abbr>', page)
