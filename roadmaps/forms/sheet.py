"""What every form of the workspace has in common: a version, rows of its own, and words for a conflict.

A sheet is one form and the rows that hang on its object (the actors of an action): they are read, checked and
saved together (`roadmaps/writing.py`).
"""

from typing import Any

from django import forms

from publishing.versions import Versioned
from roadmaps.forms.names import Register, names_in, save_named, share_registers
from roadmaps.forms.rows import RowFormSet, sent_back
from roadmaps.forms.uploads import UploadField
from roadmaps.forms.words import difference
from ui.forms import form_helper

STALE = (
    "Quelqu’un d’autre a enregistré cette page pendant que vous écriviez. Votre saisie est gardée ci-dessous ; "
    "à côté de chaque champ différent, la valeur enregistrée. Enregistrez de nouveau pour la remplacer par la vôtre."
)
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

    row_sets: dict[str, type[RowFormSet]] = {}  # by prefix
    spanned: tuple[str, ...] = ("edition",)  # fields set elsewhere that constraints need to see

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version if self.instance.pk else ""
        self.rows = {
            prefix: row_set(self.data if self.is_bound else None, parent=self.instance, prefix=prefix)
            for prefix, row_set in self.row_sets.items()
        }
        forms_of_page = [self, *(form for rows in self.rows.values() for form in rows.forms)]
        kinds = {kind for rows in self.rows.values() for kind in rows.name_kinds}
        self.registers: list[Register] = share_registers(forms_of_page, kinds)
        self.helper = form_helper(*self.layout())

    def layout(self) -> list[Any]:
        """Give the sections of the page; by default the fields as they come."""
        return [name for name in self.fields if name != "version"]

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
        save_named([self, *(form for rows in self.rows.values() for form in rows.changed_forms)])
        saved = super().save(commit=commit)
        for rows in self.rows.values():
            rows.save()
        return saved

    def say_refused(self) -> None:
        """Say what the browser does not keep: a file."""
        for name, field in self.fields.items():
            if isinstance(field, UploadField) and self.files.get(self.add_prefix(name)) and name not in self.errors:
                self.add_error(name, CHOOSE_AGAIN)

    def say_stale(self, stored: Versioned | None) -> None:
        """Set what was typed against what is stored, and make the next save a knowing one."""
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = stored.version if stored else RECREATES
        self.add_error(None, STALE if stored else GONE)
        if stored:
            stored_form = type(self)(instance=stored)
            for name, words in difference(self, stored_form).items():
                self.add_error(name, words)
        for prefix, rows in self.rows.items():
            rows.say_stale(stored_form.rows[prefix] if stored else None)

    def _get_validation_exclusions(self) -> set[str]:
        return (super()._get_validation_exclusions() - set(self.spanned)) | names_in(self)
