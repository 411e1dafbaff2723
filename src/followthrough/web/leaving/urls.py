"""The address that stands in a mail."""

from django.urls import path

from followthrough.web.leaving import views

urlpatterns = [path("u/<str:token>/", views.leaving, name="leaving")]
