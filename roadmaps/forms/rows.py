"""Rows of a sheet: the actors of an action, the readings of an indicator.

A posted row says which stored row it was (`row`). One that somebody deleted meanwhile is created again, one that
was added meanwhile is left alone: the version of the sheet has told the writer, who saves knowingly.
"""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms.formsets import BaseFormSet, formset_factory

from roadmaps.forms.names import NameField, Organisations, Register, names_in
from roadmaps.models import Content
from roadmaps.outline import renumber, siblings
from ui.partial_date import PartialDateFormField

BLANK_ROWS = 3  # without script; with it, one stays and a button adds others
MOST_ROWS = 200
MOST_FIGURES = 18  # of a key: the database counts no further
LAST = 1_000_000  # a place after all the others, until they are numbered again
UNTYPED = (forms.Select, forms.CheckboxInput, forms.HiddenInput)
RECREATED = "Cette ligne a été supprimée entre-temps : enregistrer de nouveau la recréera."


def sent_back(text: str) -> int:
    """Read a number that a page wrote and a browser sends back; 0 for whatever no page writes."""
    return int(text) if text.isdecimal() and len(text) <= MOST_FIGURES else 0


class RowForm(forms.ModelForm):
    """One row, which belongs to the object of its sheet."""

    row = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["row"] = self.instance.pk or ""
        for field in self.fields.values():
            if isinstance(field, PartialDateFormField):
                field.help_text = ""  # said once, above the rows

    def has_changed(self) -> bool:
        return self.is_bound and any(name != "row" for name in self.changed_data)

    @property
    def is_emptied(self) -> bool:
        """Whether nothing is left in a row that the page added and saved while one typed: no box deletes it."""
        texts = [name for name, field in self.fields.items() if not isinstance(field.widget, UNTYPED)]
        return bool(self.instance.pk and "DELETE" not in self.fields and not any(self[name].value() for name in texts))

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() | names_in(self)

    def _post_clean(self) -> None:
        if self.has_changed():  # a stored row that nobody touched needs no query to be right
            super()._post_clean()


class RowFormSet(BaseFormSet):
    """The rows of one kind under one object."""

    model: ClassVar[type[Model]]
    parent_field: ClassVar[str]
    named: ClassVar[tuple[str, ...]] = ()  # relations whose names the rows show
    once: ClassVar[tuple[str, ...]] = ()  # fields that no two rows share together
    repeated = ""  # what is said of two rows that do
    has_total = False  # whether the page shows what the rows come to

    def __init__(self, data: Any = None, *, parent: Model, prefix: str) -> None:
        self.parent = parent
        self.stored = {row.pk: row for row in self.stored_rows()}
        super().__init__(data, prefix=prefix, initial=[{}] * len(self.stored))

    def stored_rows(self) -> QuerySet | list[Model]:
        if self.parent.pk is None:
            return []
        return self.model._default_manager.filter(**{self.parent_field: self.parent}).select_related(*self.named)

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {"instance": self._row(index)}

    def _row(self, index: int | None) -> Model:
        """Give a form its stored row, or a new one."""
        stored = self._stored_row(index) if index is not None else None
        row = stored or self.model(**{self.parent_field: self.parent})
        if isinstance(row, Content):
            row.edition = self.parent.edition
        return row

    def _stored_row(self, index: int) -> Model | None:
        if self.is_bound:
            return self.stored.get(sent_back(self.data.get(f"{self.prefix}-{index}-row", "")))
        return list(self.stored.values())[index] if index < len(self.stored) else None

    def _should_delete_form(self, form: RowForm) -> bool:
        return super()._should_delete_form(form) or form.is_emptied

    def clean(self) -> None:
        """Refuse two rows that say the same."""
        # A row that the page added while one typed, and that nobody touched since, is read as it is stored.
        read = {form.instance.pk for form in (*self.kept_forms, *self.deleted_forms)}
        seen = {
            tuple(str(getattr(row, name)) for name in self.once) for pk, row in self.stored.items() if pk not in read
        }
        for form in self.kept_forms if self.once else []:
            key = tuple(str(form.cleaned_data.get(name)) for name in self.once)
            if key in seen:
                raise ValidationError(self.repeated)
            seen.add(key)

    @property
    def name_kinds(self) -> set[type[Register]]:
        """The kinds of things that a row names."""
        return {field.kind for field in self.form.base_fields.values() if isinstance(field, NameField)}

    @property
    def kept_forms(self) -> list[RowForm]:
        """Those to be stored: filled in, right, and not marked for deletion."""
        return [form for form in self.forms if getattr(form, "cleaned_data", None) and form not in self.deleted_forms]

    @property
    def changed_forms(self) -> list[RowForm]:
        return [form for form in self.kept_forms if form.has_changed()]

    def save(self) -> None:
        """Write the rows that changed, delete those that are marked; new ones come last."""
        # Where two rows may swap what only one of them may hold, they are written anew rather than over.
        if not (self.changed_forms or self.deleted_forms):
            return
        leaving = [*self.deleted_forms, *(self.changed_forms if self.once else [])]
        self.model._base_manager.filter(pk__in=[form.instance.pk for form in leaving if form.instance.pk]).delete()
        for rank, form in enumerate(self.changed_forms):
            setattr(form.instance, self.parent_field, self.parent)
            if isinstance(form.instance, Content) and form.instance.pk is None:
                form.instance.position = LAST + rank
            elif isinstance(form.instance, Content):
                form.instance.version += 1  # whoever has it open on a sheet of its own is told
            form.save()
        row = self._row(None)
        if isinstance(row, Content):
            renumber(list(siblings(row)))

    def say_stale(self, stored: "RowFormSet | None") -> None:
        """Tell of the rows that came or went since they were read; those that came are kept."""
        here = {form.instance.pk: form for form in stored.forms if form.instance.pk} if stored else {}
        for form in self.forms:
            key = sent_back(str(form["row"].value() or ""))
            if key and not here.pop(key, None):
                form.add_error(None, RECREATED)
        self._non_form_errors = self.error_class(
            [*self.non_form_errors(), *(f"Ajouté entre-temps, et gardé : {form.instance}." for form in here.values())],
            error_class="nonform",
        )


def row_set(
    form: type[RowForm], base: type[RowFormSet] = RowFormSet, *, blank_rows: int = BLANK_ROWS, **attributes: Any
) -> type[RowFormSet]:
    """Make the class of a set of rows.

    Args:
        form: of one row.
        base: what the set does beside.
        blank_rows: how many the page gives without script.
        attributes: those of `RowFormSet`.
    """
    rows = type("Rows", (base,), {"model": form._meta.model} | attributes)
    return formset_factory(
        form,
        rows,
        extra=blank_rows,
        can_delete=True,
        can_delete_extra=False,
        max_num=MOST_ROWS,
        absolute_max=MOST_ROWS,
        validate_max=True,
    )


def keep(row: Model, name: str, related: list[Any]) -> None:
    """Leave with a row what it is tied to, as `prefetch_related` does."""
    rows = getattr(row, name).all()
    rows._result_cache = related
    rows._prefetch_done = True
    vars(row).setdefault("_prefetched_objects_cache", {})[name] = rows


class ActorRow(RowForm):
    """An organisation and its role, in an action or in the whole roadmap."""

    organisation = NameField(Organisations, label="Organisme", help_text="")


def actor_rows(model: type[Model], parent_field: str) -> type[RowFormSet]:
    """Make the class of the rows of actors that ``model`` stores."""
    return row_set(
        forms.modelform_factory(model, form=ActorRow, fields=["organisation", "role"]),
        parent_field=parent_field,
        named=("organisation",),
        once=("organisation", "role"),
        repeated="Deux lignes donnent le même rôle au même organisme : gardez-en une.",
    )
