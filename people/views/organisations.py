"""The register of organisations, for those who write in the CRESS team."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from people.forms import OrganisationForm, SearchForm
from people.models import Organisation
from people.views import access

ORGANISATIONS_PER_PAGE = 50


def organisation_list(request: HttpRequest) -> HttpResponse:
    """All the organisations, or those that a search finds."""
    access.require(request, "people.manage_organisations")
    form = SearchForm(request.GET)
    query = form.cleaned_data["q"] if form.is_valid() else ""
    found = Organisation.objects.matching(query).select_related("collectivite")
    page = Paginator(found, ORGANISATIONS_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "people/organisation_list_page.html", {"form": form, "page": page, "query": query})


def organisation_create(request: HttpRequest) -> HttpResponse:
    """Add an organisation."""
    access.require(request, "people.manage_organisations")
    return save_organisation(request, OrganisationForm(request.POST or None))


def organisation_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an organisation."""
    organisation = access.organisation_to_edit(request, pk)
    return save_organisation(request, OrganisationForm(request.POST or None, instance=organisation))


def save_organisation(request: HttpRequest, form: OrganisationForm) -> HttpResponse:
    """Save what the form says, or show it with its errors."""
    if form.is_valid():
        organisation = form.save()
        messages.success(request, f"L’organisme « {organisation} » est enregistré.")
        return redirect("organisation-list")
    return render(request, "people/organisation_form_page.html", {"form": form})
