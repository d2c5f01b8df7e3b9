import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from zeal import zeal_ignore

from roadmaps.editions import EditionClosedError, create_roadmap, discard, hold, open_draft, publish
from roadmaps.models import CONTENT_MODELS, Action, Edition, Horizon, Objective, Roadmap
from tests.people.factories import team_member
from tests.roadmaps.factories import EditionFactory, RoadmapFactory
from tests.roadmaps.whole import whole_edition
from tests.territories.factories import CollectiviteFactory

pytestmark = pytest.mark.django_db

# Fields by which a copy differs from its model: its keys, and where it hangs.
KEYS = {"id", "edition", "version", "parent", "objective", "action", "horizon", "indicator"}


def rows(edition: Edition) -> dict[str, list[dict[str, object]]]:
    """Tell all that an edition holds, keys aside."""
    return {
        model.__name__: [
            {field.name: getattr(row, field.attname) for field in model._meta.concrete_fields if field.name not in KEYS}
            for row in model.objects.filter(edition=edition).order_by("uid")
        ]
        for model in CONTENT_MODELS
    }


def queries(verb: object, *args: object) -> int:
    with CaptureQueriesContext(connection) as captured:
        verb(*args)
    return len(captured)


def test_a_new_roadmap_has_an_address_and_a_draft_with_three_horizons() -> None:
    carrier = CollectiviteFactory(slug="pays-de-test")
    partner = CollectiviteFactory()
    roadmap = Roadmap(collectivite=carrier, title="Feuille de route de l’ESS")
    edition = create_roadmap(roadmap, [partner])
    assert (roadmap.slug, edition.number, edition.is_published) == ("pays-de-test-feuille-de-route-de-less", 1, False)
    assert roadmap.carriers == [carrier, partner]
    assert list(Horizon.objects.filter(edition=edition).values_list("label", flat=True)) == [
        "Court terme",
        "Moyen terme",
        "Long terme",
    ]


def test_two_roadmaps_of_one_title_have_two_addresses() -> None:
    carrier = CollectiviteFactory(slug="pays-de-test")
    first, second = (Roadmap(collectivite=carrier, title="Plan ESS") for _ in range(2))
    with zeal_ignore():  # twice the same verb on purpose
        create_roadmap(first)
        create_roadmap(second)
    assert (first.slug, second.slug) == ("pays-de-test-plan-ess", "pays-de-test-plan-ess-2")


def test_a_draft_is_a_copy_whose_rows_keep_their_uids() -> None:
    source = whole_edition(actions=3, published=True)
    draft = open_draft(source.roadmap)
    assert (draft.number, draft.is_published, draft.level_names) == (2, False, source.level_names)
    assert rows(draft) == rows(source)


def test_a_copy_hangs_together_inside_its_own_edition() -> None:
    source = whole_edition(actions=2, published=True)
    draft = open_draft(source.roadmap)
    first, second = Action.objects.filter(edition=draft).order_by("position").select_related("objective", "horizon")
    deep = first.objective
    assert {deep.edition_id, first.horizon.edition_id} == {draft.pk}
    assert [deep.parent.title, deep.parent.parent.title] == ["Financer", "Entreprendre autrement"]
    assert deep.parent.parent.edition_id == draft.pk
    assert list(first.linked_actions.all()) == [second]
    assert first.levers.count() == 2
    assert first.indicators.get().measures.get().edition_id == draft.pk
    assert Action.objects.filter(edition=source).first().linked_actions.get().edition_id == source.pk


def test_a_roadmap_has_one_draft_at_most() -> None:
    roadmap = EditionFactory().roadmap
    with pytest.raises(ValidationError, match="déjà en préparation"):
        open_draft(roadmap)


def test_a_draft_does_not_take_over_the_adoption_of_the_edition_before() -> None:
    source = EditionFactory(published=True, adopted_by="Conseil", change_note="Tout.", deliberation_number="12")
    draft = open_draft(source.roadmap)
    assert (draft.adopted_by, draft.change_note, draft.deliberation_number, draft.published_by) == ("", "", "", None)


def test_a_roadmap_left_without_edition_starts_again() -> None:
    roadmap = RoadmapFactory()
    assert open_draft(roadmap).number == 1


def test_what_is_published_is_closed_for_ever() -> None:
    edition = EditionFactory()
    publish(edition, by=None)
    for verb in (hold, discard):
        with pytest.raises(EditionClosedError):
            verb(edition)
    with pytest.raises(EditionClosedError):
        publish(edition, by=None)


def test_a_publication_says_who_and_when() -> None:
    edition, manager = EditionFactory(), team_member()
    publish(edition, by=manager)
    stored = Edition.objects.get()
    assert (stored.published_at, stored.published_by) == (edition.published_at, manager)


def test_a_discarded_draft_leaves_nothing_and_touches_no_other() -> None:
    source = whole_edition(actions=2, published=True)
    before = rows(source)
    discard(open_draft(source.roadmap))
    assert rows(source) == before
    assert list(Edition.objects.all()) == [source]
    assert Action.levers.through.objects.count() == 4


def test_the_current_edition_is_the_latest_published() -> None:
    roadmap = RoadmapFactory()
    EditionFactory(roadmap=roadmap, number=1, published=True)
    second = EditionFactory(roadmap=roadmap, number=2, published=True)
    EditionFactory(roadmap=roadmap, number=3)
    assert list(Edition.objects.current()) == [second]


@pytest.mark.parametrize("actions", [1, 3, 40])
def test_each_verb_costs_the_same_whatever_the_edition_holds(actions: int) -> None:
    source = whole_edition(actions=actions, published=True)
    opened = queries(open_draft, source.roadmap)
    draft = Edition.objects.in_preparation().get()
    published = queries(publish, draft, None)
    open_draft(source.roadmap)
    discarded = queries(discard, Edition.objects.in_preparation().get())
    locks = 2 if connection.vendor == "postgresql" else 0  # of the search, for the roadmap and for its carriers
    assert (opened, published, discarded) == (24, 94 + locks, 37)


def test_a_copy_that_stops_in_the_middle_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    source = whole_edition(actions=2, published=True)
    monkeypatch.setattr("roadmaps.editions.CONTENT_MODELS", (*CONTENT_MODELS[:5], None))
    with pytest.raises(AttributeError):
        open_draft(source.roadmap)
    assert list(Edition.objects.all()) == [source]
    assert Objective.objects.count() == 3
