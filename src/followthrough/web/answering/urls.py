"""Addresses of what answers at once."""

from django.urls import path

from followthrough.web.answering import views

urlpatterns = [
    path("settings/connections/<int:pk>/answer/", views.of_form, name="connection_answer"),
    path("settings/mailboxes/<int:pk>/answer/", views.of_mailbox, name="mailbox_answer"),
    path("settings/answer/before/<str:token>/", views.as_before, name="answer_as_before"),
]
