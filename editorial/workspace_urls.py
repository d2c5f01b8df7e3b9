"""Where staff write the pages, under /espace/pages/."""

from django.urls import path

from editorial.views import publishing, remembering, writing

urlpatterns = [
    path("", writing.page_list, name="workspace-page-list"),
    path("ajouter/", writing.page_create, name="page-create"),
    path("historique/", remembering.page_history, name="page-history"),
    path("historique/<int:pk>/", remembering.page_revision, name="page-revision"),
    path("historique/<int:pk>/retablir/", remembering.page_restore, name="page-restore"),
    path("<int:pk>/", writing.page_edit, name="page-edit"),
    path("<int:pk>/apercu/", writing.page_preview, name="page-preview"),
    path("<int:pk>/deplacer/", writing.page_move, name="page-move"),
    path("<int:pk>/publier/", publishing.page_publish, name="page-publish"),
    path("<int:pk>/retirer/", publishing.page_withdraw, name="page-withdraw"),
    path("<int:pk>/supprimer/", publishing.page_delete, name="page-delete"),
]
