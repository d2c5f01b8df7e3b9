"""A body and what is carried there of the roadmaps lead to each other."""

import pytest
from django.urls import reverse

from instances.models import Subject
from people.models import Role
from tests.instances.factories import InstanceFactory, MeetingFactory, SubjectFactory
from tests.people.factories import team_member
from tests.roadmaps.factories import ActionFactory, EditionFactory
from tests.territories.factories import CollectiviteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client_for):
    return client_for(team_member(Role.EDITOR))


@pytest.fixture
def action():
    return ActionFactory(objective__edition=EditionFactory(published=True), title="Une foncière")


def address(name, instance, *rest):
    return reverse(name, args=[instance.slug, *rest])


def test_an_action_is_carried_in_a_body_and_both_pages_say_so(editor, client, action):
    body, roadmap = InstanceFactory(name="CESER"), action.edition.roadmap
    add = f"{address('subject-create', body)}?feuille={roadmap.slug}"
    choices = [label for label, _ in editor.get(add).context["form"].fields["uid"].choices]
    assert choices == ["", "Objectifs", "Actions"]
    assert editor.post(add, {"uid": action.uid, "note": "Avis rendu"}).status_code == 302
    assert "déjà ce sujet" in str(editor.post(add, {"uid": action.uid}).context["form"].errors)
    there = reverse("action-detail", args=[roadmap.slug, action.uid])
    assert there in client.get(body.get_absolute_url()).text
    page = client.get(there).text
    assert body.get_absolute_url() in page
    assert "Avis rendu" in page
    editor.post(address("subject-remove", body, Subject.objects.get().pk))
    assert body.get_absolute_url() not in client.get(there).text


def test_an_objective_tells_where_it_is_carried(client, action):
    subject = SubjectFactory(roadmap=action.edition.roadmap, uid=action.objective.uid)
    page = client.get(reverse("objective-detail", args=[action.edition.roadmap.slug, action.objective.uid])).text
    assert subject.instance.get_absolute_url() in page


def test_a_body_steers_a_roadmap_and_both_pages_say_so(editor, client, action):
    body, roadmap = InstanceFactory(name="COPIL"), action.edition.roadmap
    editor.post(f"{address('subject-create', body)}?feuille={roadmap.slug}", {"uid": ""})
    assert roadmap.get_absolute_url() in client.get(body.get_absolute_url()).text
    assert body.get_absolute_url() in client.get(roadmap.get_absolute_url()).text
    editor.post(address("steering-remove", body, roadmap.pk))
    assert body.get_absolute_url() not in client.get(roadmap.get_absolute_url()).text


def test_what_is_not_in_the_roadmap_is_not_carried(editor, action):
    body = InstanceFactory()
    sent = {"uid": ActionFactory().uid}
    page = editor.post(f"{address('subject-create', body)}?feuille={action.edition.roadmap.slug}", sent)
    assert page.status_code == 422
    assert Subject.objects.count() == 0


def test_a_body_that_is_not_public_is_named_by_no_roadmap(client, action):
    roadmap = action.edition.roadmap
    hidden = SubjectFactory(instance__name="Caché", instance__is_public=False, roadmap=roadmap, uid=action.uid).instance
    hidden.roadmaps.add(roadmap)
    for page in (roadmap.get_absolute_url(), reverse("action-detail", args=[roadmap.slug, action.uid])):
        assert "Caché" not in client.get(page).text


def test_a_collectivite_tells_the_bodies_that_cover_it_and_the_home_page_the_next_meetings(client):
    place, body = CollectiviteFactory(), InstanceFactory(name="Conseil de développement")
    body.territories.add(place)
    InstanceFactory(is_public=False).territories.add(place)
    assert list(client.get(place.get_absolute_url()).context["instances"]) == [body]
    meeting = MeetingFactory(instance=body)
    MeetingFactory(is_cancelled=True)
    assert list(client.get("/").context["meetings"]) == [meeting]
