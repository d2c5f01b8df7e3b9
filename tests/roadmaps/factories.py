"""Roadmaps for the tests; every row of an edition can be given its edition, or makes one of its own.

`EditionFactory(published=True)` is published; an objective, action, indicator… takes its edition from what it hangs on.
"""

from datetime import UTC, date, datetime
from typing import Any

import factory
from factory.django import DjangoModelFactory

from publishing.versions import new_uid
from roadmaps.models import (
    Action,
    ActionActor,
    Annex,
    Comment,
    Edition,
    Funding,
    Horizon,
    Indicator,
    KeyFigure,
    Measure,
    Milestone,
    ModelAction,
    Objective,
    ProgressReport,
    Revision,
    Roadmap,
    RoadmapActor,
    Section,
    Step,
)
from tests.people.factories import OrganisationFactory, UserFactory
from tests.territories.factories import CollectiviteFactory
from ui.partial_date import PartialDate


class RoadmapFactory(DjangoModelFactory):
    class Meta:
        model = Roadmap
        skip_postgeneration_save = True

    collectivite = factory.SubFactory(CollectiviteFactory)
    title = factory.Sequence(lambda n: f"Feuille de route ESS {n}")
    slug = factory.Sequence(lambda n: f"feuille-de-route-{n}")
    ambition = "Faire de l’ESS un levier du territoire."

    @factory.post_generation
    def co_carriers(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create and extracted:
            self.co_carriers.set(extracted)


class RoadmapActorFactory(DjangoModelFactory):
    class Meta:
        model = RoadmapActor

    roadmap = factory.SubFactory(RoadmapFactory)
    organisation = factory.SubFactory(OrganisationFactory)


class MilestoneFactory(DjangoModelFactory):
    class Meta:
        model = Milestone

    roadmap = factory.SubFactory(RoadmapFactory)
    kind = Milestone.Kind.WORKSHOP
    title = factory.Sequence(lambda n: f"Atelier {n}")
    held_on = PartialDate(2025, 5)


class EditionFactory(DjangoModelFactory):
    class Meta:
        model = Edition

    class Params:
        published = factory.Trait(published_at=datetime(2026, 1, 15, 9, tzinfo=UTC))

    roadmap = factory.SubFactory(RoadmapFactory)
    number = 1
    level_1_name = "Axe"
    level_2_name = "Objectif"
    period_start = 2026
    period_end = 2030


class SectionFactory(DjangoModelFactory):
    class Meta:
        model = Section

    edition = factory.SubFactory(EditionFactory)
    kind = Section.Kind.CONTEXT
    title = factory.Sequence(lambda n: f"Section {n}")
    body = "<p>Le territoire compte mille associations.</p>"


class HorizonFactory(DjangoModelFactory):
    class Meta:
        model = Horizon

    edition = factory.SubFactory(EditionFactory)
    label = "Court terme"


class KeyFigureFactory(DjangoModelFactory):
    class Meta:
        model = KeyFigure

    edition = factory.SubFactory(EditionFactory)
    label = factory.Sequence(lambda n: f"Emplois salariés de l’ESS {n}")
    value = 44_500
    unit = "salariés"
    year = 2022
    source = "Observatoire de l’ESS"


class AnnexFactory(DjangoModelFactory):
    class Meta:
        model = Annex

    edition = factory.SubFactory(EditionFactory)
    title = factory.Sequence(lambda n: f"Annexe {n}")
    body = "<p>Compte rendu des ateliers.</p>"


class ObjectiveFactory(DjangoModelFactory):
    """At the first level, or one level under `parent`."""

    class Meta:
        model = Objective

    edition = factory.Maybe("parent", factory.SelfAttribute("parent.edition"), factory.SubFactory(EditionFactory))
    parent = None
    depth = factory.LazyAttribute(lambda objective: objective.parent.depth + 1 if objective.parent else 1)
    parent_depth = factory.LazyAttribute(lambda objective: objective.depth - 1)
    title = factory.Sequence(lambda n: f"Objectif {n}")


class ActionFactory(DjangoModelFactory):
    class Meta:
        model = Action

    objective = factory.SubFactory(ObjectiveFactory)
    edition = factory.SelfAttribute("objective.edition")
    title = factory.Sequence(lambda n: f"Soutenir le projet {n}")


class ActionActorFactory(DjangoModelFactory):
    class Meta:
        model = ActionActor

    action = factory.SubFactory(ActionFactory)
    edition = factory.SelfAttribute("action.edition")
    organisation = factory.SubFactory(OrganisationFactory)
    role = ActionActor.Role.LEAD


class FundingFactory(DjangoModelFactory):
    class Meta:
        model = Funding

    action = factory.SubFactory(ActionFactory)
    edition = factory.SelfAttribute("action.edition")
    year = 2026
    nature = Funding.Nature.OPERATING
    amount = 20_000


class StepFactory(DjangoModelFactory):
    class Meta:
        model = Step

    action = factory.SubFactory(ActionFactory)
    edition = factory.SelfAttribute("action.edition")
    title = factory.Sequence(lambda n: f"Étape {n}")


class IndicatorFactory(DjangoModelFactory):
    """On an action, unless `objective` is given: `IndicatorFactory(objective=…)`."""

    class Meta:
        model = Indicator

    objective = None
    action = factory.Maybe("objective", None, factory.SubFactory(ActionFactory))
    edition = factory.LazyAttribute(lambda indicator: (indicator.objective or indicator.action).edition)
    label = factory.Sequence(lambda n: f"Structures accompagnées {n}")
    unit = "structures"


class MeasureFactory(DjangoModelFactory):
    class Meta:
        model = Measure

    indicator = factory.SubFactory(IndicatorFactory)
    edition = factory.SelfAttribute("indicator.edition")
    measured_on = PartialDate(2026)
    value = 12


class ProgressReportFactory(DjangoModelFactory):
    """Of a published action: `ProgressReportFactory(action=action)`."""

    class Meta:
        model = ProgressReport
        exclude = ("action",)

    action = factory.SubFactory(ActionFactory, objective__edition__published=True)
    roadmap = factory.SelfAttribute("action.edition.roadmap")
    uid = factory.SelfAttribute("action.uid")
    status = ProgressReport.Status.ONGOING
    said_on = date(2026, 3, 3)


class RevisionFactory(DjangoModelFactory):
    """A deletion of an objective that held nothing, unless told otherwise."""

    class Meta:
        model = Revision

    edition = factory.SubFactory(EditionFactory)
    roadmap = factory.SelfAttribute("edition.roadmap")
    gesture = Revision.Gesture.DELETED
    kind = "objective"
    uid = factory.LazyFunction(new_uid)
    title = factory.Sequence(lambda n: f"Objectif supprimé {n}")
    before = factory.LazyAttribute(
        lambda one: {"objective": [{"uid": one.uid, "title": one.title, "position": 0, "parent": None}]}
    )
    began_at = at = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


class CommentFactory(DjangoModelFactory):
    """On the document as a whole, unless `about` is given a section, an objective or an action."""

    class Meta:
        model = Comment

    class Params:
        about = None
        closed = factory.Trait(closed_at=datetime(2026, 3, 4, 9, 30, tzinfo=UTC))

    edition = factory.Maybe("about", factory.SelfAttribute("about.edition"), factory.SubFactory(EditionFactory))
    kind = factory.LazyAttribute(lambda one: one.about._meta.model_name if one.about else Comment.Kind.DOCUMENT)
    uid = factory.LazyAttribute(lambda one: one.about.uid if one.about else "")
    title = factory.LazyAttribute(lambda one: str(one.about or ""))
    text = factory.Sequence(lambda n: f"La cible de l’indicateur {n} est-elle annuelle ?")
    author = factory.SubFactory(UserFactory)
    written_at = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


class ModelActionFactory(DjangoModelFactory):
    """A model that says no more than its title."""

    class Meta:
        model = ModelAction

    title = factory.Sequence(lambda n: f"Ouvrir un tiers-lieu {n}")
    content = factory.LazyAttribute(lambda one: {"action": [{"uid": new_uid(), "title": one.title}]})
