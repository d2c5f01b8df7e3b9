"""What everyone reads of how far the actions are: on the pages of the edition in force, and nowhere else."""

import datetime as dt

import pytest
from django.urls import reverse
from lxml import html

from people.models import Role
from roadmaps.editions import open_draft, publish
from roadmaps.models import Action
from tests.people.factories import UserFactory, team_member
from tests.roadmaps.factories import ActionFactory, ProgressReportFactory
from tests.roadmaps.whole import whole_edition
from tests.roadmaps.writing.test_pane import rows

pytestmark = pytest.mark.django_db
TEXT = "Le lieu est trouvé."


@pytest.fixture
def reported(edition):
    """Three actions: one is ongoing and late, one is done, nothing was said of the third."""
    late, done, _ = edition.action_set.order_by("position")
    Action.objects.filter(pk=late.pk).update(ends_on="2026-01")
    by = UserFactory(first_name="Anonyme", last_name="Rapporteuse")
    ProgressReportFactory(action=late, status="paused", said_on=dt.date(2026, 2, 1), text="Le lieu manque.", by=by)
    ProgressReportFactory(action=late, text=TEXT, weather="stormy", by=by)
    ProgressReportFactory(action=done, status="done", by=by)
    return late


def words(response):
    return " ".join(html.fromstring(response.content.decode()).xpath("string(//main)").split())


COUNTS = "3 actions : 1 réalisée, 1 en cours, 1 sans point d’étape ; 1 en retard"


def test_the_page_of_a_roadmap_counts_and_says_where_each_action_stands(client, edition, reported):
    page = client.get(edition.roadmap.get_absolute_url())
    read = words(page)
    assert f"Où en est-on ? {COUNTS} 1 : Entreprendre autrement" in read.replace("Axe 1 :", "1 :")
    assert read.count(COUNTS) == 2
    tree = html.fromstring(page.content.decode())
    heads = [" ".join(head.text_content().split()) for head in tree.xpath("//article//p[@class='screen-only']")]
    assert heads == [
        "En cours En retard Dit le 3 mars 2026",
        "Réalisée Dit le 3 mars 2026",
        "Sans point d’étape",
    ]
    sheets = page.context["document"].actions
    assert [(sheet.status, sheet.progress_text) for sheet in sheets] == [
        ("ongoing", "En cours, en retard, dit le 3\xa0mars 2026"),
        ("done", "Réalisée, dit le 3\xa0mars 2026"),
        ("unsaid", "Sans point d’étape"),
    ]


def test_an_action_and_an_objective_say_it_too(client, edition, reported):
    base = edition.roadmap.get_absolute_url()
    page = words(client.get(f"{base}actions/{reported.uid}/"))
    assert f"Où en est-on ? En cours En retard Dit le 3 mars 2026 {TEXT}" in page
    assert "Les points d’étape précédents 1er février 2026 : en pauseLe lieu manque." in page
    page = words(client.get(f"{base}objectifs/{reported.objective.uid}/"))
    assert f"Où en est-on ? {COUNTS}" in page


def test_neither_the_author_nor_the_weather_is_public(client, edition, reported):
    base = edition.roadmap.get_absolute_url()
    for path in (base, f"{base}actions/{reported.uid}/", f"{base}objectifs/{reported.objective.uid}/"):
        page = client.get(path).content.decode()
        assert [word for word in ("Rapporteuse", "Anonyme", "rageux") if word in page] == []


def test_what_was_said_again_is_told_once(client, edition, reported):
    ProgressReportFactory(action=reported, text=TEXT, is_renewal=True, said_on=dt.date(2026, 5, 5))
    ProgressReportFactory(action=reported, text=TEXT, is_renewal=True, said_on=dt.date(2026, 6, 6))
    page = client.get(f"{edition.roadmap.get_absolute_url()}actions/{reported.uid}/")
    assert [report.said_on.isoformat() for report in page.context["reports"]] == ["2026-03-03", "2026-02-01"]
    assert "Dit le 6 juin 2026" in words(page)


def test_a_roadmap_of_which_nothing_was_said_says_nothing(client, edition):
    base = edition.roadmap.get_absolute_url()
    action = edition.action_set.first()
    for path in (base, f"{base}actions/{action.uid}/", f"{base}objectifs/{action.objective.uid}/"):
        assert "Où en est-on" not in words(client.get(path))


def test_only_the_edition_in_force_says_it(client, client_for, edition, reported):
    draft = open_draft(edition.roadmap)
    staff = client_for(team_member(Role.READER))
    assert "Où en est-on" not in words(staff.get(draft.get_absolute_url()))
    publish(draft, by=None)
    assert "Où en est-on" not in words(client.get(edition.get_absolute_url()))
    assert COUNTS in words(client.get(edition.roadmap.get_absolute_url()))


@pytest.mark.parametrize("count", [1, 3, 40])
@pytest.mark.parametrize(("kind", "queries"), [("", 12), ("actions", 8), ("objectifs", 7)])
def test_it_costs_no_query_but_one_for_what_was_said_before(client, count, kind, queries, django_assert_num_queries):
    edition = whole_edition(actions=count, published=True)
    actions = list(edition.action_set.select_related("objective"))
    for action in actions:
        ProgressReportFactory(action=action, roadmap=edition.roadmap)
    uid = {"": "", "actions": actions[0].uid, "objectifs": actions[0].objective.uid}[kind]
    path = edition.roadmap.get_absolute_url() + (f"{kind}/{uid}/" if kind else "")
    with django_assert_num_queries(queries):
        assert "Où en est-on" in client.get(path).content.decode()


@pytest.mark.parametrize("count", [1, 3, 40])
def test_the_outline_shows_the_status_of_what_is_followed(client_for, count, django_assert_num_queries):
    edition = whole_edition(actions=count, published=True)
    first = edition.action_set.order_by("position").first()
    for action in edition.action_set.all():
        ProgressReportFactory(action=action, roadmap=edition.roadmap, status="paused")
    draft = open_draft(edition.roadmap)
    ActionFactory(objective=draft.objective_set.order_by("-depth").first(), title="Nouvelle", code="N", position=count)
    staff = client_for(team_member(Role.EDITOR))
    read = rows(staff.get(reverse("roadmap-edit", args=[edition.roadmap.slug])))
    assert [row for row in read if "En pause" in row] == read[3:-1]
    assert (len(read[3:-1]), read[3]) == (
        count,
        f"{first} En pause incomplet : sans résumé ni description, sans besoin désigné",
    )
    with django_assert_num_queries(15):
        staff.get(reverse("part-edit", args=[edition.roadmap.slug, draft.number, "actions", first.uid]))
