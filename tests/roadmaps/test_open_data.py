import json
from typing import Any

import pytest
from django.urls import reverse
from zeal import zeal_ignore

from people.models import Person
from roadmaps.models import CONTENT_MODELS, Action, ActionActor, Edition, Milestone, Roadmap, RoadmapActor
from roadmaps.open_data import PUBLIC, open_data, open_data_bytes, sha256_of
from roadmaps.snapshots import OWN_FIELDS
from tests.html_client import ReadingClient
from tests.people.factories import OrganisationFactory
from tests.roadmaps.factories import ActionActorFactory, MilestoneFactory, RoadmapActorFactory, RoadmapFactory
from tests.roadmaps.whole import whole_edition
from tests.territories.factories import CollectiviteFactory

pytestmark = pytest.mark.django_db

# What a sheet holds and nobody else reads, or what is said otherwise.
PRIVATE = {
    "Action": {"internal_note", "position"},
    "ActionActor": {"uid", "position", "action"},  # it stands in its action
    "Annex": {"file", "position"},  # its address is given
    "Edition": {  # said in plain values
        "adopted_by", "adopted_on", "deliberation", "deliberation_number", "level_1_name", "level_2_name",
        "level_3_name", "period_end", "period_start",
    },
    "Funding": {"uid", "position", "action"},
    "Horizon": {"position"},
    "Indicator": {"position"},
    "KeyFigure": {"position"},
    "Measure": {"uid", "position", "indicator"},
    "Milestone": {"document"},
    "Objective": {"position", "tone"},  # its look
    "RoadmapActor": set(),
    "Section": {"position"},
    "Step": {"uid", "position", "action"},
}  # fmt: skip


def test_every_field_is_public_or_is_kept_on_purpose() -> None:
    for model in (*CONTENT_MODELS, Edition, Milestone, RoadmapActor):
        fields = {field.name for field in (*model._meta.concrete_fields, *model._meta.local_many_to_many)}
        assert fields - OWN_FIELDS - set(PUBLIC[model]) == PRIVATE[model.__name__], model


def test_the_data_of_a_small_edition_are_all_that_it_says() -> None:
    nantes = CollectiviteFactory(kind="metropole", code="244400404", name="Nantes Métropole")
    roadmap = RoadmapFactory(collectivite=nantes, title="Feuille de route", slug="fdr", kind=Roadmap.Kind.STRATEGY)
    edition = whole_edition(roadmap=roadmap, published=True, change_note="Deux actions de plus.")
    data = open_data(edition)
    assert list(data) == [
        "format", "licence", "producteur", "adresse", "feuille_de_route", "edition", "horizons", "chiffres_cles",
        "sections", "objectifs", "actions", "indicateurs", "annexes",
    ]  # fmt: skip
    assert data["feuille_de_route"] == {
        "identifiant": "fdr",
        "titre": "Feuille de route",
        "type": "Stratégie",
        "ambition": roadmap.ambition,
        "exemple_fictif": False,
        "collectivites": [
            {"nom": "Nantes Métropole", "nature": "Métropole", "siren": "244400404", "code_insee": ""},
        ],
        "referent_cress": None,
        "acteurs": [],
        "demarche": [],
    }
    assert data["edition"] == {
        "numero": 1,
        "etat": "publiée",
        "publiee_le": "2026-01-15",
        "premiere_annee": 2026,
        "derniere_annee": 2030,
        "niveaux": ["Axe", "Orientation", "Objectif"],
        "adoptee_le": None,
        "adoptee_par": "",
        "deliberation": "",
        "fichier_deliberation": None,
        "edito": "",
        "signature_edito": "",
        "avertissement": "",
        "ce_qui_change": "Deux actions de plus.",
        "sources": "",
    }
    (action,) = data["actions"]
    organisation = {"nom": ActionActor.objects.get().organisation.name, "collectivite": None}
    assert action["acteurs"] == [{"organisme": organisation, "role": "Pilote"}]
    assert action["financements"] == [
        {
            "annee": 2026, "nature": "Fonctionnement", "financeur": organisation, "montant": 20_000, "etat": "Prévu",
            "precision": "",
        }
    ]  # fmt: skip
    assert [indicator["releves"][0]["valeur"] for indicator in data["indicateurs"]] == [12, 12]
    assert [objective["parent"] for objective in data["objectifs"]] == [
        None, *[objective["identifiant"] for objective in data["objectifs"][:2]],
    ]  # fmt: skip


def test_a_collectivite_that_acts_is_known_by_its_codes() -> None:
    edition = whole_edition(published=True)
    commune = CollectiviteFactory(commune=True, code="44109", name="Nantes", siren="214401093")
    with zeal_ignore():
        ActionActorFactory(
            action=Action.objects.get(), organisation=OrganisationFactory(name="Ville", collectivite=commune)
        )
    (_, actor) = open_data(edition)["actions"][0]["acteurs"]
    assert actor["organisme"] == {
        "nom": "Ville",
        "collectivite": {"nom": "Nantes", "nature": "Commune", "siren": "214401093", "code_insee": "44109"},
    }


def test_nothing_that_is_kept_inside_goes_out() -> None:
    edition = whole_edition(published=True)
    Action.objects.update(internal_note="À garder pour nous")
    Person.objects.create(last_name="Secrète", job="Personne ne la nomme")
    written = open_data_bytes(edition).decode()
    assert [word for word in ("garder", "Secrète", "internal", "position") if word in written] == []


def test_rich_text_goes_out_as_clean_as_it_is_shown() -> None:
    edition = whole_edition(published=True)
    Action.objects.update(description='<p onclick="x()">Texte</p><script>x()</script>')
    assert open_data(edition)["actions"][0]["description"] == "<p>Texte</p>"


def test_the_same_edition_is_written_in_the_same_bytes() -> None:
    edition = whole_edition(2, published=True)
    with zeal_ignore():
        assert open_data_bytes(edition) == open_data_bytes(Edition.objects.get(pk=edition.pk))


@pytest.mark.parametrize("actions", [1, 3, 40])
def test_the_data_take_as_many_queries_whatever_they_hold(actions: int, django_assert_num_queries: Any) -> None:
    edition = whole_edition(actions, published=True)
    with zeal_ignore():
        MilestoneFactory(roadmap=edition.roadmap)
        RoadmapActorFactory(roadmap=edition.roadmap)
    edition = Edition.objects.select_related("roadmap__collectivite", "roadmap__referent").get(pk=edition.pk)
    with django_assert_num_queries(21):
        open_data_bytes(edition)


def test_the_data_are_read_by_everyone_and_not_sent_twice(client: ReadingClient) -> None:
    edition = whole_edition(published=True)
    answer = client.get(reverse("roadmap-data", args=[edition.roadmap.slug]))
    assert (answer["Content-Type"], json.loads(answer.content)) == ("application/json", open_data(edition))
    assert answer["ETag"] == f'"{sha256_of(answer.content)}"'
    again = client.get(
        reverse("edition-data", args=[edition.roadmap.slug, 1]), headers={"If-None-Match": answer["ETag"]}
    )
    assert (again.status_code, again.content) == (304, b"")
