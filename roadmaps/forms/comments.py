"""A comment on a draft, or the answer to one: a plain text; refused, it is shown again where it was typed."""

from typing import Any

from django import forms

from roadmaps.forms.rows import sent_back
from roadmaps.models.comments import LONGEST
from ui.forms import PlainTextField

GONE = "Cette fiche vient d’être supprimée : adressez votre commentaire au document entier, il est gardé ici."


class TextForm(forms.Form):
    """A text, on a page that holds many such forms: its anchor says which one it is."""

    text = PlainTextField(max_length=LONGEST, widget=forms.Textarea({"rows": 4}))

    def __init__(self, *args: Any, anchor: str, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"id_{anchor}_%s", **kwargs)
        self.anchor = anchor

    def refuse(self, reason: str) -> None:
        """Say why what was sent is not taken."""
        self.add_error("text", reason)


class CommentForm(TextForm):
    """What is said, and of what."""

    def __init__(self, data: Any, names: dict[str, str]) -> None:
        """Read what was sent.

        Args:
            data: the form as sent.
            names: of all that may be commented on, by subject.
        """
        self.subject = data.get("sujet", "")
        self.is_gone = self.subject not in names
        super().__init__(data, anchor="discussion-document" if self.is_gone else f"discussion-{self.subject}")
        self.fields["text"].label = "Votre commentaire"
        self.names = names

    @property
    def title(self) -> str:
        return self.names[self.subject]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.is_gone:
            self.refuse(GONE)
        return cleaned


class AnswerForm(TextForm):
    """What is answered, and to which version of the comment."""

    def __init__(self, data: Any, anchor: str) -> None:
        super().__init__(data, anchor=anchor)
        self.fields["text"].label = "Votre réponse"
        self.version = sent_back(data.get("version_lue", ""))
