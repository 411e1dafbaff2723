"""Today's addresses."""

from django.urls import path

from followthrough.web.today import views

urlpatterns = [
    path("", views.today, name="today"),
    path("followups/<int:pk>/panel/", views.panel, name="followup_panel"),
    path("alarms/<int:pk>/seen/", views.seen, name="alarm_seen"),
]
