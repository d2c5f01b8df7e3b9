"""Every action of every roadmap, under /actions/."""

from django.urls import path

from roadmaps.views import listing

urlpatterns = [
    path("", listing.action_list, name="action-list"),
    path("liste.<slug:file_format>", listing.action_export, name="action-list-export"),
]
