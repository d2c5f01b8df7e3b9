"""Every address of the portal, one line a room (addresses are a contract: docs/architecture.md)."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from cress_portal.health import health

admin.site.login = secure_admin_login(admin.site.login)

urlpatterns = [
    path("compte/", include("people.account_urls")),
    path("espace/", include("people.urls")),
    path("admin/", admin.site.urls),
    path("sante/", health, name="health"),
]

handler500 = "cress_portal.errors.server_error"
