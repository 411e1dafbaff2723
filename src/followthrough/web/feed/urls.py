"""Addresses of the calendars."""

from django.urls import path

from followthrough.web.feed import views

urlpatterns = [
    path("calendar/<str:secret>.ics", views.feed, name="feed"),
    path("account/calendar/", views.renewed, name="feed_renewed"),
]
