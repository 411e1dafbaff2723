"""The address of the page of keys."""

from django.urls import path

from followthrough.web.keys import views

urlpatterns = [path("keys/", views.keys, name="keys")]
