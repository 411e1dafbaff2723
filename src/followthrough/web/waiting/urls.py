"""Addresses of what we wait for."""

from django.urls import path

from followthrough.web.waiting import views

urlpatterns = [
    path("waiting/", views.waiting, name="waiting"),
    path("waiting/<int:pk>/sooner/", views.sooner, name="sooner"),
]
