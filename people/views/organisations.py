"""The register of organisations, for those who write in the CRESS team."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from people.forms import OrganisationForm, SearchForm
from people.models import Organisation
from people.organisations import merge, references, save
from people.views import access
from territories.names import fold

ORGANISATIONS_PER_PAGE = 50
FOUND = 40  # organisations that may be duplicates
LONGEST_KEY = 18  # figures: the database counts no further


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
        organisation = save(form)
        messages.success(request, f"L’organisme « {organisation} » est enregistré.")
        return redirect("organisation-list")
    return render(request, "people/organisation_form_page.html", {"form": form})


def organisation_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Find the duplicates of an organisation, read what would move, merge them into it."""
    kept = access.organisation_to_edit(request, pk)
    asked = request.POST if request.method == "POST" else request.GET
    keys = [int(key) for key in asked.getlist("doublon") if key.isdecimal() and len(key) < LONGEST_KEY]
    chosen = list(Organisation.objects.filter(pk__in=keys).exclude(pk=pk))
    if request.method == "POST" and chosen:
        try:
            merge(kept, chosen)
        except ValidationError as refusal:
            messages.error(request, refusal.message)
            return redirect("organisation-merge", pk)
        gone = ", ".join(f"« {one} »" for one in chosen)
        messages.success(request, f"Fusionné dans « {kept} » : {gone}.")
        return redirect("organisation-edit", pk)
    query = request.GET.get("q", first_word(kept.name)).replace("\0", "")
    found = [] if chosen else list(Organisation.objects.matching(query).exclude(pk=pk)[:FOUND])
    counts = references([kept, *chosen, *found])
    context = {
        "kept": kept,
        "query": query,
        "found": [(one, counts[one.pk]) for one in found],
        "chosen": [(one, counts[one.pk]) for one in chosen],
        "limit": FOUND,
        "is_empty": request.method == "POST",
    }
    return render(
        request, "people/organisation_merge_page.html", context, status=422 if request.method == "POST" else 200
    )


def first_word(name: str) -> str:
    """Give the first word of a name that tells something, to look for its like."""
    return next((word for word in fold(name).split() if len(word) > len("les")), "")
