"""What a reader asks of a printed document: how much of it, and how it looks."""

import re
from dataclasses import dataclass
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.text import slugify

from publishing.versions import UID_ALPHABET, UID_LENGTH
from roadmaps.models import Action, Edition, Objective

WHOLE, COUNCIL, AXIS, ACTION = "document", "conseil", "axe", "fiche"
ECONOMICAL, LARGE = LOOKS = ("econome", "grands-caracteres")
FOLLOWED, NO_PROGRESS = "suivi", "sans"  # what an address says of the progress; nothing for that of the edition
VERSION = re.compile(
    rf"(?P<whole>{WHOLE}|{COUNCIL})|(?P<part>{AXIS}|{ACTION})-(?P<uid>[{UID_ALPHABET}]{{{UID_LENGTH}}})"
)
NAME_LENGTH = 60  # signs of the name of a part in that of a file
UNKNOWN = "Cette version du document n’existe pas\u00a0: choisissez-en une sur la page de téléchargement."


@dataclass(frozen=True)
class PrintChoice:
    """One way to print an edition; by default the whole document, as it is kept once published.

    Args:
        scope: "document", "conseil" (without the narrative annexes), "axe" (one first-level objective) or "fiche".
        uid: of the objective or the action that is printed alone.
        is_economical: without fills, to save ink.
        is_large: in large print, 14 pt.
        has_progress: with what was done and measured when the edition was published.
        has_follow_up: with where the actions stand on the day when it is printed, as was said of them since.
    """

    scope: str = WHOLE
    uid: str = ""
    is_economical: bool = False
    is_large: bool = False
    has_progress: bool = True
    has_follow_up: bool = False

    @classmethod
    def from_query(cls, query: QueryDict) -> Self:
        """Read a choice from an address: ``?version=axe-a2b3c4d5&econome=1&grands-caracteres=1&avancement=suivi``.

        Raises:
            ValidationError: there is no such version.
        """
        version = VERSION.fullmatch(query.get("version") or WHOLE)
        progress = query.get("avancement", "")
        if not version or progress not in {"", FOLLOWED, NO_PROGRESS}:
            raise ValidationError(UNKNOWN)
        asked = {name for name in LOOKS if query.get(name, "0") not in {"", "0"}}
        return cls(
            scope=version["whole"] or version["part"],
            uid=version["uid"] or "",
            is_economical=ECONOMICAL in asked,
            is_large=LARGE in asked,
            has_progress=progress != NO_PROGRESS,
            has_follow_up=progress == FOLLOWED,
        )

    @property
    def version(self) -> str:
        """The part that is printed, as an address says it: "conseil", "fiche-a2b3c4d5"."""
        return f"{self.scope}-{self.uid}" if self.uid else self.scope

    @property
    def query(self) -> str:
        """The query string that ``from_query`` reads; empty for the whole document."""
        values: dict[str, Any] = {} if self.version == WHOLE else {"version": self.version}
        progress = FOLLOWED if self.has_follow_up else "" if self.has_progress else NO_PROGRESS
        return urlencode(values | dict.fromkeys(self.looks, 1) | ({"avancement": progress} if progress else {}))

    @property
    def looks(self) -> list[str]:
        """What sets it apart from the usual look, as addresses and names of files say it."""
        asked = (self.is_economical, self.is_large)
        return [name for name, is_asked in zip(LOOKS, asked, strict=True) if is_asked]

    @property
    def body_class(self) -> str:
        """The classes by which print.css knows it: "econome grands-caracteres"."""
        return " ".join(self.looks)

    @property
    def has_annexes(self) -> bool:
        return self.scope == WHOLE

    @property
    def carries_data(self) -> bool:
        """Whether the data of the whole edition go inside the file: not where it leaves something out."""
        return self.scope == WHOLE and self.has_progress

    def is_found_in(self, edition: Edition) -> bool:
        """Say whether the edition has the axis or action that is asked for; a follow-up, only the one in force has."""
        if self.has_follow_up and not Edition.objects.current().filter(pk=edition.pk).exists():
            return False
        return not self.uid or self._parts(edition).exists()

    def _parts(self, edition: Edition) -> QuerySet[Objective] | QuerySet[Action]:
        """Give the axis or the action that is printed alone, as a list of one, or of none."""
        if self.scope == AXIS:
            return Objective.objects.filter(edition=edition, uid=self.uid, depth=1)
        return Action.objects.filter(edition=edition, uid=self.uid)

    def _part_name(self, edition: Edition) -> str:
        """Name the axis or the action that is printed alone, as a file may: "fiche-1-1-2-ouvrir-un-tiers-lieu"."""
        code, title = self._parts(edition).values_list("code", "title").get()
        return f"{self.scope}-{slugify(f'{code} {title}'.replace('.', '-'))[:NAME_LENGTH].strip('-')}"

    def file_name(self, edition: Edition) -> str:
        """Name the file for whoever finds it in a folder: "…-edition-2-conseil-grands-caracteres.pdf".

        A follow-up, which is another one every month, is named after its day too.

        Args:
            edition: where the axis or the action, if there is one, was found.
        """
        words = [edition.roadmap.slug, "edition", str(edition.number)]
        words += [] if edition.is_published else ["brouillon"]
        words += [self._part_name(edition)] if self.uid else [] if self.scope == WHOLE else [self.scope]
        words += self.looks
        words += [] if self.has_progress else ["sans-avancement"]
        words += ["suivi", timezone.localdate().isoformat()] if self.has_follow_up else []
        return "-".join(words) + ".pdf"
