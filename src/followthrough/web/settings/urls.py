"""Addresses of the settings."""

from django.urls import path

from followthrough.web.settings import late, views

urlpatterns = [
    path("settings/", views.team, name="settings"),
    path("settings/days/", views.days, name="settings_days"),
    path("settings/days/closed/", views.closed_day, name="closed_day"),
    path("settings/numbers/", views.all_numbers, name="settings_numbers"),
    path("settings/changes/<int:pk>/", views.change, name="change"),
    path("settings/changes/<int:pk>/made/", views.change_made, name="change_made"),
    path("settings/changes/<int:pk>/dropped/", views.change_dropped, name="change_dropped"),
    path("settings/changes/<int:pk>/undone/", views.change_undone, name="change_undone"),
    path("settings/late/", late.answered, name="late"),
    path("settings/late/<str:token>/undone/", late.undone, name="late_undone"),
]
