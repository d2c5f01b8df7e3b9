from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from territories.models import Collectivite
from tests.territories.factories import CollectiviteFactory

pytestmark = pytest.mark.django_db


def messages(collectivite: Collectivite) -> list[str]:
    """The form's refusal, which must also be the database's."""
    with pytest.raises(ValidationError) as refused:
        collectivite.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        collectivite.save()
    return refused.value.messages


def test_a_code_is_unique_in_its_family_and_not_beyond() -> None:
    CollectiviteFactory(kind="cc", code="200000001")
    same_family = CollectiviteFactory.build(kind="ca", code="200000001")
    assert messages(same_family) == ["Une autre collectivité de même nature porte déjà ce code."]
    CollectiviteFactory(kind="region", code="44")
    CollectiviteFactory(kind="departement", code="44")


def test_several_bodies_outside_the_cog_may_have_no_code() -> None:
    CollectiviteFactory(kind="petr", code="")
    CollectiviteFactory(kind="pays", code="")
    assert messages(CollectiviteFactory.build(kind="cc", code="")) == [
        "Le code INSEE ou le SIREN est obligatoire pour cette nature de collectivité."
    ]


def test_a_commune_has_a_departement_and_no_one_else_has() -> None:
    commune = CollectiviteFactory(commune=True)
    epci = CollectiviteFactory.build(departement=commune.departement)
    assert messages(epci) == ["Seule une commune est rattachée à un département et à un EPCI."]
    commune.departement = None
    assert messages(commune) == ["Indiquez le département de la commune."]


def test_what_is_replaced_has_ended_and_not_by_itself() -> None:
    collectivite = CollectiviteFactory()
    collectivite.replaced_by = CollectiviteFactory()
    assert messages(collectivite) == ["Indiquez depuis quand cette collectivité remplacée n’existe plus."]
    collectivite.replaced_by, collectivite.ended_on = collectivite, date(2026, 1, 1)
    assert messages(collectivite) == ["Une collectivité ne se remplace pas elle-même."]


def test_a_collectivite_is_current_until_the_day_it_ends() -> None:
    today = timezone.localdate()
    CollectiviteFactory(ended_on=today)
    current = [CollectiviteFactory(), CollectiviteFactory(ended_on=today + timedelta(days=1))]
    assert list(Collectivite.objects.current().order_by("pk")) == current


def test_a_hand_made_collectivite_gets_its_shown_name_and_a_free_address() -> None:
    first, second = (Collectivite.objects.create(kind="petr", name="PETR du Pays de Retz") for _ in range(2))
    assert (first.display_name, first.slug, second.slug) == (
        "PETR du Pays de Retz",
        "petr-du-pays-de-retz",
        "petr-du-pays-de-retz-2",
    )
    assert first.of_name == "du PETR du Pays de Retz"


def test_a_grouping_over_two_departements_touches_each_once() -> None:
    region = CollectiviteFactory(kind="region", code="52")
    departements = [CollectiviteFactory(as_departement=True, region=region, name=name) for name in ("Sarthe", "Vendée")]
    grouping = CollectiviteFactory()
    grouping.departements.set(departements)
    commune = CollectiviteFactory(commune=True, departement=departements[0], epci=grouping)
    CollectiviteFactory(commune=True)
    touching = Collectivite.objects.touching_region("52").order_by("pk")
    assert list(touching) == [region, *departements, grouping, commune]
    in_first = Collectivite.objects.touching_departement(departements[0].code).order_by("pk")
    assert list(in_first) == [departements[0], grouping, commune]
    assert list(commune.covering_collectivites()) == [grouping, departements[0], region]
    assert list(grouping.covering_collectivites()) == [*departements, region]
    assert list(region.covering_collectivites()) == []


def test_what_has_ended_covers_no_one() -> None:
    commune = CollectiviteFactory(commune=True, epci=CollectiviteFactory(ended_on=date(2026, 1, 1)))
    assert list(commune.covering_collectivites()) == [commune.departement]
