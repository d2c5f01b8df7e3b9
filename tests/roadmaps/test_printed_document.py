"""What the PDF of a whole edition is, for those who listen to it, keep it and look a page up in it."""

import io
from pathlib import Path

import pikepdf
import pymupdf
import pytest
from zeal import zeal_ignore

from roadmaps.models import Edition
from roadmaps.print_choice import PrintChoice
from roadmaps.printing import draft_pdf
from tests.instances.factories import InstanceFactory
from tests.publishing.structure import damage, faults, structure
from tests.roadmaps.factories import (
    ActionFactory,
    MilestoneFactory,
    ObjectiveFactory,
    ProgressReportFactory,
    RoadmapActorFactory,
    RoadmapFactory,
    SectionFactory,
)
from tests.roadmaps.whole import whole_edition

pytestmark = pytest.mark.django_db

SENTENCE = "Une feuille de route que nous écrivons avec celles et ceux qui la mettront en œuvre"
ROWS = "<tr><td>1</td><td>2</td></tr>" * 90
BODY = f"<h3>Un titre</h3><ul><li>Un<ul><li>Deux</li></ul></li></ul><table><tr><th>A</th><th>B</th></tr>{ROWS}</table>"


@zeal_ignore()
def long_edition(**fields: object) -> Edition:
    edition = whole_edition(12, **fields)
    MilestoneFactory(roadmap=edition.roadmap)
    RoadmapActorFactory(roadmap=edition.roadmap)
    SectionFactory(edition=edition, title="Un tableau de trois pages", body=BODY)
    for axis in range(3):
        parent = ObjectiveFactory(edition=edition, title=f"Axe numéro {axis}", position=axis + 1)
        ActionFactory(objective=ObjectiveFactory(parent=parent), title=f"Agir pour la raison {axis}")
    return edition


@zeal_ignore()
def printed(edition: Edition, **choice: object) -> bytes:
    return draft_pdf(edition, PrintChoice(**choice))


@pytest.mark.parametrize("published", [True, False])
@pytest.mark.parametrize(
    "choice",
    [
        {},
        {"is_large": True},
        {"is_economical": True},
        {"has_follow_up": True},
        {"scope": "conseil"},
        {"scope": "axe"},
        {"scope": "fiche"},
    ],
)
def test_every_version_can_be_read_aloud_and_is_well_formed(
    choice: dict[str, object], published: bool, tmp_path: Path
) -> None:
    edition = long_edition(published=published, roadmap=RoadmapFactory(title=SENTENCE))
    with zeal_ignore():
        ProgressReportFactory(action=edition.action_set.first(), text="Le lieu est trouvé.")
        InstanceFactory().roadmaps.add(edition.roadmap)
    uids = {"axe": edition.objective_set.first().uid, "fiche": edition.action_set.first().uid}
    pdf = printed(edition, uid=uids.get(choice.get("scope"), ""), **choice)
    assert faults(pdf, tmp_path, "error") == []
    assert damage(tmp_path / "read.pdf") == (0, "")


def test_one_table_is_one_table_and_every_header_cell_has_its_scope() -> None:
    tree = structure(printed(long_edition(published=True)))
    (long,) = [table for table in tree.all("/Table") if len(table.all("/TR")) == 91]
    assert len(long.all("/TH")) == 2
    scopes = {str(cell.attributes.get("/Scope")) for cell in tree.all("/TH")}
    assert scopes <= {"/Column", "/Row"}


def test_every_figure_says_what_it_shows() -> None:
    figures = structure(printed(long_edition(published=True))).all("/Figure")
    assert [figure for figure in figures if not figure.alternative] == []


def test_every_font_is_inside_and_is_ours() -> None:
    with pikepdf.open(io.BytesIO(printed(long_edition(published=True)))) as document:
        fonts = [
            thing
            for thing in document.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font" and "/DescendantFonts" in thing
        ]
        assert len(fonts) >= 3
        for font in fonts:
            assert "+Source-Sans" in str(font.BaseFont)
            assert len(font.ToUnicode.read_bytes()) > 0
            assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor


def test_it_has_a_language_a_title_and_an_outline_of_its_headings() -> None:
    edition = long_edition(published=True)
    with pikepdf.open(io.BytesIO(printed(edition))) as document:
        assert (document.Root.Lang, document.Root.ViewerPreferences.DisplayDocTitle) == ("fr", True)
        assert edition.roadmap.title in str(document.docinfo.Title)
        with document.open_outline() as outline:
            (top,) = outline.root
            chapters = [entry.title for entry in top.children]
    assert [title for title in chapters if "numéro 1" in " ".join(title.split())] != []


def test_the_sommaire_gives_the_pages_where_things_are() -> None:
    """Each link whose line ends by a figure leads to that page."""
    told, found = [], []
    with pymupdf.open(stream=printed(long_edition(published=True))) as document:
        for page in list(document)[:4]:
            words = page.get_text("words")
            for link in page.get_links():
                area = link["from"]
                middle = (area.y0 + area.y1) / 2
                beside = sorted(word for word in words if word[1] < middle < word[3] and word[0] >= area.x1 - 1)
                if beside and beside[0][4].isdigit():
                    told.append(int(beside[0][4]))
                    found.append(link["page"] + 1)
    assert len(told) >= 10
    assert told == found
