"""Where staff write the positions, under /espace/prises-de-position/."""

from django.urls import path

from editorial.rooms import POSITIONS
from editorial.views import publishing, remembering, writing_positions

IN = {"room": POSITIONS}
urlpatterns = [
    path("", writing_positions.workspace_list, name="workspace-publication-list"),
    path("ajouter/", writing_positions.publication_create, name="publication-create"),
    path("historique/", remembering.history, IN, name="publication-history"),
    path("historique/<int:pk>/", remembering.revision_detail, IN, name="publication-revision"),
    path("historique/<int:pk>/retablir/", remembering.restore, IN, name="publication-restore"),
    path("<int:pk>/", writing_positions.publication_edit, name="publication-edit"),
    path("<int:pk>/apercu/", writing_positions.publication_preview, name="publication-preview"),
    path("<int:pk>/<slug:which>.pdf", writing_positions.publication_draft_file, name="publication-draft-file"),
    path("<int:pk>/publier/", publishing.publish, IN, name="publication-publish"),
    path("<int:pk>/retirer/", publishing.withdraw, IN, name="publication-withdraw"),
    path("<int:pk>/supprimer/", publishing.delete, IN, name="publication-delete"),
]
