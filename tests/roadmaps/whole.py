"""A whole edition for the tests: at least one row of every kind that an edition holds."""

from zeal import zeal_ignore

from roadmaps.listing import list_again
from roadmaps.models import Edition, EssFamily, Lever, SustainableGoal, Theme
from tests.people.factories import OrganisationFactory
from tests.roadmaps.factories import (
    ActionActorFactory,
    ActionFactory,
    AnnexFactory,
    EditionFactory,
    FundingFactory,
    HorizonFactory,
    IndicatorFactory,
    KeyFigureFactory,
    MeasureFactory,
    ObjectiveFactory,
    SectionFactory,
    StepFactory,
)
from ui.partial_date import PartialDate


@zeal_ignore()
def whole_edition(actions: int = 1, **edition_fields: object) -> Edition:
    """Make an edition with three levels of objectives and so many actions, each complete."""
    names = {"level_1_name": "Axe", "level_2_name": "Orientation", "level_3_name": "Objectif"}
    edition = EditionFactory(**names | edition_fields)
    SectionFactory(edition=edition)
    KeyFigureFactory(edition=edition)
    AnnexFactory(edition=edition)
    horizon = HorizonFactory(edition=edition)
    top = ObjectiveFactory(edition=edition, code="1", title="Entreprendre autrement")
    middle = ObjectiveFactory(parent=top, code="O1", title="Financer")
    deep = ObjectiveFactory(parent=middle, code="Obj 1", title="Amorcer")
    MeasureFactory(indicator=IndicatorFactory(objective=top, label="Emplois"))
    organisation = OrganisationFactory()
    made = []
    for rank in range(actions):
        action = ActionFactory(objective=deep, horizon=horizon, code=f"A{rank}", position=rank)
        action.levers.set(Lever.objects.all()[:2])
        action.themes.set(Theme.objects.all()[:2])
        action.families.set(EssFamily.objects.all()[:1])
        action.goals.set(SustainableGoal.objects.all()[:1])
        ActionActorFactory(action=action, organisation=organisation)
        FundingFactory(action=action, funder=organisation)
        StepFactory(action=action, due_on=PartialDate(2026, 6))
        MeasureFactory(indicator=IndicatorFactory(action=action))
        made.append(action)
    if len(made) > 1:
        made[0].linked_actions.add(made[1])
    if edition.is_published:
        list_again([edition.roadmap_id])
    return edition
