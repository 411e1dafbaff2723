"""Addresses of the value library."""

from django.urls import path

from followthrough.web.library import silence, views

urlpatterns = [
    path("library/", views.library, name="library"),
    path("library/silence/", silence.silence, name="silence"),
    path("people/<int:pk>/silence/", silence.explained, name="silence_explained"),
    path("library/<int:pk>/", views.gift, name="gift"),
    path("library/<int:pk>/retirement/", views.retirement, name="gift_retirement"),
    path("undo/library/<str:token>/", views.as_before, name="gift_as_before"),
]
