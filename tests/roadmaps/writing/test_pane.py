"""The outline beside the sheets: what it shows, what it keeps, how far it leads."""

import pytest
from django.urls import reverse
from lxml import html

from roadmaps.models import Action, ActionActor, Section
from tests.roadmaps.factories import (
    ActionActorFactory,
    ActionFactory,
    HorizonFactory,
    ObjectiveFactory,
    SectionFactory,
)
from tests.roadmaps.whole import whole_edition
from tests.roadmaps.writing.hands import write


@pytest.fixture
def tree(edition):
    """One objective, an action with a horizon and no lead, one with a lead and no horizon."""
    objective = ObjectiveFactory(edition=edition, title="Coopérer", code="1")
    dated = ActionFactory(objective=objective, title="Ouvrir un lieu", horizon=HorizonFactory(edition=edition))
    led = ActionFactory(objective=objective, title="Former les élus", position=1)
    ActionActorFactory(action=led, role=ActionActor.Role.LEAD)
    return objective, dated, led


@pytest.fixture
def desk(edition):
    return reverse("roadmap-edit", args=[edition.roadmap.slug])


def plan_of(response):
    (nav,) = html.fromstring(response.content.decode()).xpath("//nav[@aria-label='Plan']")
    return nav


def rows(response):
    """Give the tree as it is read: titles and marks."""
    links = plan_of(response).xpath(".//ol[contains(@class, 'plan-tree')]//div[@class='plan-row']/a")
    links += plan_of(response).xpath(".//ol[@class='plan-actions']/li/a")
    return [" ".join(link.text_content().split()) for link in links]


def test_the_outline_numbers_the_rows_and_marks_what_they_lack(editor, desk, tree):
    lacking = "sans résumé ni description, sans besoin désigné"
    assert rows(editor.get(desk)) == [
        "1 Coopérer",
        f"1.1 Ouvrir un lieu incomplet : {lacking}, sans pilote ni porteur, sans moyens, sans indicateur",
        f"1.2 Former les élus incomplet : {lacking}, sans horizon ni date, sans moyens, sans indicateur",
    ]


@pytest.mark.parametrize("part", ["actions", "objectifs", "sections", "chiffres-cles", "horizons", "annexes"])
def test_each_sheet_stands_beside_the_outline_which_says_where_it_is(editor, edition, base, part):
    whole = whole_edition(roadmap__slug="toute")
    base = reverse("edition-edit", args=["toute", 1])
    models = {"actions": "action_set", "objectifs": "objective_set", "sections": "section_set",
              "chiffres-cles": "keyfigure_set", "horizons": "horizon_set", "annexes": "annex_set"}  # fmt: skip
    uid = getattr(whole, models[part]).first().uid
    current = plan_of(editor.get(f"{base}{part}/{uid}/")).xpath(".//a[@aria-current='page']/@href")
    assert current == [f"{base}{part}/{uid}/"]
    desk = reverse("roadmap-edit", args=["toute"])
    assert plan_of(editor.get(desk)).xpath(".//a[@aria-current='page']/@href") == [desk]
    assert plan_of(editor.get(f"{base}ajout/")).xpath(".//a[@aria-current='page']/@href") == []
    assert plan_of(editor.get(base)).xpath(".//a[@aria-current='page']/@href") == [base]
    assert plan_of(editor.get(f"{base}sections/")).xpath(".//a[@aria-current='page']/@href") == [f"{base}sections/"]


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ({"voir": "sans-horizon"}, ["Former les élus"]),
        ({"voir": "sans-pilote"}, ["Ouvrir un lieu"]),
        ({"voir": "incomplet"}, ["Ouvrir un lieu", "Former les élus"]),
        ({"q": "ELUS form"}, ["Former les élus"]),
        ({"q": "coopérer"}, []),
        ({"voir": "sans-pilote", "q": "élus"}, []),
        ({"voir": "autre chose"}, ["Ouvrir un lieu", "Former les élus"]),
    ],
)
def test_the_outline_keeps_what_is_asked_for(editor, desk, tree, asked, kept):
    pane = editor.get(desk, asked).context["pane"]
    assert [line.title for node in pane.nodes for line in node.actions] == kept


def test_ones_own_sheets_are_those_that_one_wrote_last(editor, manager, base, desk, tree):
    _, dated, led = tree
    for action in (dated, led):
        write(editor, f"{base}actions/{action.uid}/", code=action.title[:3])
    write(manager, f"{base}actions/{led.uid}/", code="Autre")
    pane = editor.get(desk, {"voir": "mes-fiches"}).context["pane"]
    assert [line.title for node in pane.nodes for line in node.actions] == ["Ouv Ouvrir un lieu"]


def test_the_choice_is_kept_from_sheet_to_sheet(editor, base, tree):
    _, dated, led = tree
    page = editor.get(f"{base}actions/{dated.uid}/", {"voir": "incomplet", "q": "e"})
    query = "?voir=incomplet&q=e"
    assert plan_of(page).xpath(".//ol[@class='plan-actions']/li/a/@href") == [f"{base}actions/{led.uid}/{query}"]
    assert [one.get("href") for one in plan_of(page).xpath(".//button[@formaction]")] == []


def test_next_and_previous_follow_the_document(editor, base, edition, tree):
    objective, dated, led = tree
    section = SectionFactory(edition=edition)
    horizon = edition.horizon_set.get()
    order = [f"sections/{section.uid}/", f"horizons/{horizon.uid}/", f"objectifs/{objective.uid}/",
             f"actions/{dated.uid}/", f"actions/{led.uid}/"]  # fmt: skip
    found = [base]
    for _ in order:
        page = html.fromstring(editor.get(found[-1]).content.decode())
        before, after = page.xpath("//a[@rel='prev']/@href"), page.xpath("//a[@rel='next']/@href")
        assert before == found[-2:-1]
        found += after
    assert found == [base, *(f"{base}{path}" for path in order)]
    assert "next" not in html.fromstring(editor.get(found[-1]).content.decode()).xpath("//a/@rel")


def test_a_move_says_the_new_place_and_gives_the_button_back_the_focus(editor, base, desk, tree):
    _, dated, led = tree
    address = f"{base}actions/{led.uid}/deplacer/"
    here = f"{base}actions/{dated.uid}/"
    moved = editor.post(address, {"sens": "haut", "retour": here}, follow=True)
    assert moved.redirect_chain == [(f"{here}#haut-{led.uid}", 302)]
    assert [str(one) for one in moved.context["messages"]] == ["«\xa0Former les élus\xa0» est en position 1 sur 2."]
    again = editor.post(address, {"sens": "haut", "retour": "https://ailleurs.test/"}, follow=True)
    assert again.redirect_chain == [(f"{desk}#haut-{led.uid}", 302)]
    assert [str(one) for one in again.context["messages"]] == ["«\xa0Former les élus\xa0» est déjà en haut."]
    ends = plan_of(again).xpath(".//ol[@class='plan-actions']//button[@aria-disabled='true']/@id")
    assert ends == [f"haut-{led.uid}", f"bas-{dated.uid}"]


def test_a_script_moves_by_several_places_and_gets_the_outline_alone(editor, base, tree):
    _, dated, led = tree
    sent = {"sens": "1", "retour": base, "ouvert": led.uid}
    answer = editor.post(f"{base}actions/{dated.uid}/deplacer/", sent, headers={"X-Plan": "1"}).json()
    assert (answer["said"], answer["focus"]) == (
        "«\xa0Ouvrir un lieu\xa0» est en position 2 sur 2.",
        f"bas-{dated.uid}",
    )
    (nav,) = html.fromstring(f"<div>{answer['html']}</div>").xpath("//nav")
    assert nav.xpath(".//ol[@class='plan-actions']/li/@id") == [f"ligne-{led.uid}", f"ligne-{dated.uid}"]
    assert nav.xpath(".//a[@aria-current='page']/@href") == [f"{base}actions/{led.uid}/"]


def test_saving_leads_back_to_the_sheet(editor, base, tree):
    _, dated, _ = tree
    saved = write(editor, f"{base}actions/{dated.uid}/?q=lieu", title="Ouvrir un grand lieu")
    assert saved["Location"] == f"{base}actions/{dated.uid}/?q=lieu"
    written = write(editor, f"{base}sections/ajouter/", kind="context", title="Contexte")
    assert written["Location"] == f"{base}sections/{Section.objects.get().uid}/"


@pytest.mark.parametrize("actions", [1, 3, 40])
def test_the_outline_costs_as_many_queries_for_forty_actions_as_for_one(editor, actions, django_assert_num_queries):
    edition = whole_edition(actions)
    base = reverse("edition-edit", args=[edition.roadmap.slug, 1])
    one = Action.objects.select_related("objective").first()
    sheets = {
        f"actions/{one.uid}/": 15,
        f"objectifs/{one.objective.uid}/": 11,
        f"sections/{edition.section_set.get().uid}/": 9,
        "ajout/": 9,
    }
    for path, count in sheets.items():
        with django_assert_num_queries(count):
            assert editor.get(f"{base}{path}").status_code == 200


def test_the_pages_of_a_roadmap_of_sixty_actions_are_light(editor):
    edition = whole_edition(60)
    Action.objects.update(title="Développer une offre de formation commune aux structures de l’ESS du territoire")
    base = reverse("edition-edit", args=[edition.roadmap.slug, 1])
    pages = [reverse("roadmap-edit", args=[edition.roadmap.slug]), f"{base}actions/{Action.objects.first().uid}/"]
    assert [len(editor.get(page).content) < 200_000 for page in pages] == [True, True]


def test_a_sheet_leads_to_what_else_is_done_from_it(editor, base, tree):
    objective, dated, _ = tree
    pages = [f"{base}objectifs/{objective.uid}/", f"{base}actions/{dated.uid}/", f"{base}sections/ajouter/"]
    found = [[one["label"] for one in editor.get(page).context["page"].gestures] for page in pages]
    own, library = ["Déplacer vers…", "Dupliquer"], "la bibliothèque"
    added = ["Ajouter une action", "Ajouter un objectif", "Coller une liste d’actions", "Ajouter un indicateur"]
    assert found == [
        [*added, *own, f"Insérer depuis {library}", "Historique"],
        [*own, f"Garder dans {library}", "Historique"],
        [],
    ]
    for gesture in editor.get(pages[0]).context["page"].gestures:
        said = 405 if gesture.get("verb") == "post" else 200
        assert editor.get(gesture["url"]).status_code == said
