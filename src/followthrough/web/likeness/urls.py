"""Addresses of those who may be one."""

from django.urls import path

from followthrough.web.likeness import views

urlpatterns = [
    path("people/same/", views.likenesses, name="likenesses"),
    path("people/same/<int:pk>/undo/", views.undone, name="likeness_undone"),
    path("people/<int:pk>/same/", views.find, name="same_as"),
    path("people/<int:pk>/same/<int:other>/", views.side_by_side, name="side_by_side"),
    path("people/<int:pk>/apart/", views.apart, name="taken_apart"),
]
