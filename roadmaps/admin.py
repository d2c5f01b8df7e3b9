"""The vocabularies that the CRESS keeps; everything else is written in the workspace."""

from django.contrib import admin

from roadmaps.models import EssFamily, Lever, SustainableGoal, Theme


@admin.register(Lever, Theme, EssFamily, SustainableGoal)
class TermAdmin(admin.ModelAdmin):
    list_display = ("label", "code", "position")
    list_editable = ("position",)
    search_fields = ("label", "code")
