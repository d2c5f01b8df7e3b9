"""What paper says of how far the actions are: where one asks, as of the day, in words and without colour."""

import datetime as dt
import re

import pytest
import time_machine
from django.urls import reverse
from zeal import zeal_ignore

from roadmaps.booklet import Booklet
from roadmaps.charts import STACK_WIDTH, hatching, segment
from roadmaps.document import Document
from roadmaps.editions import open_draft, publish
from roadmaps.models import Action, Edition, ProgressReport
from roadmaps.print_choice import PrintChoice
from roadmaps.printing import printed_html
from roadmaps.progress import COUNTED
from tests.html_rules import Page, text_of
from tests.roadmaps.factories import ActionFactory, ObjectiveFactory, ProgressReportFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 6, 1)
FOLLOWED = PrintChoice(has_follow_up=True)


@pytest.fixture
def reported(edition):
    """Three actions: one is ongoing and late, one is done, nothing was said of the third; a fourth in another axis."""
    late, done, _ = edition.action_set.order_by("position")
    Action.objects.filter(pk=late.pk).update(ends_on="2026-01")
    ProgressReportFactory(action=late, status="paused", said_on=dt.date(2026, 2, 1), text="Le lieu manque.")
    ProgressReportFactory(action=late, text="Le lieu est trouvé.", weather="stormy")
    ProgressReportFactory(action=done, status="done")
    other = ActionFactory(objective=ObjectiveFactory(edition=edition, code="2", title="Coopérer", position=1))
    ProgressReportFactory(action=other, status="dropped")
    return late


def booklet(edition, choice=FOLLOWED):
    fresh = Edition.objects.with_carriers().get(pk=edition.pk)
    return Booklet(Document(fresh), choice, "https://exemple.test/", "a" * 64, TODAY)


@zeal_ignore()
@time_machine.travel(TODAY)
def test_the_actions_are_counted_in_all_by_axis_and_by_objective(edition, reported):
    three = "3\u00a0actions\u00a0: 1\u00a0réalisée, 1\u00a0en cours, 1\u00a0sans point d’étape\u00a0; 1\u00a0en retard"
    told = [(stack.is_top, stack.label.replace("\u00a0", " "), stack.words) for stack in booklet(edition).stacks]
    assert told == [
        (
            True,
            "Ensemble",
            three.replace("3", "4").replace("1\u00a0sans", "1\u00a0abandonnée, 1\u00a0sans"),
        ),
        (True, "Axe 1 – Entreprendre autrement", three),
        (False, "O1 – Financer", three),
        (False, "Obj 1 – Amorcer", three),
        (True, "Axe 2 – Coopérer", "1\u00a0action\u00a0: 1\u00a0abandonnée"),
    ]
    assert [one["label"] for one in booklet(edition).legend] == [
        "Réalisée",
        "En cours",
        "Abandonnée",
        "Sans point d’étape",
    ]


@zeal_ignore()
@time_machine.travel(TODAY)
def test_a_fiche_has_its_latest_report_and_no_other(edition, reported):
    page = Page(printed_html(edition, FOLLOWED))
    reports = [" ".join(text_of(one).split()) for one in page.all("div") if one.get("class") == "report"]
    assert reports == [
        "En cours, en retard, dit le 3 mars 2026Le lieu est trouvé.",
        "Réalisée, dit le 3 mars 2026",
        "Sans point d’étape",
        "Abandonnée, dit le 3 mars 2026",
    ]
    captions = [" ".join(text_of(one).split()) for one in page.all("caption")]
    assert captions.count("Où en sont les actions au 1er juin 2026") == 1


@zeal_ignore()
def test_what_does_not_ask_for_the_follow_up_says_nothing_of_it(edition, reported):
    for choice in (PrintChoice(), PrintChoice("conseil"), PrintChoice(has_progress=False)):
        html = printed_html(edition, choice)
        assert [word for word in ('class="report"', 'class="stacks"', "Le lieu est") if word in html] == []
        assert booklet(edition, choice).stacks == []


@zeal_ignore()
def test_nobody_said_anything_so_the_follow_up_says_nothing(edition):
    assert booklet(edition).stacks == []
    assert 'class="report"' not in printed_html(edition, FOLLOWED)


@zeal_ignore()
def test_only_the_edition_in_force_has_a_follow_up(client, edition, reported):
    draft = open_draft(edition.roadmap)
    assert [FOLLOWED.is_found_in(one) for one in (edition, draft)] == [True, False]
    publish(draft, by=None)
    assert [FOLLOWED.is_found_in(one) for one in (edition, draft)] == [False, True]
    answer = client.get(reverse("edition-pdf", args=[edition.roadmap.slug, 1]), {"avancement": "suivi"})
    assert answer.status_code == 404


@pytest.mark.parametrize("number", [1, 2])
def test_the_page_of_downloads_offers_the_follow_up_of_what_is_followed(client, edition, number):
    if number == 2:
        ProgressReport.objects.all().delete()
        ProgressReportFactory(action=edition.action_set.first())
    page = client.get(reverse("roadmap-download", args=[edition.roadmap.slug])).content.decode()
    offered = re.findall(r'name="avancement"[^>]*value="([^"]*)"', page)
    assert offered == (["", "suivi", "sans"] if number == 2 else ["", "sans"])


def test_each_status_has_a_look_of_its_own_and_no_line_leaves_its_part():
    looks = {status: segment(status, 0, 60) for status in COUNTED}
    assert len({(one.is_filled, one.lines) for one in looks.values()}) == len(COUNTED)
    for stroke in "/\\|-":
        for start, end in ((0, 1.5), (100, 140), (STACK_WIDTH - 3, STACK_WIDTH)):
            across = [float(x) for line in hatching(stroke, start, end, 4) for x in re.findall(r"[MLH]([\d.]+)", line)]
            assert [x for x in across if not start - 0.1 <= x <= end + 0.1] == []
