"""What every form of the workspace has in common: a version, rows of its own, and words for a conflict.

A sheet is one form and the rows that hang on its object (the actors of an action): they are read, checked and
saved together (`roadmaps/writing.py`).
"""

import json
from functools import partial
from typing import Any

from django import forms

from publishing.versions import Versioned
from roadmaps.forms.conflict import (
    CHOICE,
    THEIRS,
    Conflict,
    compared,
    conflict,
    digest,
    digests,
    label_of,
    read_digests,
    sent,
    take,
)
from roadmaps.forms.layout import RowLabels, Rows
from roadmaps.forms.names import Register, names_in, save_named, share_registers
from roadmaps.forms.rows import RowFormSet, sent_back
from roadmaps.forms.uploads import UploadField
from ui.forms import form_helper

STALE = (
    "{who} a enregistré cette page pendant que vous écriviez. Votre saisie est gardée ci-dessous : relisez, "
    "choisissez, puis enregistrez de nouveau."
)
SOMEBODY = "Quelqu’un d’autre"
GONE = (
    "Quelqu’un d’autre a supprimé cette page pendant que vous écriviez. Votre saisie est gardée ci-dessous : "
    "enregistrez de nouveau pour la recréer."
)
RECREATES = 0  # the version sent to write again what was deleted, told from none
CHOOSE_AGAIN = "Choisissez de nouveau le fichier : le navigateur ne le garde pas."


class SheetForm(forms.ModelForm):
    """One page to write: fields of one object, and the rows that hang on it.

    The instance already knows what it belongs to (its edition, its roadmap) when the form is made.
    """

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    base = forms.CharField(required=False, widget=forms.HiddenInput)  # what each field said when it was read

    row_sets: dict[str, type[RowFormSet]] = {}  # by prefix
    spanned: tuple[str, ...] = ("edition",)  # fields set elsewhere that constraints need to see

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conflicts: list[Conflict] = []
        self.taken: list[str] = []  # labels of what only somebody else changed
        self.saved_by = ""  # who saved meanwhile, and when
        self.read = ""  # the version and the digests that were read, as JSON, once they are stale (static/js/draft.js)
        self.initial["version"] = self.instance.version if self.instance.pk else ""
        if self.is_bound:
            self.apply_choices()
        self.make_rows()
        self.helper = form_helper(*self.layout())
        if not self.is_bound and self.instance.pk:
            self.initial["base"] = partial(digests, self)  # once the form is made: until then a field may still change

    def make_rows(self) -> None:
        """Make the sets of rows of what was sent, or of what is stored."""
        self.rows = {
            prefix: row_set(self.data if self.is_bound else None, parent=self.instance, prefix=prefix)
            for prefix, row_set in self.row_sets.items()
        }
        forms_of_page = [self, *(form for rows in self.rows.values() for form in rows.forms)]
        kinds = {kind for rows in self.rows.values() for kind in rows.name_kinds}
        self.registers: list[Register] = share_registers(forms_of_page, kinds)

    def apply_choices(self) -> None:
        """Put what is stored in the place of what was typed, where the writer has chosen so."""
        chosen = [key.removeprefix(CHOICE) for key in self.data if key.startswith(CHOICE) and self.data[key] == THEIRS]
        if not chosen or not self.instance.pk:
            return
        stored = type(self)(instance=self.instance)
        self.data = self.data.copy()
        for name in set(chosen) & set(compared(stored)):
            take(name, stored, self.data)

    @property
    def row_labels(self) -> dict[str, RowLabels]:
        """What each set of rows is called, and one of its rows."""
        return {piece.prefix: piece.labels for piece in pieces(self.helper.layout) if isinstance(piece, Rows)}

    def layout(self) -> list[Any]:
        """Give the sections of the page; by default the fields as they come."""
        return [name for name in self.fields if name not in {"version", "base"}]

    @property
    def claimed_version(self) -> int:
        """The version that the writer read; 0 if he read none."""
        return sent_back(self.data.get(self.add_prefix("version"), ""))

    def is_valid(self) -> bool:
        """Check the form and all its rows, so that every error is said at once."""
        return all([super().is_valid(), *[rows.is_valid() for rows in self.rows.values()]])

    @property
    def is_right(self) -> bool:
        """Whether there is nothing to say against it so far; a blank form is right."""
        return not self.is_bound or not (self.errors or any(rows.total_error_count() for rows in self.rows.values()))

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 Django’s signature
        save_named(self.changed_forms)
        saved = super().save(commit=commit)
        for rows in self.rows.values():
            rows.save()
        return saved

    @property
    def changed_forms(self) -> list[forms.ModelForm]:
        """The form itself, and those of the rows that changed."""
        return [self, *(form for rows in self.rows.values() for form in rows.changed_forms)]

    def say_refused(self) -> None:
        """Say what the browser does not keep: a file."""
        for name, field in self.fields.items():
            if isinstance(field, UploadField) and self.files.get(self.add_prefix(name)) and name not in self.errors:
                self.add_error(name, CHOOSE_AGAIN)

    def say_stale(self, stored: Versioned | None, who: str = "") -> None:
        """Set what was typed against what is stored, and make the next save a knowing one.

        What only somebody else changed is taken from what is stored; what only the writer changed stays; where both
        wrote, the writer chooses.

        Args:
            stored: the sheet as it is now; None if it was deleted.
            who: saved it.
        """
        self.data = self.data.copy()
        self.read = json.dumps([self.data.get(self.add_prefix(name), "") for name in ("version", "base")])
        self.data[self.add_prefix("version")] = str(stored.version if stored else RECREATES)
        if stored is None:
            self.add_error(None, GONE)
            for rows in self.rows.values():
                rows.say_stale(None)
            return
        self.saved_by = who.rstrip(",")
        stored_form = type(self)(instance=stored)
        base = read_digests(self.data.get(self.add_prefix("base"), ""))
        self.data[self.add_prefix("base")] = digests(stored_form)
        for name in compared(self):
            self.settle(name, stored_form, base.get(name, ""))
        self.make_rows()
        self.add_error(None, STALE.format(who=who or SOMEBODY))
        for name, rows in self.rows.items():
            if any(one.name == name for one in self.conflicts):
                rows.say_stale(stored_form.rows[name])

    def settle(self, name: str, stored_form: "SheetForm", read: str) -> None:
        """Decide for one field, or one set of rows, by what it said when it was read."""
        mine, theirs = sent(self, name), sent(stored_form, name)
        if mine == theirs or read == digest(theirs):
            return
        if read == digest(mine):
            self.taken.append(label_of(self, name))
            take(name, stored_form, self.data)
        else:
            self.conflicts.append(conflict(name, self, stored_form))

    def _get_validation_exclusions(self) -> set[str]:
        return (super()._get_validation_exclusions() - set(self.spanned)) | names_in(self)


def pieces(layout: Any) -> list[Any]:
    """Give all that a layout is made of, at any depth."""
    found = []
    for piece in getattr(layout, "fields", []):
        found += [piece, *pieces(piece)]
    return found
