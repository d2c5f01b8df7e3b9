"""Each gesture leaves a revision; what is deleted or changed comes back."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from people.models import Role
from publishing.versions import StaleVersionError
from roadmaps.editions import EditionClosedError, publish
from roadmaps.history import open_revision, remember
from roadmaps.models import Action, ActionActor, Edition, Objective, Revision
from roadmaps.places import Place, move_to
from roadmaps.restoration import CHANGED_SINCE, CannotComeBackError, put_back, put_back_from, restore, undo
from roadmaps.snapshots import sheet
from roadmaps.snapshots import whole as taken
from roadmaps.writing import delete_row, move_row
from tests.people.factories import team_member
from tests.roadmaps.factories import ActionFactory, EditionFactory, ObjectiveFactory
from tests.roadmaps.whole import whole_edition
from tests.roadmaps.writing.hands import write

Gesture = Revision.Gesture


@pytest.fixture
def edition(db):
    return EditionFactory()


@pytest.fixture
def claire(db):
    return team_member(Role.EDITOR)


def whole(edition):
    """Take an edition, rows of a kind by uid."""
    return {name: sorted(rows, key=lambda row: row.get("uid", "")) for name, rows in taken(edition).items()}


def gestures():
    return list(Revision.objects.order_by("id").values_list("gesture", "title"))


def test_each_gesture_of_the_pages_is_kept(edition, client_for, claire):
    editor = client_for(claire)
    base = reverse("edition-edit", args=[edition.roadmap.slug, edition.number])
    objective, _ = ObjectiveFactory.create_batch(2, edition=edition)
    address = f"{base}objectifs/{objective.uid}/"
    write(editor, address, title="Coopérer")
    editor.post(f"{address}deplacer/", {"sens": "bas"})
    version = Objective.objects.get(pk=objective.pk).version
    editor.post(f"{address}supprimer/", {"version": version})
    assert gestures() == [(Gesture.WRITTEN, "Coopérer"), (Gesture.MOVED, "Coopérer"), (Gesture.DELETED, "Coopérer")]
    assert {revision.by for revision in Revision.objects.select_related("by")} == {claire}


def test_a_save_that_changes_nothing_is_not_kept(edition, claire):
    row = ObjectiveFactory(edition=edition)
    assert remember(row, claire, Gesture.WRITTEN, before=sheet(row), after=sheet(row)) is None
    assert gestures() == []


def typed(row, by, title):
    before = sheet(row)
    row.title = title
    row.save()
    into = open_revision(row, by)
    return remember(row, by, Gesture.WRITTEN, before=before, after=sheet(row), is_typing=True, into=into)


def test_what_one_types_without_a_stop_is_one_revision(edition, claire):
    row = ObjectiveFactory(edition=edition, title="A")
    first = sheet(row)
    for title in ("Ab", "Abc", "Abcd"):
        typed(row, claire, title)
    (revision,) = Revision.objects.all()
    assert (revision.before, revision.after) == (first, sheet(row))


@pytest.mark.parametrize("interruption", ["somebody else", "half an hour", "saved"])
def test_typing_gathers_until_something_comes_between(edition, claire, interruption):
    row = ObjectiveFactory(edition=edition, title="A")
    start = dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC)
    with time_machine.travel(start, tick=False):
        typed(row, claire, "Ab")
        if interruption == "somebody else":
            typed(row, team_member(Role.EDITOR), "Abz")
        if interruption == "saved":
            remember(row, claire, Gesture.WRITTEN, after=sheet(row), into=open_revision(row, claire))
    later = start + (dt.timedelta(minutes=30) if interruption == "half an hour" else dt.timedelta(minutes=1))
    with time_machine.travel(later, tick=False):
        typed(row, claire, "Abc")
    assert Revision.objects.filter(by=claire).count() == 2


def test_a_deleted_branch_comes_back_where_it_was(claire):
    edition = whole_edition(actions=3)
    top = Objective.objects.get(edition=edition, depth=1)
    ObjectiveFactory(edition=edition, position=1)
    before = whole(edition)
    deletion = delete_row(top, top.version, by=claire)
    assert Action.objects.filter(edition=edition).count() == 0

    restore(deletion, claire)
    assert whole(edition) == before
    assert list(Revision.objects.in_bin()) == []
    with pytest.raises(CannotComeBackError, match=CHANGED_SINCE):
        restore(deletion, claire)
    assert whole(edition) == before


def test_what_hung_on_something_deleted_later_waits_for_it(edition, claire):
    action = ActionFactory(objective__edition=edition)
    deletion = delete_row(action, action.version, by=claire)
    delete_row(action.objective, action.objective.version, by=claire)
    with pytest.raises(CannotComeBackError, match="rétablissez-le d’abord"):
        restore(deletion, claire)
    assert set(Revision.objects.in_bin().values_list("kind", flat=True)) == {"action", "objective"}


def test_what_has_no_level_left_does_not_come_back(edition, claire):
    first, second = (ObjectiveFactory(edition=edition, position=rank) for rank in range(2))
    gone = ObjectiveFactory(parent=first)
    deletion = delete_row(gone, gone.version, claire)
    move_to(first, str(Place(second)), by=claire)
    with pytest.raises(CannotComeBackError, match="il n’y a plus de niveau au-dessous"):
        restore(deletion, claire)
    assert not Objective.objects.filter(uid=gone.uid).exists()
    assert Revision.objects.in_bin().get() == deletion


def test_an_objective_that_kept_children_does_not_go_back_where_they_would_have_no_level(edition, claire):
    first = ObjectiveFactory(edition=edition)
    moved = ObjectiveFactory(parent=first)
    move_to(moved, str(Place(None)), by=claire)
    gesture = Revision.objects.latest("pk")
    moved.refresh_from_db()
    ObjectiveFactory(parent=moved)
    with pytest.raises(CannotComeBackError, match="il n’y a plus de niveau au-dessous"):
        put_back_from(gesture, "before", claire)


def test_nothing_comes_back_into_a_published_edition(edition, claire):
    row = ObjectiveFactory(edition=edition)
    deletion = delete_row(row, row.version, by=claire)
    publish(edition, None)
    with pytest.raises(EditionClosedError):
        restore(Revision.objects.get(pk=deletion.pk), claire)
    assert Objective.objects.count() == 0
    assert list(Revision.objects.in_bin()) == []


def test_a_gesture_over_many_sheets_is_undone_at_once(claire):
    edition = whole_edition(actions=3)
    before = whole(edition)
    for action in Action.objects.filter(edition=edition).select_related("edition__roadmap"):
        delete_row(action, action.version, by=claire, batch="lot")
    undo("lot", edition.roadmap, claire)
    assert whole(edition) == before


def test_a_sheet_written_since_is_not_undone(edition, claire):
    row = ObjectiveFactory(edition=edition, title="A")
    first = typed(row, claire, "B")
    row.title = "C"
    row.save()
    with pytest.raises(CannotComeBackError, match=CHANGED_SINCE):
        undo(first.batch, edition.roadmap, claire)
    assert Objective.objects.get().title == "C"


def test_a_move_is_undone(edition, claire):
    first, second = (ObjectiveFactory(edition=edition, position=rank) for rank in range(2))
    move_row(first, 1, by=claire)
    undo(Revision.objects.get().batch, edition.roadmap, claire)
    assert list(Objective.objects.order_by("position")) == [first, second]


def test_a_sheet_or_one_of_its_fields_says_again_what_it_said(claire):
    edition = whole_edition()
    action = Action.objects.get(edition=edition)
    first = sheet(action)
    Action.objects.filter(pk=action.pk).update(title="Autre titre", summary="Autre résumé")
    ActionActor.objects.filter(action=action).delete()

    put_back(action, first, claire, fields={"summary"})
    now = sheet(action)
    assert (now["action"][0]["summary"], now["action"][0]["title"]) == (first["action"][0]["summary"], "Autre titre")
    assert "actionactor" not in now

    put_back(action, first, claire)
    assert sheet(action) == first


def test_an_edition_says_again_what_it_said(edition, claire):
    first = sheet(edition)
    Edition.objects.update(foreword="<p>Autre</p>", period_start=2030)
    put_back(Edition.objects.select_related("roadmap").get(), first, claire)
    assert sheet(edition) == first


def test_a_deletion_by_who_read_an_older_version_leaves_nothing_in_the_bin(edition, claire):
    row = ObjectiveFactory(edition=edition, version=3)
    with pytest.raises(StaleVersionError):
        delete_row(row, 2, by=claire)
    assert gestures() == []
