"""One body as everyone reads it: everything that its page says, prepared once."""

import datetime as dt
from functools import cached_property
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse

from instances.composition import Composition, composition_of
from instances.mandates import period_of
from instances.models import Document, Instance, Meeting, Seat
from instances.past import tell_positions
from instances.register import tally, told_seats
from instances.subjects import told_subjects
from roadmaps.models import Roadmap
from ui.links import Link, links

PAST_MEETINGS = 6


class Portrait:
    """The page of a body.

    Args:
        instance: the body, with its parent loaded.
        day: on which one looks.

    Nothing internal is in a portrait, whoever reads it.
    """

    def __init__(self, instance: Instance, day: dt.date) -> None:
        self.instance, self.day = instance, day
        self.is_dissolved = instance.is_dissolved(day)

    @cached_property
    def composition(self) -> Composition:
        return composition_of(self.instance, self.day)

    @property
    def seats(self) -> list[Seat]:
        """The seats of the day, each with who holds it, its alternates after it."""
        return self.composition.seats

    @property
    def seats_told(self) -> str:
        return told_seats(tally(self.seats))

    @property
    def former(self) -> list[dict[str, Any]]:
        """Who held a seat, and no longer does."""
        return [{"mandate": one, "period": period_of(one)} for one in self.composition.former]

    @property
    def next_holders(self) -> list[dict[str, Any]]:
        """Who was appointed to a seat, and does not sit yet."""
        return [{"mandate": one, "period": period_of(one)} for one in reversed(self.composition.ahead)]

    @cached_property
    def relatives(self) -> list[Instance]:
        """The public bodies that it replaces, that replace it, and its groups that still exist."""
        return list(Instance.objects.public().relatives_of(self.instance))

    @property
    def successors(self) -> list[Instance]:
        return [one for one in self.relatives if one.comes_after]

    @property
    def predecessors(self) -> list[Instance]:
        return [one for one in self.relatives if one.comes_before]

    @property
    def groups(self) -> list[Instance]:
        groups = [one for one in self.relatives if one.parent_id == self.instance.pk]
        return [one for one in groups if not one.is_dissolved(self.day)]

    @property
    def parent(self) -> Instance | None:
        parent = self.instance.parent
        return parent if parent and parent.is_public else None

    @cached_property
    def meetings(self) -> list[Meeting]:
        """The meetings to come and the latest ones, one more than is shown, each with what is public of it."""
        found = Meeting.objects.filter(instance=self.instance).announced().around(self.day, PAST_MEETINGS + 1)
        public = Prefetch("documents", Document.objects.public(), to_attr="told_documents")
        return tell_positions(found.prefetch_related(public), self.positions)

    @property
    def coming(self) -> list[Meeting]:
        return [meeting for meeting in self.meetings if meeting.held_on >= self.day]

    @property
    def past(self) -> list[Meeting]:
        """The latest meetings."""
        return self._before[:PAST_MEETINGS]

    @property
    def has_older(self) -> bool:
        """Whether there are meetings before those."""
        return len(self._before) > PAST_MEETINGS

    @property
    def _before(self) -> list[Meeting]:
        return [meeting for meeting in reversed(self.meetings) if meeting.held_on < self.day]

    @cached_property
    def documents(self) -> list[Document]:
        """Those of the body itself."""
        return list(Document.objects.filter(instance=self.instance, meeting=None).public())

    @cached_property
    def _links(self) -> dict[str, list[Link]]:
        steered = Roadmap.objects.published().filter(steering_instances=self.instance)
        return links(roadmaps=steered.as_links(), positions=self.instance.publications.online().as_links())

    @property
    def roadmaps(self) -> list[Link]:
        """The published roadmaps that it steers."""
        return self._links["roadmaps"]

    @property
    def positions(self) -> list[Link]:
        """The positions that were carried there, which hang on it from the floor above."""
        return self._links["positions"]

    @cached_property
    def subjects(self) -> list[dict[str, Any]]:
        return told_subjects(self.instance.subjects.select_related("roadmap"))

    @property
    def facts(self) -> list[dict[str, Any]]:
        """What it is, in brief."""
        instance = self.instance
        facts = [
            ("Organisée par", ", ".join(str(one) for one in instance.organisers.all()), False),
            ("Niveau", instance.get_level_display(), False),
            ("Nature", instance.get_kind_display(), False),
            ("Territoire", ", ".join(one.display_name for one in instance.territories.all()), False),
            ("Fréquence", instance.frequency, False),
            ("Base juridique", instance.legal_basis, True),
        ]
        return [{"term": term, "value": value, "is_wide": wide} for term, value, wide in facts if value]

    @cached_property
    def themes(self) -> list[dict[str, str]]:
        url = reverse("instance-list")
        return [{"label": theme.label, "url": f"{url}?theme={theme.code}"} for theme in self.instance.themes.all()]

    @property
    def sources(self) -> list[str]:
        return [line for line in map(str.strip, self.instance.sources.splitlines()) if line]
