"""Duplicates of the register become one: nothing that named them is lost, nothing is said twice."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from editorial.models import Party
from instances.models import Instance, Mandate
from people.models import Organisation, Person, Role
from people.organisations import TWO_COLLECTIVITES, merge, references
from roadmaps.models import ActionActor, Edition, Funding, RoadmapActor
from tests.editorial.factories import PublicationFactory
from tests.instances.factories import InstanceFactory, MandateFactory
from tests.people.factories import OrganisationFactory, PersonFactory, team_member
from tests.roadmaps.factories import ActionActorFactory, ActionFactory, FundingFactory, RoadmapActorFactory
from tests.territories.factories import CollectiviteFactory

pytestmark = pytest.mark.django_db
Roles = ActionActor.Role
REFERENCES = [
    "1\xa0destinataire ou signataire", "1\xa0instance", "1\xa0mandat", "2\xa0acteurs", "1\xa0financement",
    "1\xa0personne",
]  # fmt: skip


@pytest.fixture
def editor(client_for):
    return client_for(team_member(Role.EDITOR))


@pytest.fixture
def kept():
    return OrganisationFactory(name="Les Écossolies")


@pytest.fixture
def other():
    return OrganisationFactory(name="Écossolies (association)")


def refer_to(organisation, action):
    """Name an organisation wherever one may be named."""
    return [
        ActionActorFactory(action=action, organisation=organisation),
        FundingFactory(action=action, funder=organisation),
        RoadmapActorFactory(roadmap=action.edition.roadmap, organisation=organisation),
        PersonFactory(organisation=organisation),
        MandateFactory(on_behalf_of=organisation),
        InstanceFactory(organised_by=[organisation]),
        Party.objects.create(publication=PublicationFactory(), role=Party.Role.SIGNATORY, organisation=organisation),
    ]


def test_all_that_named_a_duplicate_names_the_one_that_is_kept(kept, other):
    refer_to(other, ActionFactory())
    assert {one.related_model for one in Organisation._meta.related_objects} == {
        ActionActor, Funding, Instance, Mandate, Party, RoadmapActor, Person,
    }  # fmt: skip
    merge(kept, [other])
    assert list(Organisation.objects.all()) == [kept]
    named = [
        ActionActor.objects.get().organisation,
        Funding.objects.get().funder,
        RoadmapActor.objects.get().organisation,
        Person.objects.get(mandates=None).organisation,
        Mandate.objects.get().on_behalf_of,
        *Instance.objects.get(seats=None).organisers.all(),
        Party.objects.get().organisation,
    ]
    assert named == [kept] * 7


def test_the_same_role_in_the_same_action_is_said_once(kept, other):
    third = OrganisationFactory()
    action = ActionFactory()
    for organisation, role in ((kept, Roles.LEAD), (other, Roles.LEAD), (other, Roles.FUNDER), (third, Roles.FUNDER)):
        ActionActorFactory(action=action, organisation=organisation, role=role)
    for organisation in (other, third):
        RoadmapActorFactory(roadmap=action.edition.roadmap, organisation=organisation)
    merge(kept, [other, third])
    assert sorted(ActionActor.objects.values_list("role", "organisation")) == [("funder", kept.pk), ("lead", kept.pk)]
    assert RoadmapActor.objects.values_list("organisation", flat=True).get() == kept.pk


def test_what_is_published_names_it_too(kept, other):
    actor = ActionActorFactory(organisation=other, action__objective__edition__published=True)
    merge(kept, [other])
    assert Edition.objects.published().count() == 1
    assert ActionActor.objects.get(pk=actor.pk).organisation == kept


def test_the_kept_entry_takes_what_it_lacks_and_keeps_the_rest(kept):
    collectivite = CollectiviteFactory()
    Organisation.objects.filter(pk=kept.pk).update(acronym="LE")
    other = OrganisationFactory(acronym="ECO", website="https://exemple.test", collectivite=collectivite)
    merge(kept, [other, kept])
    kept.refresh_from_db()
    assert (kept.name, kept.acronym, kept.website, kept.collectivite) == (
        "Les Écossolies", "LE", "https://exemple.test", collectivite,
    )  # fmt: skip
    assert list(Organisation.objects.matching("le")) == [kept]


def test_two_collectivites_are_not_one(editor):
    one, two = (OrganisationFactory(collectivite=CollectiviteFactory()) for _ in range(2))
    with pytest.raises(ValidationError, match="collectivités différentes"):
        merge(one, [two])
    answer = editor.post(reverse("organisation-merge", args=[one.pk]), {"doublon": two.pk}, follow=True)
    assert [str(message) for message in answer.context["messages"]] == [TWO_COLLECTIVITES]
    assert Organisation.objects.count() == 2


def test_the_effect_is_counted_before_the_merge(editor, kept, other):
    refer_to(other, ActionFactory())
    address = reverse("organisation-merge", args=[kept.pk])
    assert [one for one, _ in editor.get(address).context["found"]] == [other]
    page = editor.get(address, {"doublon": other.pk})
    assert page.context["chosen"] == [(other, REFERENCES)]
    answer = editor.post(address, {"doublon": other.pk}, follow=True)
    assert [str(message) for message in answer.context["messages"]] == [
        "Fusionné dans « Les Écossolies » : « Écossolies (association) »."
    ]
    assert references([kept])[kept.pk] == REFERENCES


@pytest.mark.parametrize("key", ["", "x", "999999", "9" * 40])
def test_choosing_nobody_merges_nothing(editor, kept, other, key):
    address = reverse("organisation-merge", args=[kept.pk])
    assert editor.post(address, {"doublon": [key, kept.pk]}).status_code == 422
    assert Organisation.objects.count() == 2


@pytest.mark.parametrize("count", [1, 3, 40])
def test_it_costs_the_same_for_forty_duplicates_as_for_one(editor, kept, count, django_assert_max_num_queries):
    action = ActionFactory()
    duplicates = OrganisationFactory.create_batch(count)
    for one in duplicates:
        refer_to(one, action)
    address = reverse("organisation-merge", args=[kept.pk])
    keys = [one.pk for one in duplicates]
    with django_assert_max_num_queries(12):
        editor.get(address, {"doublon": keys})
    with django_assert_max_num_queries(38):
        editor.post(address, {"doublon": keys})
    assert Organisation.objects.count() == 1
