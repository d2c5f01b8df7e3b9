"""Where roadmaps are written, under /espace/feuilles-de-route/."""

from django.urls import path, register_converter

from roadmaps.parts import PartConverter, UidConverter
from roadmaps.views import (
    bulk,
    coding,
    commenting,
    copying,
    library,
    missing,
    moving,
    previewing,
    remembering,
    writing_editions,
    writing_milestones,
    writing_parts,
    writing_presence,
    writing_publishing,
    writing_quickly,
    writing_roadmaps,
)

register_converter(PartConverter, "part")
register_converter(UidConverter, "uid")

urlpatterns = [
    path("", writing_roadmaps.workspace_roadmap_list, name="workspace-roadmap-list"),
    path("nouvelle/", writing_roadmaps.roadmap_create, name="roadmap-create"),
    path("bibliotheque/", library.library_list, name="library-list"),
    path("bibliotheque/<int:pk>/", library.library_entry, name="library-entry"),
    path("<slug:slug>/", writing_editions.roadmap_edit, name="roadmap-edit"),
    path("<slug:slug>/caracteristiques/", writing_roadmaps.roadmap_identity, name="roadmap-identity"),
    path("<slug:slug>/acteurs/", writing_roadmaps.roadmap_actors, name="roadmap-actors"),
    path("<slug:slug>/demarche/", writing_milestones.milestone_list, name="milestone-list"),
    path("<slug:slug>/demarche/ajouter/", writing_milestones.milestone_create, name="milestone-create"),
    path("<slug:slug>/demarche/<int:pk>/", writing_milestones.milestone_edit, name="milestone-edit"),
    path("<slug:slug>/demarche/<int:pk>/supprimer/", writing_milestones.milestone_delete, name="milestone-delete"),
    path("<slug:slug>/historique/", remembering.roadmap_history, name="roadmap-history"),
    path("<slug:slug>/historique/<int:pk>/", remembering.revision_detail, name="revision-detail"),
    path("<slug:slug>/historique/<int:pk>/nommer/", remembering.revision_name, name="revision-name"),
    path("<slug:slug>/historique/<int:pk>/retablir/", remembering.revision_restore, name="revision-restore"),
    path("<slug:slug>/consultation/", commenting.roadmap_consultation, name="roadmap-consultation"),
    path("<slug:slug>/consultation/<int:pk>/repondre/", commenting.comment_answer, name="comment-answer"),
    path("<slug:slug>/consultation/<int:pk>/clore/", commenting.comment_close, name="comment-close"),
    path("<slug:slug>/consultation/<int:pk>/rouvrir/", commenting.comment_reopen, name="comment-reopen"),
    path("<slug:slug>/consultation/<int:pk>/retirer/", commenting.comment_withdraw, name="comment-withdraw"),
    path("<slug:slug>/corbeille/", remembering.roadmap_bin, name="roadmap-bin"),
    path("<slug:slug>/annuler/<uid:batch>/", remembering.gesture_undo, name="gesture-undo"),
    path("<slug:slug>/dupliquer/", copying.roadmap_duplicate, name="roadmap-duplicate"),
    path("<slug:slug>/editions/ouvrir/", writing_editions.edition_open, name="edition-open"),
    path("<slug:slug>/editions/<int:number>/", writing_editions.edition_edit, name="edition-edit"),
    path("<slug:slug>/editions/<int:number>/manques/", missing.edition_missing, name="edition-missing"),
    path("<slug:slug>/editions/<int:number>/apercu/", previewing.edition_preview, name="edition-preview"),
    path("<slug:slug>/editions/<int:number>/publier/", writing_publishing.roadmap_publish, name="roadmap-publish"),
    path(
        "<slug:slug>/editions/<int:number>/mise-en-ligne/",
        writing_publishing.edition_published,
        name="edition-published",
    ),
    path(
        "<slug:slug>/editions/<int:number>/mise-en-ligne/imprimer/",
        writing_publishing.edition_reprint,
        name="edition-reprint",
    ),
    path("<slug:slug>/editions/<int:number>/abandonner/", writing_editions.edition_discard, name="edition-discard"),
    path("<slug:slug>/editions/<int:number>/ajout/", writing_quickly.quick_add, name="quick-add"),
    path("<slug:slug>/editions/<int:number>/ajout/lignes/", writing_quickly.quick_lines, name="quick-lines"),
    path("<slug:slug>/editions/<int:number>/coller/", writing_quickly.list_paste, name="list-paste"),
    path("<slug:slug>/editions/<int:number>/codes/", coding.codes_renumber, name="codes-renumber"),
    path("<slug:slug>/editions/<int:number>/lot/", bulk.bulk_edit, name="bulk-edit"),
    path("<slug:slug>/editions/<int:number>/<part:part>/", writing_parts.part_list, name="part-list"),
    path("<slug:slug>/editions/<int:number>/<part:part>/ajouter/", writing_parts.part_create, name="part-create"),
    path("<slug:slug>/editions/<int:number>/<part:part>/<uid:uid>/", writing_parts.part_edit, name="part-edit"),
    path(
        "<slug:slug>/editions/<int:number>/<part:part>/<uid:uid>/supprimer/",
        writing_parts.part_delete,
        name="part-delete",
    ),
    path(
        "<slug:slug>/editions/<int:number>/<part:part>/<uid:uid>/deplacer/",
        writing_parts.part_move,
        name="part-move",
    ),
    path(
        "<slug:slug>/editions/<int:number>/<part:part>/<uid:uid>/deplacer-vers/",
        moving.part_move_to,
        name="part-move-to",
    ),
    path(
        "<slug:slug>/editions/<int:number>/<part:part>/<uid:uid>/dupliquer/",
        copying.part_duplicate,
        name="part-duplicate",
    ),
    path(
        "<slug:slug>/editions/<int:number>/<part:part>/<uid:uid>/garder/",
        library.library_keep,
        name="library-keep",
    ),
    path(
        "<slug:slug>/editions/<int:number>/<part:part>/<uid:uid>/bibliotheque/",
        library.library_insert,
        name="library-insert",
    ),
    path(
        "<slug:slug>/editions/<int:number>/<part:part>/<uid:uid>/presence/",
        writing_presence.part_presence,
        name="part-presence",
    ),
]
