"""The address of the gallery of components, for those who write pages."""

from django.urls import path

from ui import views

urlpatterns = [
    path("espace/composants/", views.component_gallery, name="component-gallery"),
]
