"""The nouns of roadmaps: one file a family, each QuerySet above its model."""

from .action import Action, ActionActor, Funding, Step
from .annex import Annex
from .comments import Comment
from .content import Content
from .edition import Edition
from .figures import Indicator, KeyFigure, Measure
from .history import ModelAction, Presence, Revision
from .listing import ActionListing, RoadmapListing
from .objective import Objective
from .outline import Horizon, Section
from .printing import FrozenPage, Printing
from .progress import ProgressReport
from .roadmap import Milestone, Roadmap, RoadmapActor
from .terms import EssFamily, Lever, SustainableGoal, Theme

# Every kind of row that an edition is made of, each after those it points at: the order of copying.
CONTENT_MODELS: tuple[type[Content], ...] = (
    Section,
    Horizon,
    KeyFigure,
    Annex,
    Objective,
    Action,
    ActionActor,
    Funding,
    Step,
    Indicator,
    Measure,
)

__all__ = [
    "CONTENT_MODELS",
    "Action",
    "ActionActor",
    "ActionListing",
    "Annex",
    "Comment",
    "Content",
    "Edition",
    "EssFamily",
    "FrozenPage",
    "Funding",
    "Horizon",
    "Indicator",
    "KeyFigure",
    "Lever",
    "Measure",
    "Milestone",
    "ModelAction",
    "Objective",
    "Presence",
    "Printing",
    "ProgressReport",
    "Revision",
    "Roadmap",
    "RoadmapActor",
    "RoadmapListing",
    "Section",
    "Step",
    "SustainableGoal",
    "Theme",
]
