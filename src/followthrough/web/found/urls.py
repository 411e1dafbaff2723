"""Where what was found is looked through."""

from django.urls import path

from followthrough.web.found import learned, views

urlpatterns = [
    path("found/", views.found, name="found"),
    path("found/learned/", learned.learned, name="learned"),
    path("found/undo/<str:token>/", views.undo, name="found_undo"),
    path("found/<int:pk>/", views.one, name="found_one"),
]
