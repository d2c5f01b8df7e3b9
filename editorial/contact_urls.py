"""The team and its letter box: what everyone reads."""

from django.urls import path

from editorial.views import contact

urlpatterns = [
    path("equipe/", contact.team, name="team"),
    path("contact/", contact.contact, name="contact"),
    path("contact/recu/<str:token>/", contact.contact_received, name="contact-received"),
]
