"""What everyone reads, under /instances/."""

from django.urls import path

from instances.views import exchanging, reading, reminding, subscribing

urlpatterns = [
    path("", reading.instance_list, name="instance-list"),
    path("registre.<slug:file_format>", exchanging.instance_export, name="instance-export"),
    path("rappels/<str:token>/", reminding.digest_refuse, name="digest-refuse"),
    path("agenda/", reading.meeting_agenda, name="meeting-agenda"),
    path("agenda.ics", subscribing.agenda_calendar, name="agenda-calendar"),
    path("agenda.atom", subscribing.meeting_feed, name="meeting-feed"),
    path("mandats.atom", subscribing.mandate_feed, name="mandate-feed"),
    path("personnes/<int:pk>.ics", subscribing.holder_calendar, name="holder-calendar"),
    path("personnes/<int:pk>/", reading.holder_detail, name="holder-detail"),
    path("<slug:slug>.ics", subscribing.instance_calendar, name="instance-calendar"),
    path("<slug:slug>/", reading.instance_detail, name="instance-detail"),
    path("<slug:slug>/seances/", reading.meeting_list, name="meeting-list"),
    path("<slug:slug>/documents/<int:pk>/", reading.document_file, name="instance-document"),
]
