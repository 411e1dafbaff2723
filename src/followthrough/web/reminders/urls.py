"""Addresses of the reminders, and of what is pressed in their mails."""

from django.urls import path

from followthrough.web.reminders import chosen, devices, pressed, views

urlpatterns = [
    path("reminders/", views.reminders, name="reminders"),
    path("account/reminders/", chosen.chosen, name="reminders_chosen"),
    path("account/devices/", devices.added, name="device_added"),
    path("account/devices/<int:pk>/removed/", devices.removed, name="device_removed"),
    path("account/devices/<int:pk>/as-before/", devices.as_before, name="device_as_before"),
    path("account/reminders/<str:token>/", chosen.undone, name="reminders_undone"),
    path("pressed/<str:token>/undone/", pressed.undone, name="pressed_undone"),
    path("pressed/<str:token>/<str:what>/", pressed.pressed, name="pressed"),
]
