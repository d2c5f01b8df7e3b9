"""Where staff write the pages, under /espace/pages/."""

from django.urls import path

from editorial.rooms import PAGES
from editorial.views import publishing, remembering, writing

IN = {"room": PAGES}
urlpatterns = [
    path("", writing.page_list, name="workspace-page-list"),
    path("ajouter/", writing.page_create, name="page-create"),
    path("historique/", remembering.history, IN, name="page-history"),
    path("historique/<int:pk>/", remembering.revision_detail, IN, name="page-revision"),
    path("historique/<int:pk>/retablir/", remembering.restore, IN, name="page-restore"),
    path("<int:pk>/", writing.page_edit, name="page-edit"),
    path("<int:pk>/apercu/", writing.page_preview, name="page-preview"),
    path("<int:pk>/deplacer/", writing.page_move, name="page-move"),
    path("<int:pk>/publier/", publishing.publish, IN, name="page-publish"),
    path("<int:pk>/retirer/", publishing.withdraw, IN, name="page-withdraw"),
    path("<int:pk>/supprimer/", publishing.delete, IN, name="page-delete"),
]
