"""What visitors wrote, under /espace/messages/."""

from django.urls import path

from editorial.views import answering

urlpatterns = [
    path("", answering.message_list, name="message-list"),
    path("<int:pk>/", answering.message_detail, name="message-detail"),
    path("<int:pk>/confier/", answering.message_assign, name="message-assign"),
    path("<int:pk>/repondre/", answering.message_answer, name="message-answer"),
    path("<int:pk>/classer/", answering.message_file, name="message-file"),
]
