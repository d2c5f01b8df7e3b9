"""The bodies that a printed roadmap names: those that steer it or carry a part of it, if they are public."""

import pytest
from zeal import zeal_ignore

from roadmaps.booklet import Booklet
from roadmaps.document import Document
from roadmaps.models import Action, Edition, Objective
from roadmaps.print_choice import PrintChoice
from roadmaps.printing import printed_html
from tests.html_rules import Page, text_of
from tests.instances.factories import InstanceFactory, SubjectFactory
from tests.roadmaps.whole import whole_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    edition = whole_edition(published=True)
    roadmap, action, objective = edition.roadmap, Action.objects.get(), Objective.objects.get(depth=2)
    steering = InstanceFactory(name="Comité de pilotage")
    hidden = InstanceFactory(name="Groupe caché", is_public=False)
    conference = InstanceFactory(name="Conférence régionale")
    for body in (steering, hidden):
        body.roadmaps.add(roadmap)
    SubjectFactory(instance=conference, roadmap=roadmap, uid=action.uid, note="Le volet régional")
    SubjectFactory(instance=steering, roadmap=roadmap, uid=objective.uid, note="")
    SubjectFactory(instance=hidden, roadmap=roadmap, uid=action.uid)
    SubjectFactory(instance=conference, roadmap=roadmap, uid="zzzzzzzz")  # of an edition that is no longer in force
    return Edition.objects.with_carriers().get(pk=edition.pk)


@zeal_ignore()
def test_a_printed_roadmap_names_the_bodies_concerned(edition: Edition) -> None:
    (section,) = [one for one in Page(printed_html(edition)).all("section") if one.get("id") == "instances"]
    rows = [[" ".join(text_of(cell).split()) for cell in row.iter("th", "td")] for row in section.iter("tr")]
    action, objective = Action.objects.get(), Objective.objects.get(depth=2)
    assert rows[1:] == [
        ["Comité de pilotage", f"La feuille de route entièreO1 {objective.title}"],
        ["Conférence régionale", f"{action.code} {action.title}Le volet régional"],
    ]
    assert [link.get("href") for link in section.iter("a")] == [f"#objectif-{objective.uid}", f"#action-{action.uid}"]


@zeal_ignore()
def test_an_extract_does_not_list_them(edition: Edition) -> None:
    uid = Objective.objects.get(depth=1).uid
    assert [
        len(Booklet(Document(edition), choice, "", "").bodies)
        for choice in (PrintChoice(), PrintChoice("conseil"), PrintChoice("axe", uid))
    ] == [2, 2, 0]
