"""Where the register is kept, under /espace/instances/."""

from django.urls import path

from instances.views import (
    exchanging,
    following,
    reminding,
    writing_bodies,
    writing_mandates,
    writing_meetings,
    writing_subjects,
)

urlpatterns = [
    path("", following.board, name="workspace-instance-list"),
    path("nouvelle/", writing_bodies.instance_create, name="instance-create"),
    path("import/", exchanging.register_import, name="register-import"),
    path("registre.<slug:file_format>", exchanging.register_export, name="register-export"),
    path("rappels/", reminding.digest_choose, name="digest-choose"),
    path("a-pourvoir/", following.seat_vacancies, name="seat-vacancies"),
    path("chiffres/", following.figures, name="instance-figures"),
    path("charge/", following.workload, name="workload"),
    path("<slug:slug>/", following.instance_desk, name="instance-desk"),
    path("<slug:slug>/caracteristiques/", writing_bodies.instance_edit, name="instance-edit"),
    path("<slug:slug>/verifier/", writing_bodies.instance_verify, name="instance-verify"),
    path("<slug:slug>/fin/", writing_bodies.instance_dissolve, name="instance-dissolve"),
    path("<slug:slug>/election/", writing_mandates.seats_fill, name="seats-fill"),
    path("<slug:slug>/sujets/ajouter/", writing_subjects.subject_create, name="subject-create"),
    path("<slug:slug>/sujets/<int:pk>/retirer/", writing_subjects.subject_remove, name="subject-remove"),
    path("<slug:slug>/pilotage/<int:pk>/retirer/", writing_subjects.steering_remove, name="steering-remove"),
    path("<slug:slug>/sieges/ajouter/", writing_bodies.seat_create, name="seat-create"),
    path("<slug:slug>/sieges/<int:pk>/", writing_bodies.seat_edit, name="seat-edit"),
    path("<slug:slug>/sieges/<int:pk>/supprimer/", writing_bodies.seat_close, name="seat-close"),
    path("<slug:slug>/sieges/<int:pk>/nommer/", writing_mandates.mandate_appoint, name="mandate-appoint"),
    path("<slug:slug>/mandats/<int:pk>/renouveler/", writing_mandates.mandate_renew, name="mandate-renew"),
    path("<slug:slug>/mandats/<int:pk>/remplacer/", writing_mandates.mandate_replace, name="mandate-replace"),
    path("<slug:slug>/mandats/<int:pk>/terminer/", writing_mandates.mandate_end, name="mandate-end"),
    path("<slug:slug>/mandats/<int:pk>/corriger/", writing_mandates.mandate_correct, name="mandate-correct"),
    path("<slug:slug>/seances/ajouter/", writing_meetings.meeting_create, name="meeting-create"),
    path("<slug:slug>/seances/<slug:uid>/", following.meeting_detail, name="meeting-detail"),
    path("<slug:slug>/seances/<slug:uid>/modifier/", writing_meetings.meeting_edit, name="meeting-edit"),
    path("<slug:slug>/seances/<slug:uid>/presences/", writing_meetings.meeting_attendance, name="meeting-attendance"),
    path("<slug:slug>/documents/ajouter/", writing_bodies.document_create, name="document-create"),
    path("<slug:slug>/documents/<int:pk>/", writing_bodies.document_edit, name="document-edit"),
    path("<slug:slug>/documents/<int:pk>/supprimer/", writing_bodies.document_delete, name="document-delete"),
]
