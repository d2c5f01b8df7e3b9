"""What a snapshot takes is all that a sheet says, and it can be written again anywhere."""

import json

from django.core.serializers.json import DjangoJSONEncoder

from people.models import Organisation
from publishing.versions import new_uid
from roadmaps.editions import open_draft
from roadmaps.models import CONTENT_MODELS, Action, Edition, Horizon, Objective
from roadmaps.rewriting import Writer
from roadmaps.snapshots import branch, name_of, sheet, whole, with_new_uids
from tests.roadmaps.factories import EditionFactory
from tests.roadmaps.whole import whole_edition


def kept(snapshot):
    """Give a snapshot as the database gives it back, rows of a kind by uid."""
    read = json.loads(json.dumps(snapshot, cls=DjangoJSONEncoder))
    return {name: sorted(rows, key=lambda row: row.get("uid", "")) for name, rows in read.items()}


def test_a_whole_edition_is_written_again_in_an_empty_one(db):
    edition = whole_edition(actions=3)
    taken = kept(whole(edition))
    other = EditionFactory(level_2_name="Objectif", level_3_name="Sous-objectif")
    Writer(other).write(taken)

    expected = {name: rows for name, rows in taken.items() if name != name_of(Edition)}
    assert {name: rows for name, rows in kept(whole(other)).items() if name != name_of(Edition)} == expected
    assert set(expected) == {name_of(model) for model in CONTENT_MODELS}


def test_an_action_deleted_comes_back_with_all_that_it_had(db):
    edition = whole_edition(actions=2)
    action = Action.objects.filter(edition=edition).first()
    taken = kept(branch(action))
    before = kept(whole(edition))
    action.delete()
    Writer(edition).write(taken)
    assert kept(whole(edition)) == before


def test_the_actions_of_a_horizon_find_it_again(db):
    edition = whole_edition(actions=2)
    horizon = Horizon.objects.filter(edition=edition, actions__isnull=False).first()
    taken, before = kept(branch(horizon)), kept(whole(edition))
    horizon.delete()
    assert kept(whole(edition)) != before
    Writer(edition).write(taken)
    assert kept(whole(edition)) == before


def test_an_organisation_that_is_gone_is_created_again(db):
    edition = whole_edition()
    action = Action.objects.get(edition=edition)
    taken = kept(branch(action))
    names = set(Organisation.objects.values_list("name", flat=True))
    action.delete()
    Organisation.objects.all().delete()
    Writer(edition).write(taken)
    assert set(Organisation.objects.values_list("name", flat=True)) == names
    assert kept(sheet(Action.objects.get(edition=edition)))["actionactor"] == taken["actionactor"]


def test_a_copy_with_new_uids_hangs_together_without_touching_the_first(db):
    edition = whole_edition(actions=2)
    top = Objective.objects.get(edition=edition, depth=1)
    before = kept(whole(edition))
    copy = with_new_uids(kept(branch(top)), new_uid)
    Writer(edition).write(copy)

    after = kept(whole(edition))
    assert {name: len(rows) for name, rows in after.items()} == {
        name: len(rows) + len(copy.get(name, [])) for name, rows in before.items()
    }
    uids = {row["uid"] for row in before[name_of(Action)]}
    assert [row for row in after[name_of(Action)] if row["uid"] in uids] == before[name_of(Action)]


def test_taking_costs_the_same_whatever_there_is_to_take(db, django_assert_num_queries):
    whole_edition(actions=1)
    edition = open_draft(whole_edition(actions=12, published=True).roadmap)
    for one in Edition.objects.all():
        with django_assert_num_queries(13):
            whole(one)
    with django_assert_num_queries(8):
        sheet(Action.objects.filter(edition=edition).first())
