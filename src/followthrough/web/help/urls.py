"""Addresses of the help."""

from django.urls import path

from followthrough.web.help import views

urlpatterns = [
    path("help/", views.helps, name="help"),
    path("help/<path:page>/", views.one, name="help_page"),
]
