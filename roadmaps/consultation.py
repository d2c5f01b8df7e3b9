"""What is said of a draft, as pages show it: the comments gathered by what they are about."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from roadmaps.document import Document
from roadmaps.forms.comments import TextForm
from roadmaps.models import Comment, Content, Edition
from roadmaps.rules import may_comment, may_handle_comments, may_reopen, may_withdraw
from ui.badges import badge
from ui.typography import plural

DOCUMENT = Comment.Kind.DOCUMENT.value  # subject of a comment on the whole
WHOLE = "Tout le document"
BESIDE = 15  # comments that a sheet shows; its outline weighs enough
EXTRACT = 90  # characters of a comment in a list


@dataclass
class Remark:
    """A comment, and what the reader may do with it."""

    comment: Comment
    url: str  # under which its gestures are
    name: str  # of what it is about
    may_answer: bool = False
    may_reopen: bool = False
    may_withdraw: bool = False
    form: TextForm | None = None  # an answer that was not taken

    @property
    def anchor(self) -> str:
        return f"commentaire-{self.comment.pk}"

    @property
    def has_gestures(self) -> bool:
        return bool(self.may_answer or self.may_reopen or self.may_withdraw or self.form)

    @property
    def state(self) -> SafeString:
        said = self.comment
        if said.is_closed:
            return badge("Clos", "success", "circle-check-big")
        if said.reopened_at and not (said.answered_at and said.answered_at > said.reopened_at):
            return badge("Rouvert", "warning", "rotate-ccw")
        return (
            badge("Répondu, à clore", "info", "reply") if said.answered_at else badge("À traiter", "warning", "inbox")
        )

    @property
    def extract(self) -> str:
        return Truncator(" ".join(self.comment.text.split())).chars(EXTRACT)


@dataclass
class Thread:
    """What is said of one thing, and where more is said."""

    subject: str
    name: str
    url: str  # where a comment is sent
    back: str  # page to come back to
    remarks: list[Remark] = field(default_factory=list)
    to_handle: int = 0  # of all that is said
    may_comment: bool = False
    form: TextForm | None = None  # a comment that was not taken
    rest: int = 0  # how many more the page of the consultation shows

    @property
    def anchor(self) -> str:
        return f"discussion-{self.subject}"


class Consultation:
    """The comments of an edition; they are read in one query, when they are first asked for."""

    def __init__(
        self,
        edition: Edition,
        user: Any,
        back: str = "",
        *,
        is_only_to_handle: bool = False,
        refused: TextForm | None = None,
    ) -> None:
        """Prepare the comments of an edition.

        Args:
            edition: with its roadmap and its carriers loaded.
            user: who reads, and may read them.
            back: page to come back to after a gesture; that of the consultation by default.
            is_only_to_handle: leave out those that are closed.
            refused: what was sent and not taken, shown again where it was typed.
        """
        self.edition, self.user, self.refused = edition, user, refused
        self.is_only_to_handle = is_only_to_handle
        self.base = reverse("roadmap-consultation", args=[edition.roadmap.slug])
        self.url = f"{self.base}?edition={edition.number}"
        self.to_handle_url = f"{self.url}&voir=a-traiter"
        self.back = back or (self.to_handle_url if is_only_to_handle else self.url)

    @cached_property
    def comments(self) -> list[Comment]:
        comments = list(Comment.objects.filter(edition=self.edition).with_people())
        for one in comments:
            one.edition = self.edition
        return comments

    @cached_property
    def open_by_subject(self) -> Counter[str]:
        """How many comments on each thing are to be handled."""
        return Counter(one.subject for one in self.comments if not one.is_closed)

    @property
    def to_handle(self) -> int:
        return self.open_by_subject.total()

    def open_about(self, row: Content) -> int:
        """Count the comments on a row that are to be handled."""
        return self.open_by_subject[subject_of(row)]

    @property
    def summary(self) -> str:
        """Such as « 12 commentaires, 5 à traiter »."""
        if not self.comments:
            return "Aucun commentaire"
        return f"{plural(len(self.comments), 'commentaire', 'commentaires')}, {self.to_handle} à traiter"

    @cached_property
    def shown(self) -> list[Comment]:
        return [one for one in self.comments if not (self.is_only_to_handle and one.is_closed)]

    def thread(self, subject: str, name: str) -> Thread:
        """Give what is said of one thing.

        Args:
            subject: as ``Comment.subject`` says it.
            name: what it is called.
        """
        return Thread(
            subject,
            name,
            self.url,
            self.back,
            remarks=[self._remark(one, name) for one in self.shown if one.subject == subject],
            to_handle=self.open_by_subject[subject],
            may_comment=not self.edition.is_published and may_comment(self.user, self.edition.roadmap),
            form=self._refused_at(f"discussion-{subject}"),
        )

    def thread_beside(self, subject: str, name: str) -> Thread:
        """Give what is said of one thing as its sheet shows it: what is to be handled first, and not too much."""
        thread = self.thread(subject, name)
        thread.remarks.sort(key=lambda remark: remark.comment.is_closed)
        thread.rest = max(0, len(thread.remarks) - BESIDE)
        del thread.remarks[BESIDE:]
        return thread

    def lost(self, names: dict[str, str]) -> list[Thread]:
        """Give what is said of things that are no longer in the edition, as they were called.

        Args:
            names: of all that is there, by subject.
        """
        gone = {one.subject: one.title for one in self.shown if one.subject not in names}
        threads = [self.thread(subject, title) for subject, title in gone.items()]
        for thread in threads:
            thread.may_comment = False
        return threads

    def _remark(self, one: Comment, name: str) -> Remark:
        remark = Remark(one, f"{self.base}{one.pk}/", name, form=self._refused_at(f"commentaire-{one.pk}"))
        if not self.edition.is_published:
            remark.may_answer = may_handle_comments(self.user) and not one.is_closed
            remark.may_reopen = one.is_closed and may_reopen(self.user, one)
            remark.may_withdraw = not (one.is_closed or one.answered_at) and may_withdraw(self.user, one)
        return remark

    def _refused_at(self, anchor: str) -> TextForm | None:
        return self.refused if self.refused and self.refused.anchor == anchor else None


class CommentedDocument(Document):
    """The draft as one comments on it: its sections, objectives and actions, each with what is said of it.

    Key figures, annexes and what belongs to the roadmap itself are read with the draft; one comments on the whole.
    """

    key_figures = annexes = milestones = actors = relatives = steering = ()  # type: ignore[assignment]  # nothing is read

    @cached_property
    def names(self) -> dict[str, str]:
        """What each thing that one may comment on is called, by subject, in the order of the document."""
        names = {DOCUMENT: WHOLE}
        names |= {f"section-{section['uid']}": section["title"] for section in self.sections_before}
        for objective in self.objectives:
            names[f"objective-{objective.uid}"] = objective.name
            names |= {f"action-{action.uid}": action.name for action in objective.actions}
        return names | {f"section-{section['uid']}": section["title"] for section in self.sections_after}

    def show(self, drawn: dict[str, SafeString]) -> None:
        """Put what is said of each thing under it.

        Args:
            drawn: the discussions, by subject.
        """
        self.discussion = drawn[DOCUMENT]
        for section in self.sections:
            section["discussion"] = drawn[f"section-{section['uid']}"]
        for objective in self.objectives:
            objective.discussion = drawn[f"objective-{objective.uid}"]
        for action in self.actions:
            action.discussion = drawn[f"action-{action.uid}"]


def subject_of(row: Content) -> str:
    """Name a row as ``Comment.subject`` does."""
    return f"{row._meta.model_name}-{row.uid}"


def subject_parts(subject: str) -> dict[str, Any]:
    """Split a subject into what a comment keeps of it."""
    kind, _, uid = subject.partition("-")
    return {"kind": kind, "uid": uid}
