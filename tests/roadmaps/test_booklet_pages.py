"""The pages of the booklet, laid out: nothing leaves them, and no heading stands alone at the foot of one."""

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from weasyprint import HTML
from weasyprint.formatting_structure import boxes
from zeal import zeal_ignore

from publishing.press import static_files_fetcher
from roadmaps.models import Action, Edition, Measure, Objective
from roadmaps.print_choice import PrintChoice
from roadmaps.printing import printed_html
from tests.roadmaps.factories import SectionFactory
from tests.roadmaps.whole import whole_edition

pytestmark = pytest.mark.django_db

MM = 96 / 25.4
HEADINGS = {"caption", "thead", "h1", "h2", "h3", "h4", "h5", "h6"}
SENTENCE = "Accompagner la création, la transmission et la reprise des structures de l’économie sociale et solidaire "
WORD = "Anticonstitutionnellement" * 12


def laid_out(edition: Edition, choice: PrintChoice) -> Any:
    roots = [Path(root) for root in (settings.STATIC_ROOT, *settings.STATICFILES_DIRS)]
    fetcher = static_files_fetcher(settings.PUBLIC_URL, settings.STATIC_URL, roots)
    return HTML(string=printed_html(edition, choice), base_url=settings.PUBLIC_URL, url_fetcher=fetcher).render()


def contents(box: Any, tags: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Give each text and drawing of a page under a box, running heads aside, with the tags around it."""
    tags = (*tags, box.element_tag or "")
    if isinstance(box, boxes.TextBox | boxes.ReplacedBox):
        yield tags, box
    for child in getattr(box, "children", ()):
        if not isinstance(child, boxes.MarginBox):
            yield from contents(child, tags)


def lone_rows(document: Any) -> list[tuple[int, str]]:
    """Give the first words of the rows that a page holds without any other of their table."""
    found = []
    for number, page in enumerate(document.pages, 1):
        for box in page._page_box.descendants():
            if isinstance(box, boxes.TableRowGroupBox) and box.element_tag == "tbody":
                is_alone = len(box.children) == 1 < len(box.element)
                found += [(number, text.text[:40]) for _, text in list(contents(box))[:1] if is_alone]
    return found


def running_heads(document: Any) -> set[int]:
    """Give how many lines the running heads above the pages take."""
    return {
        sum(isinstance(line, boxes.LineBox) for line in box.descendants())
        for page in document.pages
        for box in page._page_box.children
        if isinstance(box, boxes.MarginBox) and box.at_keyword in {"@top-left", "@top-right"}
    } - {0}


def stressed_edition(longest: int) -> Edition:
    """Make an edition whose titles have so many signs, with a word that no line holds."""
    edition = whole_edition(actions=12, published=True)
    rows = f"<tr><td>{SENTENCE}</td><td>{SENTENCE}</td></tr>" * 30
    SectionFactory(edition=edition, title=WORD[:200], body=f"<table><tr><th>Un</th><th>Deux</th></tr>{rows}</table>")
    for rank, objective in enumerate(Objective.objects.all()):
        Objective.objects.filter(pk=objective.pk).update(title=WORD[:longest] if rank % 2 else (SENTENCE * 3)[:longest])
    for rank, action in enumerate(Action.objects.order_by("position")):
        title = (WORD[:longest], (SENTENCE * 3)[:longest], "Agir")[rank % 3]
        Action.objects.filter(pk=action.pk).update(
            title=title, summary=title, description=f"<p>{SENTENCE * (rank % 7)}</p>"
        )
    return edition


@zeal_ignore()
@pytest.mark.parametrize(
    ("look", "longest"),
    [
        ({}, 300),
        ({"is_economical": True}, 300),
        ({"is_large": True}, 150),  # three titles of 300 signs that follow each other would take more than a page
    ],
)
def test_nothing_leaves_a_page_and_no_heading_stands_alone(
    look: dict[str, bool], longest: int, caplog: pytest.LogCaptureFixture
) -> None:
    document = laid_out(stressed_edition(longest), PrintChoice(**look))
    outside, alone = [], []
    for number, page in enumerate(document.pages, 1):
        shown = list(contents(page._page_box))
        outside += [
            (number, getattr(box, "text", "drawing")[:40])
            for _, box in shown
            if box.position_x + box.width > 210 * MM - 1 or box.position_y + box.height > 297 * MM
        ]
        tags, last = max(shown, key=lambda one: one[1].position_y + one[1].height)
        if number not in {1, len(document.pages)} and HEADINGS & set(tags):
            alone.append((number, last.text[:40]))
    assert (outside, alone, lone_rows(document)) == ([], [], [])
    assert [record.message for record in caplog.records if record.levelno >= logging.WARNING] == []


@zeal_ignore()
@pytest.mark.parametrize("look", [{}, {"is_large": True}])
def test_the_running_heads_of_a_draft_hold_on_one_line(look: dict[str, bool]) -> None:
    edition = whole_edition(actions=1)
    Objective.objects.update(title=SENTENCE * 2)
    document = laid_out(edition, PrintChoice(**look))
    assert running_heads(document) == {1}


def test_each_number_of_a_page_is_that_of_where_it_leads() -> None:
    edition = whole_edition(actions=12, published=True, foreword="<p>Madame, Monsieur</p>")
    pages = laid_out(edition, PrintChoice()).pages
    page_of: dict[str, int] = {}
    for number, page in enumerate(pages, 1):
        for anchor in page.anchors:
            page_of.setdefault(f"#{anchor}", number)  # what goes on over pages has its anchor on each
    shown = [
        (box.element.get("data-target"), int(re.search(r"\d+", box.text)[0]))
        for page in pages
        for _, box in contents(page._page_box)
        if isinstance(box, boxes.TextBox) and box.element is not None and box.element.get("data-target")
        if re.search(r"\d", box.text)
    ]
    assert shown == [(target, page_of[target]) for target, _ in shown]
    assert [target for target, _ in shown][:3] == ["#en-bref", "#chiffres-cles", shown[2][0]]
    assert len(shown) == 9 + 1 + 12 + 2 + 1 + 13


def test_what_follows_the_last_axis_is_on_no_page_of_that_axis() -> None:
    edition = whole_edition(actions=1, published=True)
    Measure.objects.all().delete()  # where it stands is left out
    pages = laid_out(edition, PrintChoice()).pages
    kinds = {page._page_box.page_type.name for page in pages if "indicateurs" in page.anchors}
    assert kinds == {""}


def test_a_fiche_holds_on_one_page() -> None:
    edition = whole_edition(actions=2, published=True)
    choice = PrintChoice(scope="fiche", uid=Action.objects.order_by("position")[0].uid)
    assert len(laid_out(edition, choice).pages) == 1
