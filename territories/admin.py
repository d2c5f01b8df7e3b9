from django.contrib import admin
from django.db import models

from territories.models import Collectivite


@admin.register(Collectivite)
class CollectiviteAdmin(admin.ModelAdmin):
    list_display = ("display_name", "kind", "code", "population", "ended_on")
    list_filter = ("kind",)
    search_fields = ("search", "=code")
    raw_id_fields = ("region", "departement", "epci", "departements", "replaced_by")
    readonly_fields = ("slug",)
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
