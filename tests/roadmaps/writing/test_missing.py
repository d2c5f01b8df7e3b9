"""What an edition lacks, where it is written, and how the list of roadmaps sums it up."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from people.models import Role
from roadmaps.freshness import Freshness, ago, freshness_of
from roadmaps.models import Edition, KeyFigure, Revision, Section
from tests.people.factories import member, team_member
from tests.roadmaps.factories import (
    ActionFactory,
    EditionFactory,
    KeyFigureFactory,
    ObjectiveFactory,
    RevisionFactory,
    SectionFactory,
)
from tests.roadmaps.whole import whole_edition


def missing(edition, **query):
    return reverse("edition-missing", args=[edition.roadmap.slug, edition.number], query=query)


def test_each_line_of_an_action_leads_to_its_field(edition, base, editor):
    action = ActionFactory(objective__edition=edition, title="Atelier", code="A1")
    (sheet,) = editor.get(missing(edition)).context["checklist"].sheets
    assert (sheet.title, sheet.url) == ("A1 Atelier", f"{base}actions/{action.uid}/")
    assert [(line.words, line.url.removeprefix(base)) for line in sheet.lines] == [
        ("commencer l’intitulé par un verbe", f"actions/{action.uid}/#id_title"),
        ("écrire un résumé", f"actions/{action.uid}/#id_summary"),
        ("dire à quel besoin elle répond", f"actions/{action.uid}/#id_answers_economic_need"),
        ("dire qui la pilote ou la porte", f"actions/{action.uid}/#id_acteurs-0-organisation"),
        ("dire son horizon ou ses dates", f"actions/{action.uid}/#id_horizon"),
        ("dire ses moyens ou ses financements", f"actions/{action.uid}/#id_means"),
        ("lui donner un indicateur", f"actions/{action.uid}/#id_indicateurs-0-label"),
    ]


def test_a_sheet_says_what_it_lacks_and_leads_down_the_page(edition, base, editor):
    action = ActionFactory(objective__edition=edition, title="Atelier", means="Un poste.", answers_social_need=True)
    pane = editor.get(f"{base}actions/{action.uid}/").context["pane"]
    assert [lack.url for lack in pane.lacks] == [
        "#id_title", "#id_summary", "#id_acteurs-0-organisation", "#id_horizon", "#id_indicateurs-0-label",
    ]  # fmt: skip
    assert editor.get(f"{base}objectifs/{action.objective.uid}/").context["pane"].lacks == []


def test_every_field_that_a_line_names_is_there(edition, manager):
    ActionFactory(objective__edition=edition, title="Atelier")
    ObjectiveFactory(edition=edition)
    Edition.objects.update(period_start=None, period_end=None)
    edition.roadmap.ambition = ""
    edition.roadmap.save()
    SectionFactory(edition=edition)  # so that the publication page shows its form
    checklist = manager.get(missing(edition)).context["checklist"]
    lines = [*checklist.document, *(line for sheet in checklist.sheets for line in sheet.lines)]
    pages = {address: manager.get(address).content.decode() for address in {line.url.split("#")[0] for line in lines}}
    lost = [line for line in lines if f'id="{line.url.split("#")[1]}"' not in pages[line.url.split("#")[0]]]
    assert lost == []


def test_the_document_says_what_it_lacks_as_a_whole(edition, base, manager):
    Edition.objects.update(period_start=None, period_end=None)
    edition.roadmap.ambition = ""
    edition.roadmap.save()
    checklist = manager.get(missing(edition)).context["checklist"]
    assert [line.words for line in checklist.document] == [
        "La période n’est pas dite", "L’ambition n’est pas écrite", "Pas d’édito",
        "Aucune section : ni contexte ni gouvernance", "Aucun chiffre clé", "Aucun objectif",
        "L’adoption n’est pas dite",
    ]  # fmt: skip
    assert [line.url for line in checklist.blocking] == [f"{base}sections/ajouter/"]


def test_an_editor_is_not_led_where_only_a_manager_writes(edition, editor):
    lines = {line.words: line.url for line in editor.get(missing(edition)).context["checklist"].document}
    assert lines["L’adoption n’est pas dite"] == ""


def test_sheets_come_in_the_order_of_the_outline(edition, editor):
    first, second = ObjectiveFactory(edition=edition, position=0), ObjectiveFactory(edition=edition, position=1)
    under = ActionFactory(objective=first)
    sheets = editor.get(missing(edition)).context["checklist"].sheets
    assert [(sheet.number, sheet.title) for sheet in sheets] == [("1.1", under.title), ("2", second.title)]


def test_one_thing_is_looked_at_alone(edition, editor):
    ActionFactory.create_batch(2, objective__edition=edition, horizon=None, summary="Dit.")
    ObjectiveFactory(edition=edition)
    page = editor.get(missing(edition, manque="horizon"))
    assert [[line.words for line in sheet.lines] for sheet in page.context["checklist"].sheets] == [
        ["dire son horizon ou ses dates"], ["dire son horizon ou ses dates"],
    ]  # fmt: skip
    assert len(editor.get(missing(edition, manque="empty")).context["checklist"].sheets) == 1
    assert editor.get(missing(edition, manque="text")).context["checklist"].sheets == []
    assert len(editor.get(missing(edition, manque="n’importe quoi")).context["checklist"].sheets) == 3


def test_what_is_published_lacks_nothing_any_more(editor):
    published = EditionFactory(published=True)
    assert editor.get(missing(published)).status_code == 302


def queries(browser, address):
    with CaptureQueriesContext(connection) as captured:
        browser.get(address)
    return len(captured)


def test_looking_for_what_is_missing_costs_the_same_whatever_there_is(editor):
    costs = {queries(editor, missing(whole_edition(actions))) for actions in (1, 3, 40)}
    assert len(costs) == 1
    assert max(costs) <= 12


def test_the_list_of_roadmaps_costs_the_same_whatever_it_holds(editor):
    costs = set()
    for _ in range(4):
        RevisionFactory(edition=whole_edition(actions=2), by=team_member(Role.EDITOR))
        costs.add(queries(editor, reverse("workspace-roadmap-list")))
    assert len(costs) == 1
    assert max(costs) <= 9


def test_the_list_tells_state_completeness_and_freshness(editor, edition):
    published = EditionFactory(published=True, roadmap__title="Publiée")
    draft = EditionFactory(roadmap=published.roadmap, number=2)
    ActionFactory(objective__edition=draft)
    found = {one.roadmap: one for one in editor.get(reverse("workspace-roadmap-list")).context["standings"]}
    line = found[published.roadmap]
    assert (line.draft, line.current, str(line.progress), str(line.freshness)) == (
        draft, published, "0\xa0action complète sur 1", "à l’instant",
    )  # fmt: skip
    assert (found[edition.roadmap].draft, found[edition.roadmap].current) == (edition, None)


def test_a_member_reads_the_state_of_his_roadmap_without_being_led_to_write(client_for, edition):
    reader = client_for(member(edition.roadmap.collectivite))
    page = reader.get(reverse("workspace-roadmap-list"))
    assert [one.roadmap for one in page.context["standings"]] == [edition.roadmap]
    assert missing(edition) not in page.content.decode()


def test_freshness_names_the_last_who_wrote(edition):
    early, late = team_member(Role.EDITOR), team_member(Role.EDITOR)
    RevisionFactory(edition=edition, by=early)
    RevisionFactory(edition=edition, by=late, at=timezone.now(), gesture=Revision.Gesture.WRITTEN)
    edition.modified_at = timezone.now() - timedelta(days=3)
    other = EditionFactory()
    assert freshness_of([edition, other]) == {
        edition.pk: Freshness(edition.modified_at, late),
        other.pk: Freshness(other.modified_at),
    }
    assert str(freshness_of([edition])[edition.pk]) == f"il y a 3\xa0jours, par {late}"


def test_time_is_told_in_its_largest_unit():
    now = timezone.now()
    spans = [timedelta(seconds=20), timedelta(minutes=5), timedelta(hours=26), timedelta(days=800)]
    assert [ago(now - span) for span in spans] == [
        "à l’instant", "il y a 5\xa0minutes", "il y a 1\xa0jour", "il y a 2\xa0ans",
    ]  # fmt: skip


def test_a_whole_edition_lacks_only_what_is_left_to_say(editor):
    edition = whole_edition(actions=1, foreword="<p>Mot.</p>", adopted_by="Conseil")
    assert (Section.objects.count(), KeyFigure.objects.count()) == (1, 1)
    KeyFigureFactory(edition=edition)
    checklist = editor.get(missing(edition)).context["checklist"]
    assert [tally.words for tally in checklist.tallies] == [
        "1\xa0action sans résumé ni description", "1\xa0action sans besoin désigné",
    ]  # fmt: skip
