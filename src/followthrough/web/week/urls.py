"""Addresses of the two weeks ahead."""

from django.urls import path

from followthrough.web.week import moving, telling, views

urlpatterns = [
    path("week/", views.week, name="week"),
    path("week/moves/", moving.moves, name="week_moves"),
    path("undo/week/<str:token>/", moving.unmoved, name="week_unmoved"),
    path("week/told/<int:pk>/", telling.told, name="week_told"),
    path("week/spread/", moving.spread, name="week_spread"),
    path("week/unspread/<str:token>/", moving.unspread, name="week_unspread"),
]
