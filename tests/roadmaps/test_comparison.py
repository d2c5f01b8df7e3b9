"""What changed from an edition to another: nothing forgotten, nothing that is no news, nothing private."""

import re

import pytest
from django.urls import reverse

from people.models import Role
from roadmaps.comparison import compare
from roadmaps.editions import open_draft, publish
from roadmaps.models import Action, Edition, Funding, Horizon, Indicator, KeyFigure, Objective, Section, Step, Theme
from roadmaps.outline import move
from tests.people.factories import OrganisationFactory, team_member
from tests.roadmaps.factories import ActionActorFactory, ActionFactory, EditionFactory, FundingFactory, HorizonFactory
from tests.roadmaps.whole import whole_edition
from ui.partial_date import PartialDate


@pytest.fixture
def old(db):
    return whole_edition(actions=3, published=True)


@pytest.fixture
def new(old):
    return open_draft(old.roadmap)


def action(edition):
    return Action.objects.filter(edition=edition, code="A0").first()


def the_change(old, new):
    (sheet,) = compare(old, new).sheets
    return sheet


def heard(marks):
    return re.sub(r"<[^>]+>", "", marks).replace("\xa0", " ")


def test_a_copy_says_the_same(old, new):
    comparison = compare(old, new)
    assert (comparison.is_empty, comparison.summary) == (True, [])


def test_ranks_are_no_news(old, new):
    move(action(new), 1)
    assert compare(old, new).is_empty


def test_the_internal_note_never_shows(old, new):
    Action.objects.filter(edition=new).update(internal_note="Entre nous")
    assert compare(old, new).is_empty


def test_actions_come_and_go(old, new):
    objective = Objective.objects.get(edition=new, depth=3)
    ActionFactory(objective=objective, title="Nouvelle", code="N")
    action(new).delete()
    comparison = compare(old, new)
    assert [(sheet.title, sheet.word) for sheet in comparison.sheets] == [
        ("N Nouvelle", "ajoutée"),
        (str(action(old)), "retirée"),
    ]
    assert [group.title for group in comparison.groups] == ["1 Entreprendre autrement"]
    assert comparison.summary == ["1\xa0action ajoutée", "1\xa0action retirée"]


def test_an_action_moves_under_another_objective(old, new):
    Action.objects.filter(edition=new, code="A0").update(objective=Objective.objects.get(edition=new, depth=1))
    found = the_change(old, new)
    assert (found.moved, found.changes) == ("de « Obj 1 Amorcer » à « 1 Entreprendre autrement »", [])
    assert compare(old, new).summary == ["1\xa0action déplacée"]


def test_an_action_is_reworded_has_another_horizon_and_another_pilot(old, new):
    changed = action(new)
    Action.objects.filter(pk=changed.pk).update(
        title="Autre titre", horizon=HorizonFactory(edition=new, label="Demain"), summary="Autre résumé"
    )
    ActionActorFactory(action=changed, organisation=OrganisationFactory(name="La Fabrique"), role="lead")
    Horizon.objects.filter(edition=new, label="Demain").update(position=9)
    found = next(sheet for sheet in compare(old, new).sheets if sheet.kind == "action")
    assert [change.label for change in found.changes] == ["Intitulé", "Résumé", "Horizon", "Organismes"]
    assert found.tags == ["reformulée", "nouveau pilote", "nouvel horizon"]
    assert "Pilote : La Fabrique" in found.changes[-1].marks


def test_the_summary_counts_what_an_elu_asks_first(old, new):
    horizon = HorizonFactory(edition=new, label="Demain")
    Action.objects.filter(edition=new, code="A0").update(title="Autre titre", horizon=horizon)
    Action.objects.filter(edition=new, code="A1").update(description="<p>Autre texte</p>")
    Action.objects.filter(edition=new, code="A2").update(audience="Tous")
    Step.objects.filter(edition=new, action__code="A1").update(done_on=PartialDate(2026, 5))
    assert [line.replace("\xa0", " ") for line in compare(old, new).summary] == [
        "2 actions reformulées",
        "1 action avec un nouvel horizon",
        "1 action avec un suivi mis à jour",
        "1 action modifiée",
        "1 horizon ajouté",
    ]


def test_changes_are_told_under_the_objective_of_today_even_renamed(old, new):
    action(new).delete()
    Objective.objects.filter(edition=new, depth=1).update(title="Autrement")
    (group,) = compare(old, new).groups
    assert (group.title, [sheet.word for sheet in group.sheets]) == ("1 Autrement", ["modifié", "retirée"])


def test_each_sheet_leads_to_its_page_where_it_stands(old, new, client):
    ActionFactory(objective=Objective.objects.get(edition=new, depth=3), title="Nouvelle")
    action(new).delete()
    publish(new, None)
    added, dropped = compare(old, new).sheets
    assert (added.url.split("actions")[0], dropped.url.split("actions")[0]) == (
        new.get_absolute_url(),
        old.get_absolute_url(),
    )
    assert [client.get(sheet.url).status_code for sheet in (added, dropped)] == [200, 200]


def test_the_budget_shows_before_and_after(old, new):
    Funding.objects.filter(action=action(new)).update(amount=35_000)
    found = the_change(old, new)
    assert ([change.label for change in found.changes], found.tags) == (
        ["Financements", "Financements, en tout"],
        ["nouveau budget"],
    )
    assert heard(found.changes[1].marks) == "supprimé : 20\u202f000 € → ajouté : 35\u202f000 €"


def test_to_spend_what_was_planned_is_no_new_budget(old, new):
    Funding.objects.filter(action=action(new)).update(status="spent")
    found = the_change(old, new)
    assert ([change.label for change in found.changes], found.tags) == (["Financements"], [])
    planned = Funding.objects.get(action=action(new))
    FundingFactory(action=action(new), funder=planned.funder, status="granted", amount=20_000)  # told twice, meant once
    assert [change.label for change in the_change(old, new).changes] == ["Financements"]


def test_the_paragraphs_that_stay_are_left_out(old, new):
    Section.objects.filter(edition=old).update(body="<p>Un</p><p>Deux</p><h3>Titre</h3>")
    Section.objects.filter(edition=new).update(body="<p>Un</p><p>Deux</p><h3>Autre</h3>")
    marks = heard(the_change(old, new).changes[0].marks)
    assert marks == "[…] passage inchangésupprimé : Titre ajouté : Autre"


def test_what_an_action_hangs_on_may_be_renamed_alone(old, new):
    Objective.objects.filter(edition=new, depth=3).update(title="Autrement")
    assert (the_change(old, new).kind, the_change(old, new).tags) == ("objective", ["reformulé"])


def test_figures_show_before_and_after(old, new):
    KeyFigure.objects.filter(edition=new).update(value=1234)
    (change,) = the_change(old, new).changes
    before, after = change.marks.split(" → ")
    assert (before.startswith("<del>"), "1\u202f234" in after) == (True, True)


def test_an_indicator_shows_with_its_action(old, new):
    Indicator.objects.filter(edition=new, action=action(new)).update(target=77)
    found = the_change(old, new)
    assert (found.kind, [change.label for change in found.changes]) == ("action", ["Indicateurs"])
    assert "77" in found.changes[0].marks


def test_themes_and_the_edition_itself(old, new):
    action(new).themes.set(Theme.objects.all()[2:4])
    Edition.objects.filter(pk=new.pk).update(period_end=2099, adopted_by="Conseil")
    comparison = compare(old, Edition.objects.get(pk=new.pk))
    assert [change.label for change in comparison.sheets[0].changes] == ["Thématiques"]
    assert [change.label for change in comparison.document] == ["Période"]
    assert heard(comparison.document[0].marks) == "supprimé : 2026-2030 → ajouté : 2026-2099"


@pytest.mark.parametrize("count", [1, 3, 40])
def test_the_page_costs_the_same_whatever_the_editions_hold(count, db, client, django_assert_num_queries):
    first = whole_edition(actions=count, published=True)
    second = open_draft(first.roadmap)
    Action.objects.filter(edition=second).update(title="Autre titre", summary="Autre")
    publish(second, None)
    with django_assert_num_queries(15):
        page = client.get(reverse("edition-changes", args=[first.roadmap.slug, 2]))
    assert len(page.context["comparison"].sheets) == count


def test_one_chooses_the_edition_to_compare_with(old, new, client, client_for):
    publish(new, None)
    address = reverse("edition-changes", args=[old.roadmap.slug, 2])
    assert client.get(address, {"depuis": "1"}).context["since"] == old
    for wrong in ("7", "x", "-1", "9" * 40):
        assert "Cette édition n’est pas là" in client.get(address, {"depuis": wrong}).content.decode()
    first = client.get(reverse("edition-changes", args=[old.roadmap.slug, 1]))
    assert "C’est la première édition" in first.content.decode()


def test_a_draft_is_compared_by_those_who_may_read_it_only(old, new, client, client_for):
    address = reverse("edition-changes", args=[old.roadmap.slug, 2])
    assert client.get(address).status_code == 404
    page = client_for(team_member(Role.READER)).get(address)
    assert (page.status_code, page["Cache-Control"]) == (200, "private, no-store")
    other = EditionFactory(published=True)
    published = client.get(reverse("edition-changes", args=[old.roadmap.slug, 1]), {"depuis": "2"})
    assert published.context["since"] is None
    assert other.number == 1
