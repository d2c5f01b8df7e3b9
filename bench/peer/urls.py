from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path
from wagtail import urls
from wagtail.models import Page

from bench.peer.models import PAGE_SIZE


def search(request: HttpRequest) -> HttpResponse:
    """Search as the view that `wagtail start` writes."""
    text = request.GET.get("q", "")
    found = Page.objects.live().search(text) if text else Page.objects.none()
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "peer/search.html", {"text": text, "page_of_results": page})


urlpatterns = [path("recherche/", search), path("", include(urls))]
