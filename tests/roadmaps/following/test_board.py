"""The board: what it shows, what it keeps, each of its gestures."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from people.models import Role
from roadmaps.following import NOTHING_SAID, SETTLED
from roadmaps.models import Action, ProgressReport
from roadmaps.models.progress import NOT_YET
from roadmaps.views.following import NONE_PICKED, NOT_CONFIRMED, SAID_SINCE
from tests.people.factories import team_member
from tests.roadmaps.factories import EditionFactory, ProgressReportFactory
from tests.roadmaps.whole import whole_edition
from tests.roadmaps.writing.hands import complaints

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate().isoformat()


@pytest.fixture
def browser(client_for, agent):
    return client_for(agent)


@pytest.fixture
def actions(edition):
    return list(edition.action_set.order_by("position"))


def said():
    return list(ProgressReport.objects.order_by("pk").values_list("uid", "status", "text", "is_renewal"))


def told(response):
    return [str(message) for message in response.context["messages"]]


def shown(response):
    return [row.action.code for group in response.context["board"].groups for row in group.rows]


def one(roadmap, action):
    return reverse("progress-report", args=[roadmap.slug, action.uid])


def several(roadmap):
    return reverse("progress-several", args=[roadmap.slug])


def test_the_board_says_where_each_action_stands(browser, edition, address, agent, actions):
    ProgressReportFactory(action=actions[1], by=agent, weather="stormy", text="Le porteur s’est retiré.")
    page = browser.get(address)
    assert page.context["board"].told == "3\xa0actions\xa0: 1\xa0en cours, 2\xa0sans point d’étape"
    html = page.content.decode()
    for words in ("Dit le 3\xa0mars 2026", str(agent), "orageux", "Le porteur s’est retiré.", "Sans point d’étape"):
        assert words in html, words


def test_one_action_is_reported_on(browser, edition, agent, actions):
    typed = {"status": "ongoing", "said_on": TODAY, "weather": "clear", "text": "Le lieu est trouvé."}
    page = browser.post(one(edition.roadmap, actions[0]), typed | {"fiche": f"{actions[0].uid}.0"}, follow=True)
    assert told(page) == ["Statut enregistré\xa0: En cours."]
    report = ProgressReport.objects.get()
    assert (report.uid, report.status, report.weather, report.text, report.by, report.roadmap) == (
        actions[0].uid, "ongoing", "clear", "Le lieu est trouvé.", agent, edition.roadmap,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ({"status": ""}, "Statut\xa0: Ce champ est obligatoire."),
        ({"status": "late"}, "Statut\xa0: Sélectionnez un choix valide. late n’en fait pas partie."),
        ({"said_on": "2999-01-01"}, f"Exact le\xa0: {NOT_YET}"),
        ({"said_on": "hier"}, "Exact le\xa0: Saisissez une date valide."),
        (
            {"said_on": "2026-03-02"},
            "Exact le\xa0: Le dernier point d’étape est du 3\xa0mars 2026\xa0: donnez cette date, ou une plus récente.",
        ),
    ],
)
def test_what_is_refused_stays_typed_in_its_open_form(browser, edition, actions, wrong, complaint):
    report = ProgressReportFactory(action=actions[0])
    typed = {"status": "done", "said_on": TODAY, "weather": "", "text": "Tout est fait."} | wrong
    answer = browser.post(one(edition.roadmap, actions[0]), typed | {"fiche": f"{actions[0].uid}.{report.pk}"})
    assert (answer.status_code, complaints(answer)) == (
        422,
        [complaint.replace("\xa0:", "\xa0:").replace(" : ", "\xa0: ", 1)],
    )
    row = answer.context["board"].row(actions[0].uid)
    assert (row.is_open, row.typed) == (True, typed)
    assert len(said()) == 1


def test_whoever_speaks_over_what_was_not_read_is_told_and_loses_nothing(browser, edition, actions):
    ProgressReportFactory(action=actions[0], status="paused")
    typed = {"status": "done", "said_on": TODAY, "weather": "", "text": "Tout est fait."}
    answer = browser.post(one(edition.roadmap, actions[0]), typed | {"fiche": f"{actions[0].uid}.0"})
    assert (answer.status_code, complaints(answer)) == (409, [SAID_SINCE])
    row = answer.context["board"].row(actions[0].uid)
    assert (row.typed, row.situation.status) == (typed, "paused")
    browser.post(one(edition.roadmap, actions[0]), typed | {"fiche": row.picked})
    assert [report[1] for report in said()] == ["paused", "done"]


def test_still_exact_is_one_gesture_for_one_action_or_for_those_ticked(browser, edition, address, actions):
    ProgressReportFactory(action=actions[0], text="Le lieu est trouvé.")
    for action in actions[1:]:
        ProgressReportFactory(action=action, status="planned")
    picked = [row.picked for row in browser.get(address).context["board"].rows]
    page = browser.post(several(edition.roadmap), {"exact": picked[0], "action": picked[1:]}, follow=True)
    assert told(page) == ["Toujours exact aujourd’hui\xa0: 1\xa0action."]
    assert said()[3:] == [(actions[0].uid, "ongoing", "Le lieu est trouvé.", True)]
    page = browser.post(several(edition.roadmap), {"exact": "cochees", "action": picked[1:]}, follow=True)
    assert told(page) == ["Toujours exact aujourd’hui\xa0: 2\xa0actions."]
    assert said()[4:] == [(action.uid, "planned", "", True) for action in actions[1:]]
    page = browser.post(several(edition.roadmap), {"exact": "cochees"}, follow=True)
    assert told(page) == [NONE_PICKED]
    page = browser.post(several(edition.roadmap), {"exact": picked[0]}, follow=True)
    assert told(page) == [NOT_CONFIRMED]
    assert len(said()) == 6


def test_still_exact_is_neither_offered_nor_taken_where_nothing_was_said(browser, edition, address, actions):
    ProgressReportFactory(action=actions[0])
    page = browser.get(address)
    picked = [row.picked for row in page.context["board"].rows]
    assert [f'name="exact" value="{one}"' in page.content.decode() for one in picked] == [True, False, False]
    assert [row.typed["status"] for row in page.context["board"].rows] == ["ongoing", "", ""]
    page = browser.post(several(edition.roadmap), {"exact": picked[1], "action": picked[:1]})
    assert (page.status_code, told(page)) == (422, [NOTHING_SAID])
    assert page.context["ticked"] == {actions[0].uid}
    page = browser.post(several(edition.roadmap), {"exact": "cochees", "action": picked, "text": "Lancées ensemble."})
    names = f"«\xa0{actions[1]}\xa0», «\xa0{actions[2]}\xa0»"
    refusal = f"Rien n’a encore été dit de {names}\xa0: dites d’abord où elles en sont. Rien n’a changé."
    assert (page.status_code, told(page)) == (422, [refusal])
    assert page.context["ticked"] == {action.uid for action in actions}
    assert page.context["several"]["text"].value() == "Lancées ensemble."
    page = browser.post(several(edition.roadmap), {"exact": "cochees", "action": picked[:2]})
    assert told(page) == [
        f"Rien n’a encore été dit de «\xa0{actions[1]}\xa0»\xa0: dites d’abord où elle en est. Rien n’a changé."
    ]
    assert len(said()) == 1


def test_a_text_may_fill_its_field_whatever_its_line_breaks(browser, edition, actions):
    text = "a\n" * 999 + "bc"
    typed = {"status": "ongoing", "said_on": TODAY, "fiche": f"{actions[0].uid}.0"}
    browser.post(one(edition.roadmap, actions[0]), typed | {"text": text.replace("\n", "\r\n")})
    assert said() == [(actions[0].uid, "ongoing", text, False)]


def test_a_report_is_taken_back_on_the_board_for_a_day(client_for, edition, address, agent, actions, time_machine):
    time_machine.move_to("2026-03-03T10:00:00+01:00", tick=False)
    report = ProgressReportFactory(action=actions[0], by=agent)
    path = reverse("progress-withdraw", args=[edition.roadmap.slug, report.batch])
    found = []
    for moment in ("2026-03-04T10:00:00+01:00", "2026-03-04T10:00:01+01:00"):
        time_machine.move_to(moment, tick=False)
        found.append(path in client_for(agent).get(address).content.decode())
    assert found == [True, False]
    assert told(client_for(agent).post(path, follow=True)) == [SETTLED]
    assert len(said()) == 1


def test_a_status_is_given_to_many_once_its_effect_is_read_and_taken_back_as_one(browser, edition, address, actions):
    ProgressReportFactory(action=actions[0])
    picked = [row.picked for row in browser.get(address).context["board"].rows]
    typed = {"status": "ongoing", "said_on": "2026-04-01", "text": "Lancées ensemble."}
    page = browser.post(several(edition.roadmap), {"action": picked, **typed})
    assert {effect.label: effect.parts for effect in page.context["effects"]} == {
        "Statut": ["En cours, inchangé (1)", "Sans point d’étape → En cours (2)"],
        "Date": ["1er\xa0avril 2026"],
        "Ce qui a avancé": ["Lancées ensemble."],
    }
    assert len(said()) == 1
    page = browser.post(several(edition.roadmap), {"fiche": picked, "etape": "appliquer", **typed}, follow=True)
    assert told(page) == ["3\xa0actions\xa0: En cours."]
    assert [report[1] for report in said()] == ["ongoing"] * 4
    (message,) = page.context["messages"]
    page = browser.post(reverse("progress-withdraw", args=[edition.roadmap.slug, message.extra_tags]), follow=True)
    assert told(page) == ["3\xa0points d’étape sont retirés\xa0: ce qui était dit avant vaut de nouveau."]
    assert len(said()) == 1


def test_nothing_is_given_to_many_when_one_changed_meanwhile(browser, edition, address, actions):
    picked = [row.picked for row in browser.get(address).context["board"].rows]
    report = ProgressReportFactory(action=actions[0], status="done")
    typed = {"status": "ongoing", "said_on": "2026-04-01"}
    again = browser.post(several(edition.roadmap), {"fiche": picked, "etape": "appliquer", **typed})
    assert (again.status_code, again.context["picked"][0]) == (409, f"{actions[0].uid}.{report.pk}")
    assert len(said()) == 1


def test_one_comes_back_to_the_board_with_what_was_chosen(browser, edition, address, actions):
    picked = [row.picked for row in browser.get(address).context["board"].rows]
    typed = {"status": "ongoing", "said_on": "2026-04-01", "text": "Lancées ensemble."}
    page = browser.post(several(edition.roadmap), {"fiche": picked[:2], "etape": "revenir", **typed})
    assert page.context["ticked"] == {action.uid for action in actions[:2]}
    assert page.context["several"]["text"].value() == "Lancées ensemble."


def test_picking_nothing_is_said(browser, edition):
    answer = browser.post(several(edition.roadmap), {"status": "ongoing", "said_on": TODAY})
    assert (answer.status_code, complaints(answer)) == (422, [NONE_PICKED])


def test_one_s_own_report_is_taken_back_and_not_that_of_others(browser, edition, address, agent, actions):
    mine, other = ProgressReportFactory(action=actions[0], by=agent), ProgressReportFactory(action=actions[1])
    html = browser.get(address).content.decode()
    addresses = [reverse("progress-withdraw", args=[edition.roadmap.slug, one.batch]) for one in (mine, other)]
    assert [path in html for path in addresses] == [True, False]
    for path in addresses:
        browser.post(path)
    assert list(ProgressReport.objects.all()) == [other]


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("", ["A0", "A1", "A2"]),
        ("en-retard", ["A1"]),
        ("pas-a-jour", ["A2"]),
        ("a-lancer", []),
        ("sans-point-d-etape", ["A2"]),
        ("en-cours", ["A1"]),
        ("realisees", ["A0"]),
        ("abandonnees", []),
        ("autre chose", ["A0", "A1", "A2"]),
    ],
)
def test_only_the_actions_asked_for_are_shown(browser, edition, address, actions, asked, kept):
    Action.objects.filter(code="A1").update(ends_on="2026-01")
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    ProgressReportFactory(action=actions[0], status="done", said_on=dt.date(2020, 1, 1))
    ProgressReportFactory(action=actions[1], said_on=yesterday)
    assert shown(browser.get(address, {"voir": asked})) == kept


def test_a_gesture_leads_back_to_what_was_asked_for(browser, edition, actions):
    typed = {"status": "ongoing", "said_on": TODAY, "fiche": f"{actions[0].uid}.0", "voir": "en-cours"}
    answer = browser.post(one(edition.roadmap, actions[0]), typed)
    board = reverse("roadmap-progress", args=[edition.roadmap.slug])
    assert answer["Location"] == f"{board}?voir=en-cours#action-{actions[0].uid}"


def test_a_roadmap_that_was_never_published_has_nothing_to_follow(client_for):
    draft = EditionFactory()
    staff = client_for(team_member(Role.CONTRIBUTOR))
    page = staff.get(reverse("roadmap-progress", args=[draft.roadmap.slug]))
    assert "Rien n’est encore publié" in page.content.decode()


@pytest.mark.parametrize("count", [1, 3, 40])
def test_the_board_costs_the_same_whatever_its_length(client_for, count, django_assert_num_queries):
    edition = whole_edition(actions=count, published=True)
    for action in edition.action_set.all():
        ProgressReportFactory.create_batch(2, action=action, roadmap=edition.roadmap)
    staff = client_for(team_member(Role.CONTRIBUTOR))
    with django_assert_num_queries(9):
        staff.get(reverse("roadmap-progress", args=[edition.roadmap.slug]))
