"""What everyone reads, under /feuilles-de-route/."""

from django.urls import path

from roadmaps.views import comparing, files, reading

urlpatterns = [
    path("", reading.roadmap_list, name="roadmap-list"),
    path("<slug:slug>.pdf", files.edition_pdf, name="roadmap-pdf"),
    path("<slug:slug>/", reading.roadmap_detail, name="roadmap-detail"),
    path("<slug:slug>/objectifs/<slug:uid>/", reading.objective_detail, name="objective-detail"),
    path("<slug:slug>/actions/<slug:uid>/", reading.action_detail, name="action-detail"),
    path("<slug:slug>/demarche/<int:pk>/", files.milestone_file, name="milestone-file"),
    path("<slug:slug>/editions/", reading.edition_list, name="edition-list"),
    path("<slug:slug>/editions/<int:number>.pdf", files.edition_pdf, name="edition-pdf"),
    path("<slug:slug>/editions/<int:number>/", reading.edition_detail, name="edition-detail"),
    path("<slug:slug>/editions/<int:number>/changements/", comparing.edition_changes, name="edition-changes"),
    path("<slug:slug>/editions/<int:number>/objectifs/<slug:uid>/", reading.objective_detail, name="edition-objective"),
    path("<slug:slug>/editions/<int:number>/actions/<slug:uid>/", reading.action_detail, name="edition-action"),
    path("<slug:slug>/editions/<int:number>/annexes/<slug:uid>/", files.annex_file, name="annex-file"),
    path("<slug:slug>/editions/<int:number>/deliberation/", files.deliberation_file, name="deliberation-file"),
]
