import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from zeal import zeal_ignore

from roadmaps.booklet import Booklet
from roadmaps.document import Document
from roadmaps.fiches import head, printed_text
from roadmaps.models import Action, Edition, Objective
from roadmaps.print_choice import PrintChoice
from roadmaps.printing import printed_html
from tests.html_rules import Page, faults, text_of
from tests.roadmaps.factories import (
    ActionFactory,
    EditionFactory,
    FundingFactory,
    HorizonFactory,
    IndicatorFactory,
    KeyFigureFactory,
    MeasureFactory,
    MilestoneFactory,
    ObjectiveFactory,
    ProgressReportFactory,
    SectionFactory,
    StepFactory,
)
from tests.roadmaps.whole import whole_edition
from ui.partial_date import PartialDate

pytestmark = pytest.mark.django_db

ADDRESS = "https://portail.exemple.fr/feuilles-de-route/ess/editions/1/"
LONG = "Accompagner la création, la transmission et la reprise des structures de l’économie sociale et solidaire " * 3


def booklet(edition: Edition, **choice: Any) -> Booklet:
    fresh = Edition.objects.select_related("roadmap__collectivite", "roadmap__referent").get(pk=edition.pk)
    return Booklet(Document(fresh), PrintChoice(**choice), ADDRESS, "a" * 64)


def full_edition() -> Edition:
    """Make an edition that fills every part of the booklet."""
    edition = whole_edition(
        actions=3,
        published=True,
        foreword="<p>Madame, Monsieur</p>",
        foreword_author="La présidente",
        caveat="Chiffres provisoires.",
        change_note="Deux actions de plus.",
        sources="<p>Observatoire de l’ESS</p>",
        adopted_on=PartialDate(2026, 1, 10),
    )
    table = "<table><tr><th>Année</th></tr><tr><td>2026</td></tr></table>"
    SectionFactory(edition=edition, kind="governance", title="Qui décide ?", body=f"<h3>Le COPIL</h3>{table}{table}")
    KeyFigureFactory(edition=edition, value="14.6", unit="%")
    StepFactory(action=Action.objects.first(), due_on=PartialDate(2026), done_on=PartialDate(2026, 2))
    MilestoneFactory(roadmap=edition.roadmap)
    other = ObjectiveFactory(edition=edition, code="2", title="Coopérer", position=1)
    MeasureFactory(indicator=IndicatorFactory(objective=other, baseline=0, target=40), value=10)
    action = ActionFactory(objective=other, title=LONG[:300], description=table)
    FundingFactory(action=action, year=2027)
    ObjectiveFactory(edition=edition, code="Enjeu transversal", title=LONG[:300], position=2)
    return edition


def first_action() -> dict[str, str]:
    return {"scope": "fiche", "uid": Action.objects.order_by("position", "id")[0].uid}


def first_axis() -> dict[str, str]:
    return {"scope": "axe", "uid": Objective.objects.filter(depth=1).order_by("position", "id")[0].uid}


@pytest.mark.parametrize(
    "look", [{}, {"is_economical": True}, {"is_large": True}, {"has_progress": False}, {"has_follow_up": True}]
)
@pytest.mark.parametrize("scope", [dict, lambda: {"scope": "conseil"}, first_axis, first_action])
def test_every_version_is_faultless_html(scope: Callable[[], dict[str, str]], look: dict[str, bool]) -> None:
    edition = full_edition()
    ProgressReportFactory(action=Action.objects.first(), text="Le lieu est trouvé.")
    page = Page(printed_html(edition, PrintChoice(**scope(), **look)))
    assert faults(page) == []
    drawings = [drawing for drawing in page.all("svg") if drawing.get("aria-hidden") != "true"]
    assert [text_of(drawing.find("title")) for drawing in drawings].count("") == 0
    assert {drawing.get("role") for drawing in drawings} <= {"img"}


@zeal_ignore()  # several booklets are prepared
@pytest.mark.parametrize("published", [True, False])
def test_an_edition_without_anything_is_a_booklet_too(published: bool) -> None:
    edition = EditionFactory(published=published, period_start=None, period_end=None)
    page = Page(printed_html(edition))
    assert faults(page) == []
    assert [chapter["anchor"] for chapter in booklet(edition).contents] == ["en-bref", "sigles"]
    assert "print-draft.css" in "".join(link.get("href", "") for link in page.all("link")) or published


@zeal_ignore()  # several booklets are prepared
@pytest.mark.parametrize("count", [1, 3, 40])
def test_preparing_a_booklet_takes_the_same_queries_whatever_its_size(count: int) -> None:
    edition = whole_edition(actions=count, published=True)
    told = booklet(edition)
    context = {"choice": told.choice, "online_url": ADDRESS, "content_sha256": "a" * 64, "as_of": None}
    with CaptureQueriesContext(connection) as queries:
        document = Document(told.document.edition)
        render_to_string(
            "roadmaps/print/booklet.html",
            context | {"document": document, "cress_name": "CRESS", "portal_name": "Portail"},
        )
    assert len(queries) == 11


@zeal_ignore()  # several booklets are prepared
def test_the_sommaire_names_each_chapter_in_the_order_of_reading() -> None:
    edition = full_edition()
    shown = [(chapter["title"], len(chapter.get("children", []))) for chapter in booklet(edition).contents]
    assert shown == [
        ("En bref", 0),
        ("Le territoire en chiffres", 0),
        (booklet(edition).before[0]["title"], 0),
        ("Vue d’ensemble des actions", 0),
        ("La démarche", 0),
        ("Entreprendre autrement", 1),
        ("Coopérer", 0),
        (booklet(edition).axes[2].title, 0),
        ("Où en est-on\xa0?", 0),
        ("Qui décide\xa0?", 0),
        ("Tous les indicateurs", 0),
        ("Annexes", 0),
        ("Sources", 0),
        ("Sigles", 0),
    ]
    page = Page(printed_html(edition))
    assert [chapter["anchor"] for chapter in booklet(edition).contents if chapter["anchor"] not in page.by_id] == []


@zeal_ignore()  # several booklets are prepared
def test_the_council_reads_all_but_the_annexes() -> None:
    edition = full_edition()
    whole, council = booklet(edition), booklet(edition, scope="conseil")
    left_out = [one["anchor"] for one in whole.contents if one not in council.contents]
    assert left_out == ["annexes"]


@zeal_ignore()  # several booklets are prepared
def test_an_axis_alone_has_its_own_actions_and_leads_to_no_other() -> None:
    edition = full_edition()
    first, last = Action.objects.get(code="A0"), Action.objects.get(objective__title="Coopérer")
    first.linked_actions.add(last)
    (axis,) = booklet(edition, **first_axis()).axes
    assert [fiche.code for fiche in axis.all_fiches] == ["A0", "A1", "A2"]
    assert [(link["uid"], link["is_here"]) for link in axis.all_fiches[0].linked] == [
        (last.uid, False),
        (Action.objects.get(code="A1").uid, True),
    ]


def test_an_action_alone_is_told_under_what_leads_to_it() -> None:
    edition = full_edition()
    page = Page(printed_html(edition, PrintChoice(**first_action())))
    assert [text_of(heading) for heading in page.all("h2", "h3", "h4", "h5")][:4] == [
        "Axe 1\xa0: Entreprendre autrement".replace("\xa0", " "),
        "O1 : Financer",
        "Obj 1 : Amorcer",
        text_of(page.all("h5")[0]),
    ]
    assert len(page.all("article")) == 1


def test_an_axis_is_marked_by_its_code_or_else_by_its_rank() -> None:
    edition = EditionFactory()
    for rank, code in enumerate(["A1", "Axe 2", "", "Enjeu transversal"]):
        ObjectiveFactory(edition=edition, code=code, title="Coopérer", position=rank)
    marks = [(axis.level_label, axis.has_mark, axis.mark, axis.label) for axis in booklet(edition).axes]
    assert marks == [
        ("Axe", True, "A1", "Axe A1"),
        ("Axe", True, "2", "Axe 2"),
        ("Axe", True, "3", "Axe 3"),
        ("Enjeu transversal", False, "4", "Enjeu transversal"),
    ]


def test_the_overview_names_each_objective_once_above_its_actions() -> None:
    edition = EditionFactory(level_3_name="Objectif")
    top = ObjectiveFactory(edition=edition, title="Haut")
    ActionFactory(objective=top, code="A0")
    middle = ObjectiveFactory(parent=top, title="Milieu")
    for rank in (1, 2):
        ActionFactory(objective=ObjectiveFactory(parent=middle, title=f"Bas {rank}", position=rank), code=f"A{rank}")
    ObjectiveFactory(parent=top, title="Vide", position=3)
    (axis,) = booklet(edition).axes
    assert [([b.title for b in group.path], [f.code for f in group.fiches]) for group in axis.groups] == [
        ([], ["A0"]),
        (["Milieu", "Bas 1"], ["A1"]),
        (["Bas 2"], ["A2"]),
        (["Vide"], []),
    ]


@zeal_ignore()  # several booklets are prepared
def test_a_fiche_always_answers_the_same_four_questions() -> None:
    action = ActionFactory(horizon=None)
    (fiche,) = booklet(action.edition).axes[0].all_fiches
    assert fiche.grid == [
        {"term": term, "value": "À préciser"} for term in ("Pilote", "Partenaires", "Échéance", "Budget")
    ]
    Action.objects.update(horizon=HorizonFactory(edition=action.edition), starts_on=PartialDate(2026))
    (fiche,) = booklet(action.edition).axes[0].all_fiches
    assert fiche.grid[2] == {"term": "Échéance", "value": "Court terme, 2026"}


@pytest.mark.parametrize(
    ("label", "told"), [("Court terme", "Court terme (2026-2027)"), ("Cap 2026-2027", "Cap 2026-2027")]
)
def test_a_horizon_does_not_say_its_years_twice(label: str, told: str) -> None:
    assert str(HorizonFactory.build(label=label, first_year=2026, last_year=2027)) == told


@zeal_ignore()  # several booklets are prepared
def test_progress_is_counted_in_what_was_done_and_measured() -> None:
    edition = full_edition()
    told = booklet(edition)
    assert [tuple(row.values())[1:] for row in told.progress] == [(3, 4, 1, 4, 4), (1, 0, 0, 1, 1), (0, 0, 0, 0, 0)]
    assert told.progress_total == {"actions": 4, "steps": 4, "done": 1, "indicators": 5, "measured": 5}
    untold = booklet(edition, has_progress=False)
    assert untold.progress == []
    assert [step.done for fiche in untold.axes[0].all_fiches for step in fiche.steps] == [""] * 4
    assert "Dernier relevé" not in printed_html(edition, PrintChoice(has_progress=False))


def test_an_edition_that_nothing_was_done_of_does_not_say_where_it_stands() -> None:
    StepFactory()
    assert booklet(Edition.objects.get()).progress == []


@pytest.mark.parametrize(
    ("baseline", "target", "value", "reached"),
    [(0, 40, 10, 25), (40, 0, 30, 25), (0, 40, 90, 100), (10, 40, 0, 0), (None, 40, 10, None), (40, 40, 40, None)],
)
def test_a_reading_stands_between_the_baseline_and_the_target(
    baseline: int | None, target: int, value: int, reached: int | None
) -> None:
    MeasureFactory(indicator=IndicatorFactory(baseline=baseline, target=target), value=value)
    ((fiche,),) = [axis.all_fiches for axis in booklet(Edition.objects.get()).axes]
    assert [row.reached for row in fiche.indicators] == [reached]


@zeal_ignore()  # several booklets are prepared
def test_figures_are_drawn_where_they_can_be_compared() -> None:
    edition = full_edition()
    tables = {table.uid: [(row["shown"], row["width"]) for row in table.rows] for table in booklet(edition).in_figures}
    assert tables == {
        "par-axe": [("3", "100.0"), ("1", "33.3"), ("0", "0.0")],
        "par-horizon": [("3", "100.0"), ("1", "33.3")],
        "par-annee": [("60\u202f000\xa0€", "100.0"), ("20\u202f000\xa0€", "33.3")],
    }
    assert [figure["share"] for figure in booklet(edition).key_figures] == ["", "13.76"]


def test_a_table_of_a_text_is_named_after_its_part() -> None:
    edition = full_edition()
    captions = re.findall(r"<caption>(.*?)</caption>", booklet(edition).after[0]["body"])
    assert captions == ["Tableau 1\xa0: Qui décide\xa0?", "Tableau 2\xa0: Qui décide\xa0?"]


def test_a_first_row_of_heads_is_the_head_of_a_table_and_comes_again_on_each_page() -> None:
    heads, row = '<tr><th scope="col"><p>Un</p></th><th>Deux</th></tr>', "<tr><th>A</th><td>B</td></tr>"
    for rows, told in (
        (f"{heads}\n{row}", f"<thead>{heads}</thead><tbody>\n{row}</tbody>"),
        (f"{row}\n{heads}", f"<tbody>{row}\n{heads}</tbody>"),
        (heads, f"<tbody>{heads}</tbody>"),
    ):
        caption = "<table><caption>Tableau 1\xa0: Bilan</caption>"
        assert printed_text(f"<table><tbody>{rows}</tbody></table>", "Bilan") == f"{caption}{told}</table>"


@zeal_ignore()  # several booklets are prepared
def test_the_glossary_tells_the_sigles_of_what_is_printed() -> None:
    edition = full_edition()
    assert [sigle for sigle, _ in booklet(edition).sigles] == ["COPIL", "ESS"]
    assert booklet(edition, **first_axis()).sigles == []


@zeal_ignore()  # several booklets are prepared
def test_a_running_head_fits_in_its_line() -> None:
    heads = [axis.head for axis in booklet(full_edition()).axes]
    assert heads[0] == "Axe 1 – Entreprendre autrement"
    assert heads[2] == "Enjeu transversal – Accompagner la création, la transmission…"


@zeal_ignore()  # several booklets are prepared
def test_the_state_is_on_the_cover() -> None:
    draft = EditionFactory()
    published = EditionFactory(published=True)
    adopted = EditionFactory(published=True, adopted_on=PartialDate(2026))
    states = [booklet(edition).state for edition in (draft, published, adopted)]
    assert states == ["Brouillon, document non publié", "Document publié", "Document adopté"]


@zeal_ignore()  # several booklets are prepared
def test_the_back_cover_leads_to_the_page_and_gives_the_hash() -> None:
    edition = full_edition()
    page = Page(printed_html(edition))
    back = page.all("footer")[-1]
    (link,) = back.iter("a")
    assert link.get("href", "").endswith(edition.get_absolute_url())
    assert re.search(r"[0-9a-f]{64}", text_of(back))
    assert booklet(edition).qr_box == booklet(edition).qr.size + 8


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Feuille de route ESS 2026-2030", "Feuille de route ESS 2026-2030"),
        (
            "Axe 1 – Consolider les entreprises de l’ESS et leurs emplois",
            "Axe 1 – Consolider les entreprises de l’ESS…",
        ),
        ("Préambule : pour une économie de demain", "Préambule : pour une économie de demain"),
        ("Préambule : pour une économie de demain et de nos communes", "Préambule : pour une économie de demain…"),
        ("Anticonstitutionnellement " * 3, "Anticonstitutionnellement Anticonstitutionnellement…"),
    ],
)
def test_a_running_head_holds_seven_words_and_ends_on_none_that_leads_on(title: str, shown: str) -> None:
    assert head(title) == shown
