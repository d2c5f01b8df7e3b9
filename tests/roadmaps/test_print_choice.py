from datetime import UTC, datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.http import QueryDict

from roadmaps.print_choice import PrintChoice
from tests.roadmaps.factories import ActionFactory, EditionFactory, ObjectiveFactory

EVERYTHING = PrintChoice("axe", "a2b3c4d5", is_economical=True, is_large=True, has_progress=False)


@pytest.mark.parametrize(
    ("query", "choice"),
    [
        ("", PrintChoice()),
        ("version=document", PrintChoice()),
        ("version=conseil", PrintChoice("conseil")),
        ("version=fiche-a2b3c4d5", PrintChoice("fiche", "a2b3c4d5")),
        ("version=axe-a2b3c4d5&econome=1&grands-caracteres=1&avancement=sans", EVERYTHING),
        ("avancement=suivi", PrintChoice(has_follow_up=True)),
    ],
)
def test_an_address_says_what_to_print(query: str, choice: PrintChoice) -> None:
    assert PrintChoice.from_query(QueryDict(query)) == choice
    assert PrintChoice.from_query(QueryDict(choice.query)) == choice


@pytest.mark.parametrize(
    "version", ["tout", "axe", "axe-", "axe-trop-long-pour-un-uid", "conseil-a2b3c4d5", "axe-../..", "&avancement=tout"]
)
def test_an_address_that_makes_no_sense_is_refused(version: str) -> None:
    with pytest.raises(ValidationError, match="n’existe pas"):
        PrintChoice.from_query(QueryDict(f"version={version}"))


@pytest.mark.django_db
def test_a_file_is_named_for_whoever_finds_it() -> None:
    edition = EditionFactory(roadmap__slug="nantes-metropole-ess", number=2)
    axis = ObjectiveFactory(edition=edition, code="Axe 1", title="Entreprendre autrement")
    action = ActionFactory(objective=axis, code="1.2", title="Ouvrir à Chantenay un tiers-lieu " * 4)
    choices = (
        PrintChoice(),
        PrintChoice("conseil", is_large=True),
        PrintChoice("axe", axis.uid, is_economical=True, is_large=True, has_progress=False),
        PrintChoice("fiche", action.uid),
        PrintChoice("conseil", has_follow_up=True),
    )
    with time_machine.travel(datetime(2026, 3, 31, 23, tzinfo=UTC)):  # the next day in France
        names = [choice.file_name(edition).removeprefix("nantes-metropole-ess-edition-2-") for choice in choices]
    assert names == [
        "brouillon.pdf",
        "brouillon-conseil-grands-caracteres.pdf",
        "brouillon-axe-axe-1-entreprendre-autrement-econome-grands-caracteres-sans-avancement.pdf",
        "brouillon-fiche-1-2-ouvrir-a-chantenay-un-tiers-lieu-ouvrir-a-chantenay-un-t.pdf",
        "brouillon-conseil-suivi-2026-04-01.pdf",
    ]


def test_the_look_is_known_to_the_stylesheet_by_classes() -> None:
    assert (PrintChoice().body_class, EVERYTHING.body_class) == ("", "econome grands-caracteres")


def test_the_annexes_go_with_the_whole_document_only() -> None:
    assert [PrintChoice(scope).has_annexes for scope in ("document", "conseil", "axe", "fiche")] == [
        True, False, False, False,
    ]  # fmt: skip
