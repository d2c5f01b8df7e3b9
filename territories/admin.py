from django.contrib import admin
from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest

from finding.index import refresh_mentioning
from territories.models import Collectivite


@admin.register(Collectivite)
class CollectiviteAdmin(admin.ModelAdmin):
    list_display = ("display_name", "kind", "code", "population", "ended_on")
    list_filter = ("kind",)
    search_fields = ("search", "=code")
    raw_id_fields = ("region", "departement", "epci", "departements", "replaced_by")
    readonly_fields = ("slug",)
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def save_model(self, request: HttpRequest, obj: Collectivite, form: ModelForm, change: bool) -> None:  # noqa: FBT001 Django’s signature
        """Save a collectivité; the search says its new name at once, in the transaction of the admin."""
        super().save_model(request, obj, form, change)
        if "display_name" in form.changed_data:
            refresh_mentioning(form.initial.get("display_name", ""))
