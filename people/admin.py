"""The people room of the Django admin: reference data; accounts are only looked at there."""

from django.contrib import admin
from django.http import HttpRequest

from people.forms import OrganisationForm
from people.models import Organisation, Person, User


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin):
    form = OrganisationForm
    list_display = ["name", "acronym", "kind"]
    list_filter = ["kind"]
    search_fields = ["search"]


@admin.register(Person)
class PersonAdmin(admin.ModelAdmin):
    list_display = ["last_name", "first_name", "job", "organisation"]
    search_fields = ["last_name", "first_name"]
    autocomplete_fields = ["organisation", "user"]
    list_select_related = ["organisation"]


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """Accounts and rights are managed under /espace/utilisateurs/, where the rules hold."""

    fields = ["email", "first_name", "last_name", "is_active", "date_joined", "last_login"]
    list_display = ["email", "first_name", "last_name", "is_active"]
    search_fields = ["email", "last_name"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False
