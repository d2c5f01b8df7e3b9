"""What everyone reads, under /instances/."""

from django.urls import path

from instances.views import reading

urlpatterns = [
    path("", reading.instance_list, name="instance-list"),
    path("agenda/", reading.meeting_agenda, name="meeting-agenda"),
    path("personnes/<int:pk>/", reading.holder_detail, name="holder-detail"),
    path("<slug:slug>/", reading.instance_detail, name="instance-detail"),
    path("<slug:slug>/documents/<int:pk>/", reading.document_file, name="instance-document"),
]
