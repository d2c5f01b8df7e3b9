"""Every action of every roadmap, under /actions/."""

from django.urls import path

from roadmaps.views import listing, subscribing

urlpatterns = [
    path("", listing.action_list, name="action-list"),
    path("liste.<slug:file_format>", listing.action_export, name="action-list-export"),
    path("flux.atom", subscribing.action_list_feed, name="action-list-feed"),
]
