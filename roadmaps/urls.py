"""What everyone reads, under /feuilles-de-route/."""

from django.urls import path

from roadmaps.views import comparing, files, listing, printing, reading, subscribing

urlpatterns = [
    path("", listing.roadmap_list, name="roadmap-list"),
    path("liste.<slug:file_format>", listing.roadmap_export, name="roadmap-list-export"),
    path("flux.atom", subscribing.roadmap_list_feed, name="roadmap-list-feed"),
    path("<slug:slug>.pdf", printing.edition_pdf, name="roadmap-pdf"),
    path("<slug:slug>.docx", printing.edition_document, {"kind": "docx"}, name="roadmap-docx"),
    path("<slug:slug>.odt", printing.edition_document, {"kind": "odt"}, name="roadmap-odt"),
    path("<slug:slug>.json", printing.edition_data, name="roadmap-data"),
    path("<slug:slug>.csv", printing.edition_sheets, {"file_format": "csv"}, name="roadmap-csv"),
    path("<slug:slug>.xlsx", printing.edition_sheets, {"file_format": "xlsx"}, name="roadmap-xlsx"),
    path("<slug:slug>.ods", printing.edition_sheets, {"file_format": "ods"}, name="roadmap-ods"),
    path("<slug:slug>/suivi.ics", subscribing.roadmap_calendar, name="roadmap-calendar"),
    path("<slug:slug>/flux.atom", subscribing.roadmap_feed, name="roadmap-feed"),
    path("<slug:slug>/", reading.roadmap_detail, name="roadmap-detail"),
    path("<slug:slug>/telecharger/", printing.edition_download, name="roadmap-download"),
    path("<slug:slug>/objectifs/<slug:uid>/", reading.objective_detail, name="objective-detail"),
    path("<slug:slug>/actions/<slug:uid>/", reading.action_detail, name="action-detail"),
    path("<slug:slug>/demarche/<int:pk>/", files.milestone_file, name="milestone-file"),
    path("<slug:slug>/editions/", reading.edition_list, name="edition-list"),
    path("<slug:slug>/editions/<int:number>.pdf", printing.edition_pdf, name="edition-pdf"),
    path("<slug:slug>/editions/<int:number>.docx", printing.edition_document, {"kind": "docx"}, name="edition-docx"),
    path("<slug:slug>/editions/<int:number>.odt", printing.edition_document, {"kind": "odt"}, name="edition-odt"),
    path("<slug:slug>/editions/<int:number>.json", printing.edition_data, name="edition-data"),
    path("<slug:slug>/editions/<int:number>.csv", printing.edition_sheets, {"file_format": "csv"}, name="edition-csv"),
    path(
        "<slug:slug>/editions/<int:number>.xlsx", printing.edition_sheets, {"file_format": "xlsx"}, name="edition-xlsx"
    ),
    path("<slug:slug>/editions/<int:number>.ods", printing.edition_sheets, {"file_format": "ods"}, name="edition-ods"),
    path("<slug:slug>/editions/<int:number>/", reading.edition_detail, name="edition-detail"),
    path("<slug:slug>/editions/<int:number>/telecharger/", printing.edition_download, name="edition-download"),
    path("<slug:slug>/editions/<int:number>/verifier/", printing.edition_verify, name="edition-verify"),
    path("<slug:slug>/editions/<int:number>/changements/", comparing.edition_changes, name="edition-changes"),
    path("<slug:slug>/editions/<int:number>/objectifs/<slug:uid>/", reading.objective_detail, name="edition-objective"),
    path("<slug:slug>/editions/<int:number>/actions/<slug:uid>/", reading.action_detail, name="edition-action"),
    path("<slug:slug>/editions/<int:number>/annexes/<slug:uid>/", files.annex_file, name="annex-file"),
    path("<slug:slug>/editions/<int:number>/deliberation/", files.deliberation_file, name="deliberation-file"),
]
