"""The positions that everyone reads, under /prises-de-position/."""

from django.urls import path

from editorial.views import positions

urlpatterns = [
    path("", positions.publication_list, name="publication-list"),
    path("liste.<slug:file_format>", positions.publication_export, name="publication-export"),
    path("flux.atom", positions.publication_feed, name="publication-feed"),
    path("<slug:slug>.pdf", positions.publication_pdf, name="publication-pdf"),
    path("<slug:slug>/", positions.publication_detail, name="publication-detail"),
    path("<slug:slug>/document/", positions.publication_file, name="publication-file"),
    path("<slug:slug>/reponse/", positions.publication_answer, name="publication-answer"),
]
