"""What a reader looks for in every action: who, when, with what means, followed how.

An action that has it all is complete. The verb of its title is advised only: French does not always show its verbs.
"""

import re
from dataclasses import dataclass

from django.db.models import Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.db.models.fields import BooleanField

from roadmaps.models import Action, ActionActor, Funding, Indicator
from territories.names import fold

# Who answers for an action, whatever the word.
LEADS = (ActionActor.Role.LEAD, ActionActor.Role.CARRIER)
HAS_LEAD = Exists(ActionActor.objects.filter(action=OuterRef("pk"), role__in=LEADS))
HAS_FUNDING = Exists(Funding.objects.filter(action=OuterRef("pk")))
HAS_INDICATOR = Exists(
    Indicator.objects.filter(Q(action=OuterRef("pk")) | Q(objective=OuterRef("objective"))).order_by()
)


@dataclass(frozen=True)
class Criterion:
    """One thing that an action says, or lacks."""

    name: str
    mark: str  # « sans pilote », said of an action that lacks it
    gesture: str  # « dire qui la pilote », said of the link that leads there
    place: str  # address of the field, under the edition’s
    lacking: Q | None = None  # the database’s words for it; None: read from the title
    is_short: bool = False  # marked in the outline

    @property
    def flag(self) -> str:
        return f"lacks_{self.name}"

    def is_lacking(self, action: Action) -> bool:
        """Say whether an action given by ``weighed`` lacks it."""
        return not starts_with_verb(action.title) if self.lacking is None else getattr(action, self.flag)

    def address(self, base: str, action: Action) -> str:
        return base + self.place.format(uid=action.uid)


SHEET = "actions/{uid}/"
VERB = Criterion("verb", "intitulé sans verbe", "commencer l’intitulé par un verbe", f"{SHEET}#id_title")
CRITERIA = (
    Criterion("text", "sans résumé ni description", "écrire un résumé", f"{SHEET}#id_summary",
              Q(summary="", description=""), is_short=True),
    Criterion("need", "sans besoin désigné", "dire à quel besoin elle répond",
              f"{SHEET}#id_answers_economic_need",
              Q(answers_economic_need=False, answers_social_need=False, answers_environmental_need=False)),
    Criterion("lead", "sans pilote ni porteur", "dire qui la pilote ou la porte", f"{SHEET}#id_acteurs-0-organisation",
              Q(~HAS_LEAD), is_short=True),
    Criterion("horizon", "sans horizon ni date", "dire son horizon ou ses dates", f"{SHEET}#id_horizon",
              Q(horizon=None, starts_on=None, ends_on=None), is_short=True),
    Criterion("means", "sans moyens", "dire ses moyens ou ses financements", f"{SHEET}#id_means",
              Q(~HAS_FUNDING, means="")),
    Criterion("indicator", "sans indicateur", "lui donner un indicateur",
              f"{SHEET}#id_indicateurs-0-label", Q(~HAS_INDICATOR)),
)  # fmt: skip
INCOMPLETE = Q()
for criterion in CRITERIA:
    INCOMPLETE |= Q(**{criterion.flag: True})


def weighed(actions: QuerySet[Action]) -> QuerySet[Action]:
    """Say of each action what it lacks, in the same query."""
    flags = {one.flag: ExpressionWrapper(one.lacking, BooleanField()) for one in CRITERIA if one.lacking}
    return actions.annotate(**flags)


def lacks(action: Action) -> list[Criterion]:
    """Give what an action of ``weighed`` lacks to be complete."""
    return [one for one in CRITERIA if one.is_lacking(action)]


def advice(action: Action) -> list[Criterion]:
    """Give what an action of ``weighed`` lacks, and what is advised beside, in the order of its sheet."""
    return [one for one in (VERB, *CRITERIA) if one.is_lacking(action)]


# What may come before the verb: « se doter », « s’appuyer », « ne pas oublier », « mieux connaître », « co-créer ».
BEFORE_VERB = {"se", "s", "ne", "n", "pas", "plus", "mieux", "davantage", "co", "pre", "re", "auto"}
INFINITIVE = re.compile(r".+er|.+ir|.+[dtvp]re|.*[^ao]ire|.+clure|.*(faire|plaire|traire)|croire|boire")
NOT_VERBS = {
    "atelier", "avenir", "cadre", "cahier", "calendrier", "centre", "chantier", "cluster", "contre", "courrier",
    "dernier", "dossier", "empire", "entre", "espoir", "foncier", "hiver", "leader", "lettre", "livre", "loisir",
    "maitre", "metier", "notre", "autre", "ordre", "panier", "papier", "par", "premier", "quartier", "rencontre",
    "sentier", "theatre", "titre", "votre",
}  # fmt: skip


def starts_with_verb(title: str) -> bool:
    """Guess whether a title starts with an infinitive, as « Créer », « Se doter » or « Co-construire » do."""
    words = (word for word in fold(title).split() if word.isalpha() and word not in BEFORE_VERB)
    first = next(words, "")
    return bool(INFINITIVE.fullmatch(first)) and first not in NOT_VERBS
