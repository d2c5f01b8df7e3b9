"""A number that no column holds names nothing, alone or among others."""

import pytest

from roadmaps.models import Theme

pytestmark = pytest.mark.django_db


def test_numbers_out_of_reach_are_left_out_of_a_list_of_keys():
    theme = Theme.objects.create(code="essai", label="Essai")
    assert list(Theme.objects.filter(pk__in=[str(2**63), theme.pk, -(2**64)])) == [theme]
    assert list(Theme.objects.filter(pk__in=[2**63])) == []
    assert list(Theme.objects.filter(pk__in=Theme.objects.filter(code="essai").values("pk"))) == [theme]
