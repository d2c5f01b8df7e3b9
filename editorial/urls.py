"""What everyone reads, under /politiques-ess/."""

from django.urls import path

from editorial.views import reading

urlpatterns = [
    path("", reading.page_index, name="page-index"),
    path("<path:path>/", reading.page_detail, name="page-detail"),
]
