import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from people.models import Organisation, Role
from roadmaps.models import (
    Action,
    Annex,
    Edition,
    Horizon,
    Indicator,
    KeyFigure,
    Milestone,
    Objective,
    Roadmap,
    Section,
)
from tests.people.factories import OrganisationFactory, team_member
from tests.roadmaps.writing.hands import write
from tests.territories.factories import CollectiviteFactory

pytestmark = pytest.mark.django_db


def test_a_whole_roadmap_is_built_with_forms_and_published(client_for):
    collectivite = CollectiviteFactory(name="Erdre et Gesvres", slug="erdre-et-gesvres")
    CollectiviteFactory(name="Nort-sur-Erdre", slug="nort", code="244400999")
    OrganisationFactory(name="Les Écossolies")
    editor = client_for(team_member(Role.EDITOR))

    search = editor.get(reverse("roadmap-create"), {"q": "erdre gesvres"})
    assert [found.slug for found in search.context["found"]] == ["erdre-et-gesvres"]
    created = write(
        editor,
        f"{reverse('roadmap-create')}?collectivite={collectivite.slug}",
        title="Feuille de route de l’ESS",
        ambition="Coopérer.",
        co_carriers="Nort-sur-Erdre",
        referent="Élise Martin",
        **{"edition-period_start": "2026", "edition-period_end": "2030", "edition-level_2_name": "Objectif"},
    )
    roadmap = Roadmap.objects.get()
    desk = reverse("roadmap-edit", args=[roadmap.slug])
    assert (created.status_code, created["Location"]) == (302, desk)
    assert [str(one) for one in roadmap.carriers] == ["Erdre et Gesvres", "Nort-sur-Erdre"]
    assert str(roadmap.referent) == "Élise Martin"
    base = reverse("edition-edit", args=[roadmap.slug, 1])

    assert write(editor, base, foreword="<p>Chers habitants,</p>").status_code == 302
    assert write(editor, f"{base}sections/ajouter/", kind="context", title="Contexte").status_code == 302
    assert write(editor, f"{base}horizons/ajouter/", label="Permanent").status_code == 302
    write(editor, f"{base}chiffres-cles/ajouter/", label="Emplois", value="44 500,5", year="2022", source="Insee")
    pdf = SimpleUploadedFile("bilan.pdf", b"%PDF-1.7 ...")
    assert write(editor, f"{base}annexes/ajouter/", title="Bilan", file=pdf).status_code == 302
    write(editor, f"{base}objectifs/ajouter/", code="Axe A", title="Coopérer")
    axis = Objective.objects.get()
    write(editor, f"{base}objectifs/ajouter/?objectif={axis.uid}", title="Acheter responsable")
    objective = Objective.objects.get(parent=axis)
    saved = write(
        editor,
        f"{base}actions/ajouter/?objectif={objective.uid}",
        title="Ouvrir une recyclerie",
        horizon=str(Horizon.objects.first().pk),
        starts_on="mai 2026",
        answers_social_need="on",
        elected_referent="Élise Martin",
        **{
            "acteurs-0-organisation": "les ecossolies",
            "acteurs-0-role": "lead",
            "acteurs-1-organisation": "Recyclerie du Pays Bleu",
            "financements-0-amount": "20 000",
            "financements-0-year": "2026",
            "financements-0-funder": "Recyclerie du pays bleu",
            "etapes-0-title": "Trouver un local",
            "etapes-0-due_on": "2026",
        },
    )
    action = Action.objects.get()
    assert (saved.status_code, saved["Location"]) == (302, f"{base}actions/{action.uid}/")
    write(
        editor,
        f"{base}indicateurs/ajouter/?action={action.uid}",
        label="Tonnes",
        target="120",
        **{"releves-0-measured_on": "2026", "releves-0-value": "12,5"},
    )
    write(editor, reverse("milestone-create", args=[roadmap.slug]), kind="workshop", title="Atelier")
    write(
        editor, reverse("roadmap-actors", args=[roadmap.slug]),
        **{"acteurs-0-organisation": "Les Écossolies", "acteurs-0-role": "pilot"},
    )  # fmt: skip

    assert Organisation.objects.count() == 2
    assert [str(actor) for actor in action.actors.select_related("organisation")] == [
        "Les Écossolies (pilote)",
        "Recyclerie du Pays Bleu (partenaire)",
    ]
    assert str(action.fundings.get().funder) == "Recyclerie du Pays Bleu"
    assert str(action.elected_referent) == "Élise Martin"
    assert [model.objects.count() for model in (Section, KeyFigure, Annex, Indicator, Milestone)] == [1, 1, 1, 1, 1]
    assert [horizon.position for horizon in Horizon.objects.all()] == [0, 1, 2, 3]
    assert str(KeyFigure.objects.get().value) == "44500.500"

    manager = client_for(team_member(Role.MANAGER))
    published = write(manager, reverse("roadmap-publish", args=[roadmap.slug, 1]), adopted_on="12/05/2026")
    assert (published.status_code, published["Location"]) == (302, reverse("edition-published", args=[roadmap.slug, 1]))
    edition = Edition.objects.get()
    assert (edition.is_published, str(edition.adopted_on)) == (True, "12\xa0mai 2026")
    assert client_for(team_member()).get(roadmap.get_absolute_url()).status_code == 200
