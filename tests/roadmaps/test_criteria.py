"""What makes an action complete."""

import pytest

from roadmaps.completeness import Progress, progress, progress_of, tree
from roadmaps.criteria import CRITERIA, lacks, starts_with_verb, weighed
from roadmaps.models import Action, ActionActor, Edition
from tests.roadmaps.factories import (
    ActionActorFactory,
    ActionFactory,
    EditionFactory,
    FundingFactory,
    HorizonFactory,
    IndicatorFactory,
    ObjectiveFactory,
)
from tests.roadmaps.whole import whole_edition
from ui.partial_date import PartialDate

VERBS = [
    "Créer un fonds", "Se doter d’une charte", "S’appuyer sur les réseaux", "S'engager", "Ne pas oublier les jeunes",
    "Mieux connaître l’ESS", "Co-construire", "Réemployer", "Ré-employer", "3.1 Réunir", "A7 – Soutenir", "Mettre",
    "Conclure", "Poursuivre", "Faire connaître", "Accueillir", "Promouvoir", "Étendre", "Élire", "Rompre", "Être là",
    "Œuvrer", "Inclure", "Satisfaire", "« Acheter durable »", "Voir", "Offrir",
]  # fmt: skip
NAMES = [
    "Création d’un fonds", "Atelier", "Un guide", "Le territoire", "Territoire zéro", "Observatoire", "Partenaire",
    "Structure", "Culture", "Premier forum", "Chantier école", "Offre", "Filière", "Par l’ESS", "Pour tous", "Mesure",
    "Annuaire", "Centre", "Lettre", "Rencontres", "Ouverture", "Marché", "", "42", "Hiver solidaire",
]  # fmt: skip


def test_the_verb_of_a_title_is_recognised():
    assert [title for title in VERBS if not starts_with_verb(title)] == []
    assert [title for title in NAMES if starts_with_verb(title)] == []


def test_an_action_of_a_title_alone_lacks_everything(db):
    ActionFactory()
    assert lacks(weighed(Action.objects.all()).get()) == list(CRITERIA)


COMPLETED = {
    "text": lambda action: Action.objects.filter(pk=action.pk).update(description="<p>Comment.</p>"),
    "need": lambda action: Action.objects.filter(pk=action.pk).update(answers_social_need=True),
    "lead": lambda action: ActionActorFactory(action=action, role=ActionActor.Role.CARRIER),
    "horizon": lambda action: Action.objects.filter(pk=action.pk).update(starts_on=PartialDate(2026)),
    "means": lambda action: FundingFactory(action=action),
    "indicator": lambda action: IndicatorFactory(action=action),
}
OTHERWISE = {
    "text": lambda action: Action.objects.filter(pk=action.pk).update(summary="En deux mots."),
    "horizon": lambda action: Action.objects.filter(pk=action.pk).update(
        horizon=HorizonFactory(edition=action.edition)
    ),
    "means": lambda action: Action.objects.filter(pk=action.pk).update(means="Un poste."),
    "indicator": lambda action: IndicatorFactory(objective=action.objective),
}


@pytest.mark.parametrize(("name", "complete"), [*COMPLETED.items(), *OTHERWISE.items()])
def test_each_thing_is_lacking_until_it_is_said(name, complete, db):
    action = ActionFactory()
    complete(action)
    lacking = lacks(weighed(Action.objects.all()).get())
    assert [one.name for one in CRITERIA if one not in lacking] == [name]


def test_a_partner_does_not_lead(db):
    ActionActorFactory(role=ActionActor.Role.PARTNER)
    assert "lead" in [one.name for one in lacks(weighed(Action.objects.all()).get())]


def test_the_tree_and_the_database_count_the_same_complete_actions(db):
    edition = whole_edition(actions=3)
    Action.objects.update(answers_social_need=True, summary="En deux mots.", means="Un poste.")
    ActionFactory(objective=edition.objective_set.last())
    empty = EditionFactory()
    assert progress(tree(edition)) == Progress(3, 4)
    assert progress_of(Edition.objects.all()) == {edition.pk: Progress(3, 4), empty.pk: Progress(0, 0)}


@pytest.mark.parametrize(
    ("counted", "words"),
    [
        (Progress(0, 0), "Aucune action"),
        (Progress(0, 3), "0\xa0action complète sur 3"),
        (Progress(31, 45), "31\xa0actions complètes sur 45"),
    ],
)
def test_completeness_is_told_in_words_and_figures(counted, words):
    assert str(counted) == words


def test_the_outline_marks_little_and_knows_all(db):
    action = ActionFactory(summary="En deux mots.")
    ObjectiveFactory(edition=action.edition)
    full, empty = tree(action.edition)
    assert full.actions[0].missing == ["sans pilote ni porteur", "sans horizon ni date"]
    assert full.actions[0].is_incomplete
    assert (full.missing, empty.missing) == ([], ["rien dessous"])
