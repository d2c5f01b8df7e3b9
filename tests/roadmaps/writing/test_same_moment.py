"""What two people do at the same moment: one of them comes first, and nothing is lost nor broken."""

from contextlib import contextmanager

import pytest
from django.db.models.signals import pre_save
from django.urls import reverse

from publishing.versions import StaleVersionError
from roadmaps import editions
from roadmaps.forms.outline import ObjectiveForm, SectionForm
from roadmaps.models import Edition, Objective, Roadmap, Section
from roadmaps.outline import carry_descendants
from roadmaps.writing import Outcome, move_row, save_sheet
from tests.roadmaps.factories import (
    ObjectiveFactory,
    RoadmapFactory,
    SectionFactory,
)
from tests.roadmaps.writing.hands import complaints, typed, write
from tests.territories.factories import CollectiviteFactory


def test_a_draft_is_discarded_as_it_was_read_or_not_at_all(edition):
    read = Edition.objects.get()
    editions.hold(edition)
    with pytest.raises(StaleVersionError):
        editions.discard(read)
    assert Edition.objects.get() == edition


def form_of(part, row):
    """Give the form of a row, sent as it stands, by somebody who read it just now."""
    shown = part(instance=row)
    values = {name: shown[name].value() for name in shown.fields}
    return part({name: "" if value is None else str(value) for name, value in values.items()}, instance=row)


def test_a_row_moved_while_it_is_saved_stays_where_it_was_moved(edition):
    first = SectionFactory(edition=edition, title="A", position=0)
    last = SectionFactory(edition=edition, title="B", position=1)
    form = form_of(SectionForm, Section.objects.get(pk=first.pk))
    move_row(last, -1)

    assert save_sheet(form, edition) is Outcome.SAVED
    assert list(Section.objects.values_list("title", "position")) == [("B", 0), ("A", 1)]


def test_an_objective_carried_elsewhere_while_it_is_saved_keeps_its_level(edition):
    Edition.objects.update(level_2_name="Objectif", level_3_name="Sous-objectif")
    edition.refresh_from_db()
    top, axis = ObjectiveFactory.create_batch(2, edition=edition)
    child = ObjectiveFactory(parent=axis)
    form = form_of(ObjectiveForm, Objective.objects.select_related("edition").get(pk=child.pk))
    axis.place_under(top)
    axis.save()
    carry_descendants(axis)

    assert save_sheet(form, edition) is Outcome.SAVED
    assert Objective.objects.values_list("parent", "depth", "parent_depth").get(pk=child.pk) == (axis.pk, 3, 2)


def test_a_parent_that_became_too_deep_meanwhile_is_refused(edition):
    Edition.objects.update(level_2_name="Objectif")
    top, axis, other = ObjectiveFactory.create_batch(3, edition=Edition.objects.get())
    other.parent = axis
    form = form_of(ObjectiveForm, other)
    axis.place_under(top)
    axis.save()

    assert save_sheet(form, edition) is Outcome.INVALID
    assert Objective.objects.get(pk=other.pk).parent is None


def test_a_row_that_moved_or_went_before_it_is_moved_is_no_error(edition):
    Edition.objects.update(level_2_name="Objectif")
    axis, one = ObjectiveFactory.create_batch(2, edition=Edition.objects.get())
    ObjectiveFactory(parent=axis, title="Voisin")
    read = Objective.objects.get(pk=one.pk)
    one.place_under(axis)
    one.position = 1
    one.save()

    assert move_row(read, -1)
    assert Objective.objects.filter(parent=axis).first() == one
    Objective.objects.all().delete()
    with pytest.raises(StaleVersionError):
        move_row(read, -1)


@contextmanager
def somebody_else_saving_first(model):
    """Let a rival save the same row at the last moment, when all the checks are passed."""

    def save_rival(instance, **_):
        pre_save.disconnect(save_rival, sender=model)
        type(instance)(
            **{field.attname: getattr(instance, field.attname) for field in model._meta.concrete_fields}
        ).save()

    pre_save.connect(save_rival, sender=model)
    try:
        yield
    finally:
        pre_save.disconnect(save_rival, sender=model)


def test_a_roadmap_created_twice_at_once_is_said(editor):
    address = f"{reverse('roadmap-create')}?collectivite={CollectiviteFactory().slug}"
    with somebody_else_saving_first(Roadmap):
        refused = write(editor, address, title="Plan ESS")
    assert (refused.status_code, complaints(refused)) == (422, [editions.TAKEN])
    assert editor.post(address, typed(refused)).status_code == 302


def test_a_first_draft_opened_twice_at_once_is_said(editor):
    roadmap = RoadmapFactory()
    with somebody_else_saving_first(Edition):
        answer = editor.post(reverse("edition-open", args=[roadmap.slug]), follow=True)
    assert [str(message) for message in answer.context["messages"]] == [editions.ONE_DRAFT]
