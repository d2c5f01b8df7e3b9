"""The vocabularies that the CRESS keeps; everything else is written in the workspace."""

from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest

from finding.index import refresh_mentioning
from roadmaps.models import EssFamily, Lever, SustainableGoal, Theme


@admin.register(Lever, Theme, EssFamily, SustainableGoal)
class TermAdmin(admin.ModelAdmin):
    list_display = ("label", "code", "position")
    list_editable = ("position",)
    search_fields = ("label", "code")

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:  # noqa: FBT001 Django’s signature
        """Save a term; the search says its new label at once, in the transaction of the admin."""
        super().save_model(request, obj, form, change)
        if "label" in form.changed_data:
            refresh_mentioning(form.initial.get("label", ""))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        refresh_mentioning(obj.label)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        labels = [term.label for term in queryset]
        super().delete_queryset(request, queryset)
        refresh_mentioning(*labels)
