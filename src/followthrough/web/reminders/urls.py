"""Addresses of the reminders, and of what is pressed in their mails."""

from django.urls import path

from followthrough.web.reminders import chosen, pressed, views

urlpatterns = [
    path("reminders/", views.reminders, name="reminders"),
    path("account/reminders/", chosen.chosen, name="reminders_chosen"),
    path("account/reminders/<str:token>/", chosen.undone, name="reminders_undone"),
    path("pressed/<str:token>/undone/", pressed.undone, name="pressed_undone"),
    path("pressed/<str:token>/<str:what>/", pressed.pressed, name="pressed"),
]
