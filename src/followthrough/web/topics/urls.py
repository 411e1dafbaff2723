"""Addresses of the question what a mail is about."""

from django.urls import path

from followthrough.web.topics import views

urlpatterns = [
    path("topics/<int:pk>/", views.topic, name="topic"),
    path("topics/<int:pk>/back/", views.back, name="topic_back"),
]
