"""The kinds of rows that an edition is written in, one a line: what each is called, and its form."""

from dataclasses import dataclass

from django.db.models import QuerySet

from publishing.versions import UID_ALPHABET, UID_LENGTH
from roadmaps.forms.action import ActionForm
from roadmaps.forms.indicator import IndicatorForm
from roadmaps.forms.outline import AnnexForm, HorizonForm, KeyFigureForm, ObjectiveForm, SectionForm
from roadmaps.forms.sheet import SheetForm
from roadmaps.models import Content, Edition


@dataclass(frozen=True)
class Part:
    """A kind of row: its address, its form, and its words."""

    address: str
    form: type[SheetForm]
    plural: str  # title of its list
    new: str  # title of the page that adds one, and label of the link to it
    this: str  # « la section », « l’annexe »: how a message speaks of one
    gender: str  # "f" or "m", for the agreement of a message
    lead: str = ""  # what it is for, under the title of its list

    @property
    def model(self) -> type[Content]:
        return self.form._meta.model

    @property
    def is_in_outline(self) -> bool:
        """Whether it is listed by the tree of the roadmap’s desk rather than by a page of its own."""
        return self.address in {"objectifs", "actions"}

    def rows(self, edition: Edition) -> QuerySet:
        """Give those of an edition, in order."""
        return self.model._default_manager.filter(edition=edition)

    def agree(self, participle: str) -> str:
        """Make a participle agree with its name."""
        return f"{participle}e" if self.gender == "f" else participle


PARTS = (
    Part("sections", SectionForm, "Sections", "Ajouter une section", "la section", "f",
         "Le récit du document : contexte, diagnostic, enjeux, gouvernance, suivi et évaluation."),
    Part("chiffres-cles", KeyFigureForm, "Chiffres clés", "Ajouter un chiffre clé", "le chiffre clé", "m",
         "L’ESS du territoire en quelques chiffres, chacun avec son année et sa source."),
    Part("horizons", HorizonForm, "Horizons", "Ajouter un horizon", "l’horizon", "m",
         "Court, moyen, long terme : datez-les, et classez-y les actions."),
    Part("objectifs", ObjectiveForm, "Objectifs et actions", "Ajouter un objectif", "l’objectif", "m"),
    Part("actions", ActionForm, "Objectifs et actions", "Ajouter une action", "l’action", "f"),
    Part("indicateurs", IndicatorForm, "Indicateurs", "Ajouter un indicateur", "l’indicateur", "m",
         "Ce qui dira si un objectif ou une action réussit."),
    Part("annexes", AnnexForm, "Annexes", "Ajouter une annexe", "l’annexe", "f",
         "Ce qui accompagne le document : synthèse du diagnostic, compte rendu d’atelier, bibliographie."),
)  # fmt: skip
BY_ADDRESS = {part.address: part for part in PARTS}


class PartConverter:
    """Reads and writes the address of a part in a URL: sections, actions and so on."""

    regex = "|".join(BY_ADDRESS)

    def to_python(self, value: str) -> Part:
        return BY_ADDRESS[value]

    def to_url(self, value: Part | str) -> str:
        return value if isinstance(value, str) else value.address


class UidConverter:
    """Reads the uid of a row in a URL; what no row may be called by leads nowhere."""

    regex = f"[{UID_ALPHABET}]{{{UID_LENGTH}}}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
