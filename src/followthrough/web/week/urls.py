"""Addresses of the two weeks ahead."""

from django.urls import path

from followthrough.web.week import moving, views

urlpatterns = [
    path("week/", views.week, name="week"),
    path("week/moves/", moving.moves, name="week_moves"),
    path("week/told/<int:pk>/", moving.told, name="week_told"),
    path("week/spread/", moving.spread, name="week_spread"),
    path("week/unspread/<str:token>/", moving.unspread, name="week_unspread"),
]
