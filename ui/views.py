"""The staff page that shows every component in each of its states."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ui import gallery


def component_gallery(request: HttpRequest) -> HttpResponse:
    """Show the components; nothing that is typed here is kept."""
    return render(request, "ui/gallery.html", gallery.samples())
