"""Every address of the portal, one line a room (addresses are a contract: docs/architecture.md)."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from cress_portal.health import health
from cress_portal.open_data.api import addresses
from cress_portal.views import collectivites, communes, finding, frame, logos, open_data, public
from cress_portal.views.desk import desk, gallery

admin.site.login = secure_admin_login(admin.site.login)

urlpatterns = [
    path("", public.home, name="home"),
    path("politiques-ess/", include("editorial.urls")),
    path("prises-de-position/", include("editorial.position_urls")),
    path("feuilles-de-route/", include("roadmaps.urls")),
    path("actions/", include("roadmaps.action_urls")),
    path("instances/", include("instances.urls")),
    path("collectivites/", collectivites.collectivite_list, name="collectivite-list"),
    path("collectivites/liste.<slug:file_format>", collectivites.collectivite_export, name="collectivite-list-export"),
    path("collectivites/<slug:slug>/", public.collectivite_detail, name="collectivite-detail"),
    path("ma-commune/", communes.my_commune, name="my-commune"),
    path("alertes/", include("alerts.urls")),
    path("recherche/", finding.search_page, name="search"),
    path("collectivites/<slug:slug>/logo-<slug:name>.png", logos.collectivite_logo, name="collectivite-logo"),
    path("espace/", desk, name="desk"),
    path("espace/collectivites/<slug:slug>/logo/", logos.logo_edit, name="logo-edit"),
    path("espace/feuilles-de-route/", include("roadmaps.workspace_urls")),
    path("espace/instances/", include("instances.workspace_urls")),
    path("espace/messages/", include("editorial.message_urls")),
    path("espace/pages/", include("editorial.workspace_urls")),
    path("espace/prises-de-position/", include("editorial.position_workspace_urls")),
    path("compte/", include("people.account_urls")),
    path("espace/", include("people.urls")),
    path("espace/composants/", gallery, name="component-gallery"),
    path("", include("editorial.contact_urls")),
    path("donnees-ouvertes/", open_data.open_data, name="open-data"),
    path("donnees-ouvertes/tout.zip", open_data.open_data_archive, name="open-data-archive"),
    path("donnees-ouvertes/<slug:name>.<slug:file_format>", open_data.open_data_file, name="open-data-file"),
    path("api/v1/", open_data.api_root, name="api-root"),
    path("api/v1/docs", open_data.api_docs, name="api-docs"),
    path("api/v1/openapi.json", open_data.api_schema, name="api-schema"),
    path("api/v1/", include(addresses())),
    path("api/<path:rest>", open_data.api_unknown, name="api-unknown"),
    path("plan-du-site/", frame.site_map, name="site-map"),
    path("glossaire/", frame.glossary, name="glossary"),
    path("mentions-legales/", frame.legal_notice, name="legal-notice"),
    path("donnees-personnelles/", frame.personal_data, name="personal-data"),
    path("accessibilite/", frame.accessibility, name="accessibility"),
    path("licence/", frame.licence, name="licence"),
    path("sitemap.xml", frame.sitemap, name="sitemap"),
    path("robots.txt", frame.robots, name="robots"),
    path("admin/", admin.site.urls),
    path("sante/", health, name="health"),
]

handler400 = "cress_portal.errors.bad_request"
handler500 = "cress_portal.errors.server_error"
