"""Addresses that a browser asks for by itself, and the page for when there is nothing to show."""

from django.urls import path

from followthrough.web.offline import views

urlpatterns = [
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("sw.js", views.worker, name="service_worker"),
    path("offline/", views.offline, name="offline"),
]
